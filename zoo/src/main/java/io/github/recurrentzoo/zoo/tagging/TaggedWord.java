package io.github.recurrentzoo.zoo.tagging;

/**
 * A word and the label that it got.
 *
 * @param word as it is written in the text
 * @param label the most probable one
 * @param probability of the label, from 0 to 1
 * @param start where the word begins in the text, in UTF-16 code units; of words that were given
 *     one by one, in the text that has a blank between two of them
 * @param end where it ends there, exclusive
 */
public record TaggedWord(String word, String label, double probability, int start, int end) {}
