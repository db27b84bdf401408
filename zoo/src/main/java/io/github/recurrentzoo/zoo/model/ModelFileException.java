package io.github.recurrentzoo.zoo.model;

import io.github.recurrentzoo.zoo.data.RecurrentZooException;
import io.github.recurrentzoo.zoo.internal.SafeText;
import java.io.Serial;

/**
 * Says that a model file cannot be written or read.
 *
 * <p>The message is complete by itself: it names the file, says what is wrong with it and what to
 * do.
 */
public final class ModelFileException extends RecurrentZooException {

  @Serial private static final long serialVersionUID = 1L;

  /**
   * An error with no other exception behind it.
   *
   * @param message which file, what is wrong, and what to do
   */
  public ModelFileException(String message) {
    super(SafeText.message(message));
  }

  /**
   * An error that another exception brought to light.
   *
   * @param message which file, what is wrong, and what to do
   * @param cause the exception behind it
   */
  public ModelFileException(String message, Throwable cause) {
    super(SafeText.message(message), cause);
  }
}
