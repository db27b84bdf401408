package io.github.recurrentzoo.examples;

import java.io.Serial;

/**
 * Says that an option cannot be used, or that two of them do not go together; the message says why
 * and what to do.
 */
final class BadOptionException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  BadOptionException(String message) {
    super(message);
  }

  BadOptionException(String message, Throwable cause) {
    super(message, cause);
  }
}
