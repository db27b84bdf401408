/**
 * Text to more text: the network {@link io.github.recurrentzoo.zoo.generation.TextGeneration}, the
 * pipeline {@link io.github.recurrentzoo.zoo.generation.TextGenerator}, the n-grams it is compared
 * with, and its report.
 */
package io.github.recurrentzoo.zoo.generation;
