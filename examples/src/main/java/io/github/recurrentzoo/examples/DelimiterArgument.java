package io.github.recurrentzoo.examples;

import picocli.CommandLine.Option;

/** The option of the command line that says what stands between two fields of a file. */
public final class DelimiterArgument {

  @Option(
      names = "--delimiter",
      paramLabel = "CHAR",
      converter = DelimiterConverter.class,
      description =
          "Character between two fields; also comma, semicolon, tab (default: the file's name tells).")
  Character character;

  /** The one that the file's name tells. */
  public DelimiterArgument() {}

  boolean given() {
    return character != null;
  }
}
