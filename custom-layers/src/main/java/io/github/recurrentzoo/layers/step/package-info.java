/**
 * A whole step of training on kernels, in place of what {@code ComputationGraph.fit} does. Not
 * public API: it is public only where the layers have to reach it.
 *
 * <p>{@link io.github.recurrentzoo.layers.step.TrainingStep} makes it where {@link
 * io.github.recurrentzoo.layers.step.StepSolver} stands in the place of a graph's solver: {@code
 * StepGraph} makes {@code StepNode}s of the graph's vertices, and {@code StepUpdate} the new
 * parameters.
 */
package io.github.recurrentzoo.layers.step;
