package io.github.recurrentzoo.zoo.model;

/**
 * A measure of how good a network is, beside its loss.
 *
 * @param name such as "accuracy" or "bits per character"
 * @param value its value, in the unit that the name says
 */
public record Metric(String name, double value) {}
