package io.github.recurrentzoo.zoo.training;

import io.github.recurrentzoo.zoo.data.RecurrentZooException;
import io.github.recurrentzoo.zoo.internal.SafeText;

/**
 * A training cannot go on from a checkpoint, since it is another training's; the message says what
 * differs.
 */
public final class CheckpointException extends RecurrentZooException {
  private static final long serialVersionUID = 1L;

  CheckpointException(String message) {
    super(SafeText.message(message));
  }
}
