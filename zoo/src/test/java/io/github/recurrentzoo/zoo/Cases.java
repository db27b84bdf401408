package io.github.recurrentzoo.zoo;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** Small files as users have them, in src/test/resources/cases. */
public final class Cases {

  private Cases() {}

  /** The file of that name. */
  public static Path file(String name) {
    try {
      return Path.of(Cases.class.getResource("/cases/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
