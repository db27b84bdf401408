package io.github.recurrentzoo.layers;

import java.util.Arrays;
import java.util.Locale;

/** Which code computes a recurrent layer. */
public enum KernelMode {
  /**
   * The fused kernel where it can serve, the plain code of SameDiff or Deeplearning4j elsewhere.
   */
  AUTO,
  /** The fused kernel; where it cannot serve, an exception says why. */
  FUSED,
  /** The readable kernel in plain Java that the fused one is tested against. Slow. */
  REFERENCE,
  /** SameDiff for {@link Rrnn}, Deeplearning4j's own code for its layers. */
  OFF;

  /** The system property that sets the mode where a builder leaves it at {@link #AUTO}. */
  public static final String PROPERTY = "recurrentzoo.kernels";

  /**
   * This mode, or for {@link #AUTO} the one of the system property {@value #PROPERTY}.
   *
   * @throws IllegalArgumentException if the property has a value that is no mode
   */
  public KernelMode orSystemProperty() {
    String value = System.getProperty(PROPERTY);
    if (this != AUTO || value == null) {
      return this;
    }
    try {
      return valueOf(value.trim().toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "The system property "
              + PROPERTY
              + " is \""
              + value
              + "\", but one of "
              + Arrays.toString(values())
              + " was expected, in any case",
          e);
    }
  }
}
