/**
 * CSV and TSV files as people write them. What is wrong with a file is told by one {@link
 * io.github.recurrentzoo.zoo.data.DataException} that names file, line and column.
 *
 * <p>Not for users: {@code StrictDecoder}.
 */
package io.github.recurrentzoo.zoo.data;
