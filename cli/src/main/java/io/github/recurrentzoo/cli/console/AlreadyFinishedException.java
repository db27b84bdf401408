package io.github.recurrentzoo.cli.console;

/** There is nothing to do, which is no error. */
public final class AlreadyFinishedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public AlreadyFinishedException(String message) {
    super(message);
  }
}
