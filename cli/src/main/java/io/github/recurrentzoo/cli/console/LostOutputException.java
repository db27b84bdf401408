package io.github.recurrentzoo.cli.console;

/** Nobody reads what is printed any more, or it cannot be written. */
public final class LostOutputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LostOutputException() {
    super("Standard output cannot be written: the disk is full, or the reader has closed it.");
  }
}
