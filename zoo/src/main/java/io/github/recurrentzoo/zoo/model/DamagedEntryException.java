package io.github.recurrentzoo.zoo.model;

import java.io.IOException;
import java.io.Serial;

/** Says what is wrong inside a model file; the reader adds which file it is and what to do. */
final class DamagedEntryException extends IOException {

  @Serial private static final long serialVersionUID = 1L;

  DamagedEntryException(String message) {
    super(message);
  }

  DamagedEntryException(String message, Throwable cause) {
    super(message, cause);
  }
}
