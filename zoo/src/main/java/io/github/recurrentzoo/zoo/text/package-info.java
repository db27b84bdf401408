/**
 * From text to numbers: {@link io.github.recurrentzoo.zoo.text.WordSegmenter} cuts a text of any
 * language into words, {@link io.github.recurrentzoo.zoo.text.Vocabulary} numbers them, {@link
 * io.github.recurrentzoo.zoo.text.EmbeddingSource} has vectors of words.
 *
 * <p>Not for users: {@code BlendedEvidence}, {@code ClassTexts}, {@code EvidenceFit}, {@code
 * LabelText}, {@code MeanScores}, {@code NaiveBayesEvidence}, {@code RegressionEvidence}, {@code
 * TextEvidence}, {@code WordMean}, {@code WordVectors}.
 */
package io.github.recurrentzoo.zoo.text;
