package io.github.recurrentzoo.spark;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * How the rows of a dataset are read for a task; sent to the executors.
 *
 * @param <R> what the task learns from
 */
interface RowReader<R> extends Serializable {

  /** What the task learns from; null for a row that lacks something. */
  R read(Row row);

  /** All that a row consists of, for its digest. */
  List<String> parts(R row);

  /** Rows of one stratum are kept out of training in the same proportion. */
  String stratum(R row);
}
