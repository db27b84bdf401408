/**
 * Text to class: the network {@link io.github.recurrentzoo.zoo.classification.TextClassification},
 * the pipeline {@link io.github.recurrentzoo.zoo.classification.TextClassifier}, its rows and its
 * report.
 *
 * <p>Not for users: {@code DistributedTexts}.
 */
package io.github.recurrentzoo.zoo.classification;
