package io.github.recurrentzoo.cli.console;

import java.io.Serial;

/** Says that a preset that was trained again is not as good as it was. */
public final class PresetMissedException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  public PresetMissedException(String message) {
    super(message);
  }
}
