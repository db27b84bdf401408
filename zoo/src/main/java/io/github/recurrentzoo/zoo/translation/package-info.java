/**
 * Sequence to sequence: the network {@link
 * io.github.recurrentzoo.zoo.translation.SequenceToSequence}, the pipeline {@link
 * io.github.recurrentzoo.zoo.translation.SequenceTranslator}, its pairs and its report.
 */
package io.github.recurrentzoo.zoo.translation;
