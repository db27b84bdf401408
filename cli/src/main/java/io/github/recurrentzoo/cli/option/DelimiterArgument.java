package io.github.recurrentzoo.cli.option;

import picocli.CommandLine.Option;

/** The option of the command line that says what stands between two fields of a file. */
public final class DelimiterArgument {

  @Option(
      names = "--delimiter",
      paramLabel = "CHAR",
      converter = DelimiterConverter.class,
      description =
          "Character between two fields; also comma, semicolon, tab (default: the file's name tells).")
  public Character character;

  /** The one that the file's name tells. */
  public DelimiterArgument() {}

  public boolean given() {
    return character != null;
  }
}
