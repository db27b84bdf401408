package io.github.recurrentzoo.cli.console;

import java.io.Serial;

/**
 * Says that an option cannot be used, or that two of them do not go together; the message says why
 * and what to do.
 */
public final class BadOptionException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  public BadOptionException(String message) {
    super(message);
  }

  public BadOptionException(String message, Throwable cause) {
    super(message, cause);
  }
}
