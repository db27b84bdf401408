package io.github.recurrentzoo.examples;

import java.io.Serial;

/** Says that a preset that was trained again is not as good as it was. */
final class PresetMissedException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  PresetMissedException(String message) {
    super(message);
  }
}
