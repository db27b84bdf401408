/**
 * Classification of numeric sequences: windows of sensors, strokes, heart beats. The network is
 * {@link io.github.recurrentzoo.zoo.sequences.SequenceClassification}, the way from sequences to
 * answers {@link io.github.recurrentzoo.zoo.sequences.SequenceClassifier}.
 */
package io.github.recurrentzoo.zoo.sequences;
