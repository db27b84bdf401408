package io.github.recurrentzoo.zoo.classification;

import de.siegmar.fastcsv.reader.CsvRecord;
import io.github.recurrentzoo.zoo.data.CsvFile;
import io.github.recurrentzoo.zoo.data.DataException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.datavec.api.records.reader.RecordReader;
import org.datavec.api.writable.Writable;

/**
 * Reads labelled texts from a CSV or TSV file, or from any DataVec record reader.
 *
 * <p>A file is UTF-8, with or without a byte order mark, and its first row names the columns. A
 * field may stand in double quotes; then it may hold delimiters and line breaks, and a quote inside
 * it is written twice. Rows whose text is empty are skipped, with a warning; everything else that
 * is wrong is a {@link DataException}.
 *
 * <p>One million rows of ordinary length fit into 1 GB of heap. Not for use by several threads at
 * once.
 */
public final class LabeledTextReader {

  private static final String DEFAULT_TEXT_COLUMN = "text";
  private static final String DEFAULT_LABEL_COLUMN = "label";

  private final String textColumn;
  private final String labelColumn;
  private final Character delimiter;
  private List<String> warnings = List.of();

  private LabeledTextReader(Builder builder) {
    this.textColumn = builder.textColumn;
    this.labelColumn = builder.labelColumn;
    this.delimiter = builder.delimiter;
  }

  /** Says which columns to read. */
  public static final class Builder {
    private String textColumn = DEFAULT_TEXT_COLUMN;
    private String labelColumn = DEFAULT_LABEL_COLUMN;
    private Character delimiter;

    private Builder() {}

    /**
     * The column with the texts.
     *
     * @param name its name in the first row, {@code text} by default
     * @return this
     */
    public Builder textColumn(String name) {
      this.textColumn = Objects.requireNonNull(name, "textColumn");
      return this;
    }

    /**
     * The column with the labels.
     *
     * @param name its name in the first row, {@code label} by default
     * @return this
     */
    public Builder labelColumn(String name) {
      this.labelColumn = Objects.requireNonNull(name, "labelColumn");
      return this;
    }

    /**
     * The character between two fields. By default a file's name tells: a comma for {@code .csv}, a
     * tab for {@code .tsv}.
     *
     * @param character any but a quote or a line break
     * @return this
     * @throws IllegalArgumentException if it is one of those
     */
    public Builder delimiter(char character) {
      if (character == '"' || character == '\n' || character == '\r') {
        throw new IllegalArgumentException(
            "The delimiter cannot be a double quote or a line break. Use a comma, a semicolon or a tab.");
      }
      this.delimiter = character;
      return this;
    }

    /**
     * Makes the reader.
     *
     * @return a reader for any number of files
     * @throws DataException if text and label are to come from the same column
     */
    public LabeledTextReader build() {
      if (textColumn.equals(labelColumn)) {
        throw new DataException(
            "The text column and the label column are both \"%s\"; expected two different columns. Name another one."
                .formatted(textColumn));
      }
      return new LabeledTextReader(this);
    }
  }

  /**
   * Starts with the columns {@code text} and {@code label}.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Reads a file.
   *
   * @param file a CSV or TSV file in UTF-8 whose first row names the columns
   * @return its rows in the order of the file, at least one
   * @throws DataException if the file cannot be read, or anything in it is not as it should be
   */
  public List<LabeledText> read(Path file) {
    warnings = List.of();
    char between = delimiter == null ? CsvFile.delimiterOf(file) : delimiter;
    try (CsvFile csv = CsvFile.open(file, between)) {
      List<String> header = csv.header();
      int text = csv.columnOf(textColumn, "text", header);
      int label = csv.columnOf(labelColumn, "label", header);
      RowCollector rows = new RowCollector(file.toString(), "line");
      for (CsvRecord row = csv.next(); row != null; row = csv.next()) {
        csv.checkFields(row, header);
        rows.add(row.getStartingLineNumber(), row.getField(text), row.getField(label), labelColumn);
      }
      return finish(rows);
    }
  }

  /**
   * Reads all records that a DataVec record reader has left.
   *
   * @param reader an initialized record reader
   * @param textColumn which field of a record is the text, from 0 on
   * @param labelColumn which field of a record is the label, from 0 on
   * @return the rows in the order of the records, at least one
   * @throws DataException if a record lacks one of the fields, or a label is empty, or there are no
   *     records
   */
  public List<LabeledText> fromRecordReader(RecordReader reader, int textColumn, int labelColumn) {
    warnings = List.of();
    if (textColumn < 0 || labelColumn < 0 || textColumn == labelColumn) {
      throw new DataException(
          "The text is in column %d and the label in column %d; expected two different columns, counted from 0."
              .formatted(textColumn, labelColumn));
    }
    String name = reader.getClass().getSimpleName();
    RowCollector rows = new RowCollector(name, "record");
    for (long number = 1; reader.hasNext(); number++) {
      List<Writable> row = reader.next();
      if (Math.max(textColumn, labelColumn) >= row.size()) {
        throw new DataException(
            "%s, record %d: it has %d columns; expected text in column %d and label in column %d, counted from 0. Give other columns, or mend the record."
                .formatted(name, number, row.size(), textColumn, labelColumn));
      }
      rows.add(
          number,
          row.get(textColumn).toString(),
          row.get(labelColumn).toString(),
          Integer.toString(labelColumn));
    }
    return finish(rows);
  }

  private List<LabeledText> finish(RowCollector rows) {
    List<LabeledText> result = rows.rows();
    warnings = rows.warnings();
    return result;
  }

  /**
   * What the last read found odd, but not wrong: rows skipped for their empty text, labels that
   * differ in case or surrounding blanks only.
   *
   * @return one sentence or two per finding, ready to print; empty if all was well
   */
  public List<String> warnings() {
    return warnings;
  }
}
