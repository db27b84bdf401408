/**
 * Networks: the recurrences of the zoo, the options that all entries share, and the layers that
 * they make.
 *
 * <p>Not for users: {@code Architecture}, {@code NativeThreads}, {@code Networks}, {@code OffHeap},
 * {@code RecurrentStack}, {@code Replicas}, {@code SequenceVertices}, {@code StepGradients}, {@code
 * TimeMajor}, {@code TokenBatch}, {@code Updaters}, {@code WeightedLoss}.
 */
package io.github.recurrentzoo.zoo.network;
