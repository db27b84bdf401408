package io.github.recurrentzoo.zoo.data;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * How the rows of a CSV or TSV file are written.
 *
 * @param delimiter the character between two fields, or null if the file tells: by a first line
 *     such as {@code sep=;}, which spreadsheets write, or else by its name, a comma for {@code
 *     .csv}, a tab for {@code .tsv}
 * @param quotes whether a field may stand in double quotes, so that it may hold delimiters and line
 *     breaks; otherwise a quote is a character like any other, as corpora in TSV are published
 * @param encoding of the text; a byte order mark is skipped
 */
public record CsvFormat(Character delimiter, boolean quotes, Charset encoding) {

  /** The delimiter that the file tells, quotes, UTF-8. */
  public static final CsvFormat DEFAULT = new CsvFormat(null, true, StandardCharsets.UTF_8);

  /**
   * Checks the format.
   *
   * @throws IllegalArgumentException if the delimiter is a quote or a line break
   */
  public CsvFormat {
    Objects.requireNonNull(encoding, "encoding");
    if (delimiter != null && (delimiter == '"' || delimiter == '\n' || delimiter == '\r')) {
      throw new IllegalArgumentException(
          "The delimiter cannot be a double quote or a line break. Use a comma, a semicolon or a tab.");
    }
  }

  /**
   * This format with another delimiter.
   *
   * @throws IllegalArgumentException if it is a quote or a line break
   */
  public CsvFormat withDelimiter(char character) {
    return new CsvFormat(character, quotes, encoding);
  }

  /** This format with quotes as characters like any other. */
  public CsvFormat withoutQuotes() {
    return new CsvFormat(delimiter, false, encoding);
  }

  /** This format in another encoding. */
  public CsvFormat withEncoding(Charset charset) {
    return new CsvFormat(delimiter, quotes, charset);
  }
}
