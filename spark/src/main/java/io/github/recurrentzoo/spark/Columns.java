package io.github.recurrentzoo.spark;

import java.util.function.Predicate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Columns of datasets, checked before a job begins. */
final class Columns {
  private Columns() {}

  /**
   * The place of a column.
   *
   * @param expected the types that are read, for the message
   * @throws IllegalArgumentException if there is no such column, or it is of another type
   */
  static int check(
      Dataset<Row> dataset, String column, Predicate<DataType> reads, String expected) {
    StructType schema = dataset.schema();
    if (schema.getFieldIndex(column).isEmpty()) {
      throw new IllegalArgumentException(
          "The dataset has no column \"%s\"; its columns are %s"
              .formatted(column, String.join(", ", schema.fieldNames())));
    }
    int index = schema.fieldIndex(column);
    StructField field = schema.fields()[index];
    if (!reads.test(field.dataType())) {
      throw new IllegalArgumentException(
          "The column \"%s\" is of type %s; expected %s"
              .formatted(column, field.dataType().simpleString(), expected));
    }
    return index;
  }
}
