package io.github.recurrentzoo.spark;

import io.github.recurrentzoo.zoo.model.ModelFileException;
import io.github.recurrentzoo.zoo.pipeline.Pipeline;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Answers for a column of a dataset, in batches.
 *
 * <pre>{@code
 * Dataset<Row> answered = Scoring.predict(reviews, "text", "wordnet-lstm");
 * answered.select("text", "prediction.label", "reason").show();
 * }</pre>
 *
 * <p>Two columns are added. {@value #PREDICTION} is a struct, whose fields depend on the task:
 *
 * <table>
 * <caption>what each task reads and answers</caption>
 * <tr><th>task</th><th>column</th><th>fields of {@value #PREDICTION}</th></tr>
 * <tr><td>text classification</td><td>string</td>
 *     <td>label, probability, probabilities (a map)</td></tr>
 * <tr><td>sequence classification</td>
 *     <td>array of numbers, or one array per channel; null for a missing value</td>
 *     <td>label, probability, probabilities</td></tr>
 * <tr><td>sequence to sequence</td><td>string</td><td>text, logProbability, ended</td></tr>
 * <tr><td>tagging</td><td>string, or array of strings</td>
 *     <td>words: an array of word, label, probability, start, end</td></tr>
 * <tr><td>text generation</td><td>string, the prompt</td>
 *     <td>text: 500 characters, at the temperature 0.8 and the seed 42</td></tr>
 * <tr><td>forecasting</td>
 *     <td>struct of start (date or timestamp) and an array of numbers per column of the model; or
 *     one array alone, if the model reads one column and no calendar</td>
 *     <td>steps: an array of target, time, value, lower, upper</td></tr>
 * <tr><td>anomaly detection</td><td>as for forecasting</td>
 *     <td>steps: an array of time, score, marked</td></tr>
 * </table>
 *
 * <p>A row that cannot be answered, such as one with a null, has null there and says why in {@value
 * #REASON}, which is null for all other rows; the job goes on. The model file is sent to each
 * executor once and loaded once in each of its JVMs, about five seconds; all tasks share it.
 */
public final class Scoring {
  /** The column with the answer. */
  public static final String PREDICTION = "prediction";

  /** The column that says why there is no answer. */
  public static final String REASON = "reason";

  private static final int BATCH_SIZE = 256;

  private Scoring() {}

  /**
   * Adds answers to a dataset, when an action asks for them.
   *
   * @param column what the model reads
   * @param model the name of a preset, which is on the driver's class path, or a model file: a path
   *     on the driver's machine or a URI that Hadoop reads, such as {@code hdfs://host/model.zip}
   * @return the same rows, in the same partitions and order
   * @throws ModelFileException if there is no such model
   * @throws IllegalArgumentException if the column is missing or has a type that the model does not
   *     read, or there is a column {@value #PREDICTION} or {@value #REASON} already
   */
  public static Dataset<Row> predict(Dataset<Row> dataset, String column, String model) {
    return predict(dataset, column, SharedModel.of(dataset.sparkSession(), model));
  }

  /** As {@link #predict(Dataset, String, String)}, by a model that was loaded or trained here. */
  public static Dataset<Row> predict(Dataset<Row> dataset, String column, Pipeline model) {
    return predict(dataset, column, SharedModel.of(dataset.sparkSession(), model));
  }

  private static Dataset<Row> predict(Dataset<Row> dataset, String column, SharedModel model) {
    StructType schema = dataset.schema();
    RowTask<?> task = RowTask.of(model.get());
    int index =
        Columns.check(
            dataset,
            column,
            task.reads(),
            "%s, which a %s reads".formatted(task.expected(), task.type().name()));
    StructType answered = schema;
    for (StructField added :
        List.of(
            RowTask.field(PREDICTION, task.answer()),
            RowTask.field(REASON, DataTypes.StringType))) {
      if (schema.getFieldIndex(added.name()).isDefined()) {
        throw new IllegalArgumentException(
            "The dataset has a column \"%s\" already; rename it with withColumnRenamed"
                .formatted(added.name()));
      }
      answered = answered.add(added);
    }
    Answers answers = new Answers(dataset.sparkSession(), model);
    MapPartitionsFunction<Row, Row> batches = rows -> new Batches(rows, index, answers);
    return dataset.mapPartitions(batches, Encoders.row(answered));
  }

  /** The rows of a partition with their answers, a batch at a time. */
  private static final class Batches implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final int index;
    private final Answers answers;
    private Iterator<Row> ready = List.<Row>of().iterator();

    Batches(Iterator<Row> rows, int index, Answers answers) {
      this.rows = rows;
      this.index = index;
      this.answers = answers;
    }

    @Override
    public boolean hasNext() {
      return ready.hasNext() || rows.hasNext();
    }

    @Override
    public Row next() {
      if (!ready.hasNext()) {
        ready = answered().iterator();
      }
      return ready.next();
    }

    private List<Row> answered() {
      List<Row> batch = new ArrayList<>(BATCH_SIZE);
      List<Object> cells = new ArrayList<>(BATCH_SIZE);
      while (batch.size() < BATCH_SIZE && rows.hasNext()) {
        Row row = rows.next();
        batch.add(row);
        cells.add(row.get(index));
      }
      List<Answers.Answer> found = answers.of(cells);
      List<Row> answered = new ArrayList<>(batch.size());
      for (int i = 0; i < batch.size(); i++) {
        answered.add(with(batch.get(i), found.get(i)));
      }
      return answered;
    }

    private static Row with(Row row, Answers.Answer found) {
      Object[] values = new Object[row.length() + 2];
      for (int c = 0; c < row.length(); c++) {
        values[c] = row.get(c);
      }
      values[row.length()] = found.answer();
      values[row.length() + 1] = found.reason();
      return RowFactory.create(values);
    }
  }
}
