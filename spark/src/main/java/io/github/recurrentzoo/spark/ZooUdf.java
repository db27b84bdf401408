package io.github.recurrentzoo.spark;

import io.github.recurrentzoo.zoo.model.ModelFileException;
import io.github.recurrentzoo.zoo.pipeline.Pipeline;
import java.util.Collections;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Models as functions of SQL.
 *
 * <pre>{@code
 * ZooUdf.register(spark, "classify", "wordnet-lstm");
 * spark.sql("SELECT id, answer.label, answer.reason FROM (SELECT id, classify(text) AS answer FROM reviews)");
 * }</pre>
 *
 * <p>A function returns a struct: the fields that {@link Scoring} lists for the task, and {@value
 * Scoring#REASON}. Of a row that cannot be answered these fields are null and {@value
 * Scoring#REASON} says why; else it is null.
 *
 * <p>Each call answers one row; {@link Scoring#predict} is faster, since it answers in batches.
 * Spark calls a function once for each time that a query names it, so name it in a subquery.
 */
public final class ZooUdf {
  private ZooUdf() {}

  /**
   * Makes a model a function of a session, until the session ends or another function gets the
   * name.
   *
   * @param name of the function
   * @param model the name of a preset, which is on the driver's class path, or a model file: a path
   *     on the driver's machine or a URI that Hadoop reads, such as {@code hdfs://host/model.zip}
   * @throws ModelFileException if there is no such model
   */
  public static void register(SparkSession spark, String name, String model) {
    register(spark, name, SharedModel.of(spark, model));
  }

  /** As {@link #register(SparkSession, String, String)}, of a model that was loaded or trained. */
  public static void register(SparkSession spark, String name, Pipeline model) {
    register(spark, name, SharedModel.of(spark, model));
  }

  private static void register(SparkSession spark, String name, SharedModel model) {
    Answers answers = new Answers(spark, model);
    StructType answer = RowTask.of(model.get()).answer();
    int fields = answer.length();
    UDF1<Object, Row> function =
        cell -> {
          Answers.Answer found = answers.of(Collections.singletonList(cell)).get(0);
          Object[] values = new Object[fields + 1];
          for (int i = 0; i < fields && found.answer() != null; i++) {
            values[i] = found.answer().get(i);
          }
          values[fields] = found.reason();
          return RowFactory.create(values);
        };
    spark
        .udf()
        .register(name, function, answer.add(RowTask.field(Scoring.REASON, DataTypes.StringType)));
  }
}
