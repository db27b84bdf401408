package io.github.recurrentzoo.zoo.data;

import io.github.recurrentzoo.zoo.internal.SafeText;
import java.io.Serial;

/**
 * Says that data given by the user cannot be used.
 *
 * <p>The message is complete by itself and made for the person who has the data: it names the file
 * and, where there is one, the line and the column, says what was found and what was expected, and
 * what to do. Control characters in it are shown as Unicode escapes, and the middle of a very long
 * one is left out.
 */
public final class DataException extends RecurrentZooException {

  @Serial private static final long serialVersionUID = 1L;

  /**
   * An error with no other exception behind it.
   *
   * @param message what is wrong, where, and what to do
   */
  public DataException(String message) {
    super(SafeText.message(message));
  }

  /**
   * An error that another exception brought to light.
   *
   * @param message what is wrong, where, and what to do
   * @param cause the exception behind it
   */
  public DataException(String message, Throwable cause) {
    super(SafeText.message(message), cause);
  }
}
