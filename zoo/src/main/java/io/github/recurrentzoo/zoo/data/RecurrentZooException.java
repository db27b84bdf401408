package io.github.recurrentzoo.zoo.data;

import java.io.Serial;

/**
 * What the zoo throws where something outside of the program is not as it should be: data, a model
 * file, a checkpoint, the name of a preset, a training that diverges or is stopped. The message is
 * complete by itself: it says what came, what was expected and what to do. Errors of the program
 * itself are {@code IllegalArgumentException} and the like, as everywhere.
 */
public abstract class RecurrentZooException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  /** An error with no other exception behind it. */
  protected RecurrentZooException(String message) {
    super(message);
  }

  /** An error that another exception brought to light. */
  protected RecurrentZooException(String message, Throwable cause) {
    super(message, cause);
  }
}
