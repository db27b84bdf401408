package io.github.recurrentzoo.spark;

import io.github.recurrentzoo.zoo.data.DataException;
import java.io.Serializable;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;

/** What is known of all rows after the first pass over them. */
final class RowStatistics implements Serializable {
  private static final long serialVersionUID = 1;

  private static final int MOST_STRATA = 10_000;
  private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(256);

  private long rows;
  private long unusable;
  private BigInteger digest = BigInteger.ZERO;
  private final HashMap<String, Long> strata = new HashMap<>();

  <R> RowStatistics add(R row, RowReader<R> reader) {
    if (row == null) {
      unusable++;
      return this;
    }
    rows++;
    digest = digest.add(RowHash.of(reader.parts(row)).number()).mod(MODULUS);
    count(reader.stratum(row), 1);
    return this;
  }

  RowStatistics merge(RowStatistics other) {
    rows += other.rows;
    unusable += other.unusable;
    digest = digest.add(other.digest).mod(MODULUS);
    other.strata.forEach(this::count);
    return this;
  }

  /** One more than are allowed is enough to know that there are too many. */
  private void count(String name, long rowsOfIt) {
    if (strata.size() <= MOST_STRATA || strata.containsKey(name)) {
      strata.merge(name, rowsOfIt, Long::sum);
    }
  }

  /**
   * Refuses rows that cannot be learned from.
   *
   * @throws DataException if there are none, one lacks something, or there are too many labels
   */
  void check() {
    if (rows == 0 || unusable > 0) {
      throw new DataException(
          "The dataset has %d rows to learn from and %d that lack a text or a label. Check that the right columns were taken, and leave such rows out with a filter or dataset.na().drop."
              .formatted(rows, unusable));
    }
    if (strata.size() > MOST_STRATA) {
      throw new DataException(
          "The rows have more than %d labels, such as %s. Check that the right column was taken for the labels."
              .formatted(MOST_STRATA, strata.keySet().stream().limit(3).toList()));
    }
  }

  /** The rows that can be learned from. */
  long rows() {
    return rows;
  }

  /** The sum of the rows' digests modulo 2^256, in hexadecimal. */
  String digest() {
    return digest.toString(16);
  }

  /** The number of rows of each label. */
  Map<String, Long> strata() {
    return strata;
  }
}
