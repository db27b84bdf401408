/**
 * How fast our layers are, next to Deeplearning4j's own and to PyTorch's.
 *
 * <p>{@link io.github.recurrentzoo.benchmarks.Benchmarks} starts forks of Java in turn, one for
 * each {@link io.github.recurrentzoo.benchmarks.Entry} (a library and its number of threads);
 * {@link io.github.recurrentzoo.benchmarks.Fork} measures there with JMH what a {@link
 * io.github.recurrentzoo.benchmarks.Contender} does.
 *
 * <p>Shapes: B batch, T time, D input size, H hidden size.
 */
package io.github.recurrentzoo.benchmarks;
