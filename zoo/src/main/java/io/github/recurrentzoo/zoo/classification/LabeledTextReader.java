package io.github.recurrentzoo.zoo.classification;

import io.github.recurrentzoo.zoo.data.CsvFormat;
import io.github.recurrentzoo.zoo.data.CsvTable;
import io.github.recurrentzoo.zoo.data.DataException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.datavec.api.records.reader.RecordReader;
import org.datavec.api.writable.Writable;

/**
 * Reads labelled texts from a CSV or TSV file, or from any DataVec record reader.
 *
 * <p>The first row of a file names the columns; {@link CsvFormat} says how it is written. A field
 * may stand in double quotes; then it may hold delimiters and line breaks, and a quote inside it is
 * written twice. Rows whose text is empty are skipped, with a warning; everything else that is
 * wrong is a {@link DataException}.
 *
 * <p>Labels are cleaned of what no person can see: control and format characters, blanks around or
 * repeated; and letters and accents that stand apart are composed (Unicode NFC).
 *
 * <p>One million rows of ordinary length fit into 1 GB of heap. Not for use by several threads at
 * once.
 */
public final class LabeledTextReader {

  private static final String DEFAULT_TEXT_COLUMN = "text";
  private static final String DEFAULT_LABEL_COLUMN = "label";

  private final String textColumn;
  private final String labelColumn;
  private final CsvFormat format;
  private List<String> warnings = List.of();

  private LabeledTextReader(Builder builder) {
    this.textColumn = builder.textColumn;
    this.labelColumn = builder.labelColumn;
    this.format = builder.format;
  }

  /** Says which columns to read. */
  public static final class Builder {
    private String textColumn = DEFAULT_TEXT_COLUMN;
    private String labelColumn = DEFAULT_LABEL_COLUMN;
    private CsvFormat format = CsvFormat.DEFAULT;

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
     * How the file is written. Default: {@link CsvFormat#DEFAULT}.
     *
     * @param format delimiter, quotes and encoding
     * @return this
     */
    public Builder format(CsvFormat format) {
      this.format = Objects.requireNonNull(format, "format");
      return this;
    }

    /**
     * The character between two fields, in place of that of the {@link #format}.
     *
     * @param character any but a quote or a line break
     * @return this
     * @throws IllegalArgumentException if it is one of those
     */
    public Builder delimiter(char character) {
      return format(format.withDelimiter(character));
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
   * @param file a CSV or TSV file whose first row names the columns
   * @return its rows in the order of the file, at least one
   * @throws DataException if the file cannot be read, or anything in it is not as it should be
   */
  public List<LabeledText> read(Path file) {
    warnings = List.of();
    try (CsvTable csv = CsvTable.open(file, format)) {
      int text = csv.column(textColumn, "text");
      int label = csv.column(labelColumn, "label");
      int needed = Math.max(text, label) + 1;
      RowCollector rows = new RowCollector(file.toString(), "line");
      for (CsvTable.Row row = csv.next(needed); row != null; row = csv.next(needed)) {
        rows.add(row.line(), row.fields().get(text), row.fields().get(label), labelColumn);
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
   * What the last read found odd, but not wrong: rows skipped for their empty text, labels cleaned
   * of what cannot be seen, labels that differ in case or form only, several labels in one cell.
   *
   * @return one sentence or two per finding, ready to print; empty if all was well
   */
  public List<String> warnings() {
    return warnings;
  }
}
