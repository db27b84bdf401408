/**
 * Rows of labelled text and the readers that bring them in from files.
 *
 * <p>{@link io.github.recurrentzoo.zoo.classification.LabeledTextReader} reads CSV and TSV files
 * and any DataVec record reader into {@link io.github.recurrentzoo.zoo.classification.LabeledText}
 * rows. What is wrong with a file is told by one {@link
 * io.github.recurrentzoo.zoo.data.DataException} that names file, line and column.
 */
package io.github.recurrentzoo.zoo.data;
