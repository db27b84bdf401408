package io.github.recurrentzoo.spark;

import java.io.Serializable;
import java.util.HashSet;

/**
 * Which rows validate: those whose hash is low, of labels with rows enough. Equal rows are on the
 * same side.
 */
final class Draw implements Serializable {
  private static final long serialVersionUID = 1;

  /** With fewer rows, all of a label's could be drawn, and it would not be learned. */
  private static final int LEAST_ROWS = 20;

  private final double fraction;
  private final long seed;
  private final HashSet<String> rare = new HashSet<>();

  Draw(double fraction, long seed, RowStatistics statistics) {
    this.fraction = fraction;
    this.seed = seed;
    statistics
        .strata()
        .forEach(
            (name, count) -> {
              if (count < LEAST_ROWS) {
                rare.add(name);
              }
            });
  }

  <R> boolean validates(R row, RowReader<R> reader) {
    return RowHash.of(reader.parts(row)).draw(seed) < fraction
        && !rare.contains(reader.stratum(row));
  }
}
