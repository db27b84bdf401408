/**
 * What a training leaves to look at: a page and a file of figures.
 *
 * <p>{@link io.github.recurrentzoo.zoo.report.TrainingHistory} and {@link
 * io.github.recurrentzoo.zoo.report.GradientNorms} listen while a network is trained; {@link
 * io.github.recurrentzoo.zoo.report.TrainingReport} writes what they heard, with a {@link
 * io.github.recurrentzoo.zoo.report.ReportPart} that says how good the model is.
 */
package io.github.recurrentzoo.zoo.report;
