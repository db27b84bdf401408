package io.github.recurrentzoo.cli.option;

import io.github.recurrentzoo.zoo.data.CsvFormat;
import java.nio.charset.Charset;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The options of the command line that say how a file is written. */
public final class DelimiterArgument {

  /** What a double quote is. */
  public enum Quote {
    /** It may stand around a field. */
    DOUBLE,
    /** A character like any other. */
    NONE
  }

  /** The names of these options, for commands that refuse those of other tasks. */
  private static final List<String> NAMES = List.of("--delimiter", "--quote", "--encoding");

  /** These names beside those of one task. */
  public static List<String> with(String... names) {
    return Stream.concat(Stream.of(names), NAMES.stream()).toList();
  }

  @Option(
      names = "--delimiter",
      paramLabel = "CHAR",
      converter = DelimiterConverter.class,
      description =
          "Field delimiter: a character, comma, semicolon or tab (default: from a first line such as sep=; or the file's extension).")
  public Character character;

  @Option(
      names = "--quote",
      paramLabel = "NAME",
      description =
          "double: fields may be enclosed in double quotes; none: a quote is an ordinary character, as in many TSV corpora (default: double).")
  public Quote quote;

  @Option(
      names = "--encoding",
      paramLabel = "NAME",
      description = "Encoding of the file, such as windows-1252 (default: UTF-8).")
  public Charset encoding;

  /** What the file tells. */
  public DelimiterArgument() {}

  public boolean given() {
    return character != null || quote != null || encoding != null;
  }

  /** How the file is written. */
  public CsvFormat format() {
    CsvFormat format = CsvFormat.DEFAULT;
    if (character != null) {
      format = format.withDelimiter(character);
    }
    if (quote == Quote.NONE) {
      format = format.withoutQuotes();
    }
    return encoding == null ? format : format.withEncoding(encoding);
  }
}
