package io.github.recurrentzoo.zoo.translation;

import io.github.recurrentzoo.zoo.data.CsvFile;
import io.github.recurrentzoo.zoo.data.CsvFormat;
import io.github.recurrentzoo.zoo.data.CsvTable;
import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.text.SymbolUnit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads pairs of texts from a TSV or CSV file.
 *
 * <p>Without names of columns the file has no header: each row is a pair, the source and then the
 * target, two fields. With names ({@link Builder#columns}) the first row names the columns, of
 * which there may be more.
 *
 * <p>A field may stand in double quotes; then it may hold delimiters and line breaks, and a quote
 * inside it is written twice. Blank lines are skipped; everything else that is wrong is a {@link
 * DataException} which names the line.
 */
public final class TextPairReader {
  private final String sourceColumn; // null: no header
  private final String targetColumn;
  private final CsvFormat format;
  private final Side source;
  private final Side target;

  /** How long a side may be, in its symbols. */
  private record Side(String name, SymbolUnit unit, int longest) {
    static Side any(String name) {
      return new Side(name, SymbolUnit.CHARACTERS, Integer.MAX_VALUE);
    }
  }

  private TextPairReader(Builder builder) {
    sourceColumn = builder.sourceColumn;
    targetColumn = builder.targetColumn;
    format = builder.format;
    source = builder.source;
    target = builder.target;
  }

  /** Starts with a file without header, and sides of any length. */
  public static Builder builder() {
    return new Builder();
  }

  /** Says what to read. */
  public static final class Builder {
    private String sourceColumn;
    private String targetColumn;
    private CsvFormat format = CsvFormat.DEFAULT;
    private Side source = Side.any("source");
    private Side target = Side.any("target");

    private Builder() {}

    /**
     * The first row names the columns, and these two are read.
     *
     * @throws DataException if they are the same
     */
    public Builder columns(String source, String target) {
      if (source.equals(target)) {
        throw new DataException(
            "The source column and the target column are both \"%s\"; expected two different columns. Name another one."
                .formatted(source));
      }
      sourceColumn = source;
      targetColumn = target;
      return this;
    }

    /** How the file is written. Default: {@link CsvFormat#DEFAULT}. */
    public Builder format(CsvFormat format) {
      this.format = format;
      return this;
    }

    /**
     * The character between two fields, in place of that of the {@link #format}.
     *
     * @param character any but a quote or a line break
     * @throws IllegalArgumentException if it is one of those
     */
    public Builder delimiter(char character) {
      return format(format.withDelimiter(character));
    }

    /** Refuses a source of more symbols. */
    public Builder longestSource(SymbolUnit unit, int symbols) {
      source = new Side("source", unit, symbols);
      return this;
    }

    /** Refuses a target of more symbols. */
    public Builder longestTarget(SymbolUnit unit, int symbols) {
      target = new Side("target", unit, symbols);
      return this;
    }

    /** A reader for any number of files. */
    public TextPairReader build() {
      return new TextPairReader(this);
    }
  }

  /**
   * Reads a file.
   *
   * @return its pairs in the order of the file, at least one
   * @throws DataException if the file cannot be read, or anything in it is not as it should be
   */
  public List<TextPair> read(Path file) {
    requireRows(file);
    List<TextPair> pairs = new ArrayList<>();
    try (CsvFile csv = CsvFile.open(file, format)) {
      List<String> header = sourceColumn == null ? null : csv.header();
      int sourceField = header == null ? 0 : csv.columnOf(sourceColumn, "source", header);
      int targetField = header == null ? 1 : csv.columnOf(targetColumn, "target", header);
      for (CsvTable.Row row = csv.next(); row != null; row = csv.next()) {
        if (header != null) {
          csv.checkFields(row, header, Math.max(sourceField, targetField) + 1);
        } else if (row.fields().size() != 2) {
          throw noPair(file, row);
        }
        pairs.add(
            new TextPair(
                side(file, row, sourceField, source), side(file, row, targetField, target)));
      }
    }
    if (pairs.isEmpty()) {
      throw new DataException("%s: there are no pairs. Add rows of two texts.".formatted(file));
    }
    return pairs;
  }

  private void requireRows(Path file) {
    try {
      if (sourceColumn == null && Files.isRegularFile(file) && Files.size(file) == 0) {
        throw new DataException(
            "%s is empty; expected rows of two fields, source and target.".formatted(file));
      }
    } catch (IOException e) {
      throw new DataException("%s cannot be read: %s.".formatted(file, e.getMessage()), e);
    }
  }

  private static DataException noPair(Path file, CsvTable.Row row) {
    int fields = row.fields().size();
    return new DataException(
        "%s, line %d: the row has %d %s; expected two, source and target. %s"
            .formatted(
                file,
                row.line(),
                fields,
                fields == 1 ? "field" : "fields",
                fields == 1
                    ? "Write both, and set the delimiter if it is another one."
                    : "Put a field that holds the delimiter in double quotes; or, if the first row names the columns, name the two to read."));
  }

  private static String side(Path file, CsvTable.Row row, int field, Side side) {
    String text = row.fields().get(field);
    long line = row.line();
    if (text.isBlank()) {
      throw new DataException(
          "%s, line %d: the %s is empty. Write it there, or take the row out."
              .formatted(file, line, side.name()));
    }
    int symbols = side.longest() == Integer.MAX_VALUE ? 0 : side.unit().cut(text).size();
    if (symbols > side.longest()) {
      throw new DataException(
          "%s, line %d: the %s has %d %s, but %d at most are allowed. Shorten it, take the row out, or allow more."
              .formatted(file, line, side.name(), symbols, side.unit().inWords(), side.longest()));
    }
    return text;
  }
}
