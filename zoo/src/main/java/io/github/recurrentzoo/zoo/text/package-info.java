/**
 * From text to numbers: {@link io.github.recurrentzoo.zoo.text.WordSegmenter} cuts a text of any
 * language into words, {@link io.github.recurrentzoo.zoo.text.Vocabulary} numbers them.
 *
 * <p>Not for users: {@code EvidenceFit}, {@code WordEvidence}.
 */
package io.github.recurrentzoo.zoo.text;
