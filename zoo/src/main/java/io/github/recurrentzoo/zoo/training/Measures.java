package io.github.recurrentzoo.zoo.training;

/**
 * What a network was measured to be on some rows.
 *
 * @param loss the mean over the rows of what training makes small
 * @param metric the mean over the rows of the task's own measure
 */
public record Measures(double loss, double metric) {}
