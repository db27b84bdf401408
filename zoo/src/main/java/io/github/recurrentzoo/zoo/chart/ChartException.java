package io.github.recurrentzoo.zoo.chart;

import java.io.Serial;

/** Says that a picture cannot be drawn or written, why, and what to do. */
public final class ChartException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  ChartException(String message, Throwable cause) {
    super(message, cause);
  }
}
