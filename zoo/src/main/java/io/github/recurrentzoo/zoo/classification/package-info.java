/**
 * Text to class: the network {@link io.github.recurrentzoo.zoo.classification.TextClassification},
 * the pipeline {@link io.github.recurrentzoo.zoo.classification.TextClassifier}, its rows and its
 * report.
 */
package io.github.recurrentzoo.zoo.classification;
