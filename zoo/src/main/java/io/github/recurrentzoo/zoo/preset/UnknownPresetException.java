package io.github.recurrentzoo.zoo.preset;

import io.github.recurrentzoo.zoo.data.RecurrentZooException;
import io.github.recurrentzoo.zoo.internal.SafeText;
import java.io.Serial;

/**
 * There is no pretrained model of that name, or none for that task. The message lists those that
 * there are, or says which artifact is missing.
 */
public final class UnknownPresetException extends RecurrentZooException {

  @Serial private static final long serialVersionUID = 1L;

  UnknownPresetException(String message) {
    super(SafeText.message(message));
  }
}
