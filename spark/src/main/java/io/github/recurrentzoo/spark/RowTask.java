package io.github.recurrentzoo.spark;

import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.github.recurrentzoo.zoo.anomalies.AnomalyDetector;
import io.github.recurrentzoo.zoo.classification.TextClassifier;
import io.github.recurrentzoo.zoo.forecasting.Forecaster;
import io.github.recurrentzoo.zoo.generation.GenerationOptions;
import io.github.recurrentzoo.zoo.generation.TextGenerator;
import io.github.recurrentzoo.zoo.pipeline.Pipeline;
import io.github.recurrentzoo.zoo.pipeline.PipelineType;
import io.github.recurrentzoo.zoo.sequences.SequenceClassifier;
import io.github.recurrentzoo.zoo.tagging.SequenceTagger;
import io.github.recurrentzoo.zoo.tagging.TaggedWord;
import io.github.recurrentzoo.zoo.translation.DecodingOptions;
import io.github.recurrentzoo.zoo.translation.SequenceTranslator;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * How the models of a task answer the cells of a column.
 *
 * @param reads whether a column of that type has cells for it
 * @param expected the types, for messages
 * @param answer the fields of an answer
 * @param asked answers cells, none of which is null, in their order: one row with these fields each
 */
record RowTask<P extends Pipeline>(
    PipelineType<P> type,
    Predicate<DataType> reads,
    String expected,
    StructType answer,
    Asked<P> asked) {

  /** Answers cells; times are in the zone of the session that asks. */
  @FunctionalInterface
  interface Asked<P> {
    List<Row> ask(P model, List<?> cells, ZoneId zone);
  }

  private static <P> Asked<P> timeless(BiFunction<P, List<?>, List<Row>> asked) {
    return (model, cells, zone) -> asked.apply(model, cells);
  }

  private static final String TEXTS = "a string";
  private static final StructField LABEL = field("label", StringType);
  private static final StructField PROBABILITY = field("probability", DoubleType);
  private static final StructField PROBABILITIES =
      field("probabilities", DataTypes.createMapType(StringType, DoubleType, false));
  private static final StructType WORD =
      struct(
          field("word", StringType),
          LABEL,
          PROBABILITY,
          field("start", IntegerType),
          field("end", IntegerType));

  /** One entry for each task. */
  static final List<RowTask<?>> ALL =
      List.of(
          new RowTask<>(
              TextClassifier.TYPE,
              Cells::isText,
              TEXTS,
              struct(LABEL, PROBABILITY, PROBABILITIES),
              timeless(RowTask::classes)),
          new RowTask<>(
              SequenceClassifier.TYPE,
              type -> Cells.isNumbers(type) || Cells.isChannels(type),
              "an array of numbers, or an array of such arrays, one for each channel",
              struct(LABEL, PROBABILITY, PROBABILITIES),
              timeless(RowTask::classesOfSequences)),
          new RowTask<>(
              SequenceTranslator.TYPE,
              Cells::isText,
              TEXTS,
              struct(
                  field("text", StringType),
                  field("logProbability", DoubleType),
                  field("ended", BooleanType)),
              timeless(RowTask::translations)),
          new RowTask<>(
              SequenceTagger.TYPE,
              type -> Cells.isText(type) || Cells.isWords(type),
              "a string, or an array of strings, the words of a sentence",
              struct(field("words", DataTypes.createArrayType(WORD, false))),
              timeless(RowTask::tags)),
          new RowTask<>(
              TextGenerator.TYPE,
              Cells::isText,
              TEXTS,
              struct(field("text", StringType)),
              timeless(RowTask::continuations)),
          new RowTask<>(
              Forecaster.TYPE,
              type -> Cells.isNumbers(type) || SeriesCell.isSeries(type),
              SeriesCell.EXPECTED,
              SeriesCell.ANSWER,
              (model, cells, zone) ->
                  cells.stream().map(cell -> SeriesCell.forecast(model, cell, zone)).toList()),
          new RowTask<>(
              AnomalyDetector.TYPE,
              type -> Cells.isNumbers(type) || SeriesCell.isSeries(type),
              SeriesCell.EXPECTED,
              SeriesCell.SCORES,
              (model, cells, zone) ->
                  cells.stream().map(cell -> SeriesCell.detect(model, cell, zone)).toList()));

  /** What the models of a pipeline's kind do. */
  static RowTask<?> of(Pipeline model) {
    return ALL.stream()
        .filter(task -> task.type().equals(model.type()))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "A %s does not answer row by row".formatted(model.type().name())));
  }

  /** Asks a model of the task. */
  List<Row> ask(Pipeline model, List<?> cells, ZoneId zone) {
    return asked.ask(type.pipeline().cast(model), cells, zone);
  }

  static StructField field(String name, DataType type) {
    return DataTypes.createStructField(name, type, true);
  }

  static StructType struct(StructField... fields) {
    return DataTypes.createStructType(fields);
  }

  private static List<Row> classes(TextClassifier model, List<?> cells) {
    return model.predict(Cells.texts(cells)).stream()
        .map(
            answer ->
                RowFactory.create(
                    answer.label(), answer.probability(), Cells.map(answer.probabilities())))
        .toList();
  }

  private static List<Row> classesOfSequences(SequenceClassifier model, List<?> cells) {
    return model.predict(cells.stream().map(Cells::channels).toList()).stream()
        .map(
            answer ->
                RowFactory.create(
                    answer.label(), answer.probability(), Cells.map(answer.probabilities())))
        .toList();
  }

  private static List<Row> translations(SequenceTranslator model, List<?> cells) {
    return model.translate(Cells.texts(cells), DecodingOptions.GREEDY).stream()
        .map(answer -> RowFactory.create(answer.text(), answer.logProbability(), answer.ended()))
        .toList();
  }

  private static List<Row> tags(SequenceTagger model, List<?> cells) {
    List<List<TaggedWord>> answers =
        cells.get(0) instanceof String
            ? model.tag(Cells.texts(cells))
            : model.tagSentences(cells.stream().map(Cells::words).toList());
    List<Row> rows = new ArrayList<>();
    for (List<TaggedWord> words : answers) {
      Stream<Row> each =
          words.stream()
              .map(
                  word ->
                      RowFactory.create(
                          word.word(), word.label(), word.probability(), word.start(), word.end()));
      rows.add(RowFactory.create((Object) each.toArray(Row[]::new)));
    }
    return rows;
  }

  private static List<Row> continuations(TextGenerator model, List<?> cells) {
    GenerationOptions options = GenerationOptions.builder().build();
    return Cells.texts(cells).stream()
        .map(prompt -> RowFactory.create(model.generate(prompt, options)))
        .toList();
  }
}
