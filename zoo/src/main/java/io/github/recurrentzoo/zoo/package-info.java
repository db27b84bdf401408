/**
 * The zoo: recurrent networks that are ready to train ({@link
 * io.github.recurrentzoo.zoo.TextClassification}) and the pipelines that turn a user's rows into a
 * model and a model into answers ({@link io.github.recurrentzoo.zoo.TextClassifier}).
 *
 * <p>Letters in shapes: B batch, T time steps, D input size, H hidden size, C classes.
 */
package io.github.recurrentzoo.zoo;
