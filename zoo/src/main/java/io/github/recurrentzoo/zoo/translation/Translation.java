package io.github.recurrentzoo.zoo.translation;

/**
 * What {@link SequenceTranslator} makes of an input.
 *
 * @param text the output; empty if the network ends at once
 * @param logProbability the natural logarithm of the probability that the network gives to this
 *     output, end included
 * @param ended false if the output was cut, since it had as many symbols as are allowed and would
 *     have gone on
 * @param unknownSymbols how many of the input's symbols the network has never seen; it reads them
 *     all as the same one
 */
public record Translation(String text, double logProbability, boolean ended, int unknownSymbols) {}
