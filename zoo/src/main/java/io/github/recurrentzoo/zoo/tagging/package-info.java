/**
 * Sequence tagging: a label for each word of a sentence, such as parts of speech and names. The
 * network is {@link io.github.recurrentzoo.zoo.tagging.SequenceTagging}, the way from sentences to
 * answers {@link io.github.recurrentzoo.zoo.tagging.SequenceTagger}.
 */
package io.github.recurrentzoo.zoo.tagging;
