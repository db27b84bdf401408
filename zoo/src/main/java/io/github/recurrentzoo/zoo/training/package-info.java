/**
 * Training: its options, what goes on while it runs, checkpoints to resume from, fine-tuning, and
 * the record of where a model comes from.
 *
 * <p>Not for users: {@code Measures}, {@code Minibatch}, {@code RowDigest}, {@code
 * TrainingIdentity}, {@code TrainingLoop}, {@code TrainingTask}, {@code TunedNetwork}.
 */
package io.github.recurrentzoo.zoo.training;
