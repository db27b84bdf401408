package io.github.recurrentzoo.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.datasets.SampleSeries;
import io.github.recurrentzoo.zoo.Zoo;
import io.github.recurrentzoo.zoo.anomalies.AnomalyDetector;
import io.github.recurrentzoo.zoo.anomalies.AnomalyOptions;
import io.github.recurrentzoo.zoo.classification.Prediction;
import io.github.recurrentzoo.zoo.classification.TextClassifier;
import io.github.recurrentzoo.zoo.forecasting.Forecast;
import io.github.recurrentzoo.zoo.forecasting.Forecaster;
import io.github.recurrentzoo.zoo.generation.GenerationOptions;
import io.github.recurrentzoo.zoo.generation.TextGenerator;
import io.github.recurrentzoo.zoo.model.ModelFileException;
import io.github.recurrentzoo.zoo.sequences.SequenceClassifier;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import io.github.recurrentzoo.zoo.series.TimeStep;
import io.github.recurrentzoo.zoo.tagging.SequenceTagger;
import io.github.recurrentzoo.zoo.tagging.TaggedWord;
import java.nio.file.Path;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models answer a column as they answer alone, and rows without an answer say why. */
class ScoringTest {
  private static final ArrayType NUMBERS = DataTypes.createArrayType(DataTypes.DoubleType);
  private static final double ROUNDING = 1e-5;

  private final SparkSession spark = LocalSpark.session();

  private Dataset<Row> column(DataType type, Object... cells) {
    StructType schema = new StructType().add("id", DataTypes.IntegerType).add("cell", type);
    List<Row> rows =
        IntStream.range(0, cells.length).mapToObj(i -> RowFactory.create(i, cells[i])).toList();
    return spark.createDataFrame(rows, schema).repartition(3);
  }

  /** In the order of the cells. */
  private static List<Row> answered(Dataset<Row> cells, String model) {
    return Scoring.predict(cells, "cell", model).orderBy("id").collectAsList();
  }

  private static Row answer(Row row) {
    assertNull(row.getAs(Scoring.REASON), () -> row.<String>getAs(Scoring.REASON));
    return row.getAs(Scoring.PREDICTION);
  }

  private static String reason(Row row) {
    assertNull(row.getAs(Scoring.PREDICTION));
    return row.getAs(Scoring.REASON);
  }

  @Test
  void textsGetTheLabelsThatTheyGetAlone(@TempDir Path folder) {
    TextClassifier classifier = TextClassifier.pretrained("wordnet-lstm");
    String[] texts =
        IntStream.range(0, 700)
            .mapToObj(i -> "a small bird of the tropics ".repeat(1 + i % 7) + i)
            .toArray(String[]::new);
    texts[5] = "someone who repairs bicycles for a living";
    texts[6] = null;
    Path file = folder.resolve("model.zip");
    classifier.save(file);
    for (String model : List.of("wordnet-lstm", file.toString(), file.toUri().toString())) {
      List<Row> rows = answered(column(DataTypes.StringType, (Object[]) texts), model);
      assertEquals(texts.length, rows.size());
      assertEquals("person", answer(rows.get(5)).getAs("label"));
      assertTrue(reason(rows.get(6)).contains("null"));
      for (int i : new int[] {0, 5, 7, 255, 256, 699}) {
        Prediction alone = classifier.predict(texts[i]);
        Row answer = answer(rows.get(i));
        assertEquals(alone.label(), answer.getAs("label"));
        assertEquals(alone.probability(), answer.<Double>getAs("probability"), ROUNDING);
        assertEquals(
            alone.probabilities().size(),
            answer.getJavaMap(answer.fieldIndex("probabilities")).size());
      }
    }
  }

  @Test
  void theOtherColumnsStay() {
    Dataset<Row> answered =
        Scoring.predict(column(DataTypes.StringType, "warm"), "cell", "wordnet-lstm");
    assertEquals(
        List.of("id", "cell", "prediction", "reason"), List.of(answered.schema().fieldNames()));
    assertEquals("warm", answered.first().getAs("cell"));
  }

  @Test
  void badRowsHaveAReasonAndTheRestOfTheirBatchAnAnswer() {
    String[] texts = new String[40];
    Arrays.fill(texts, "May 5, 2026");
    texts[3] = " ";
    texts[20] = null;
    texts[21] = "x".repeat(10_000);
    List<Row> rows = answered(column(DataTypes.StringType, (Object[]) texts), "dates-lstm");
    for (int i = 0; i < texts.length; i++) {
      if (i == 3 || i == 20 || i == 21) {
        assertTrue(!reason(rows.get(i)).isBlank());
      } else {
        assertEquals("2026-05-05", answer(rows.get(i)).getAs("text"));
      }
    }
    assertTrue(reason(rows.get(21)).contains("10000 characters"), reason(rows.get(21)));
  }

  @Test
  void wordsGetTags() {
    SequenceTagger tagger = SequenceTagger.pretrained("pos-lstm");
    List<TaggedWord> alone = tagger.tag("The dog barks.");
    Row text = answer(answered(column(DataTypes.StringType, "The dog barks."), "pos-lstm").get(0));
    Row words =
        answer(
            answered(
                    column(
                        DataTypes.createArrayType(DataTypes.StringType),
                        (Object) new String[] {"The", "dog", "barks", "."}),
                    "pos-lstm")
                .get(0));
    for (Row answer : List.of(text, words)) {
      List<Row> tagged = answer.getList(0);
      assertEquals(
          alone.stream().map(TaggedWord::label).toList(),
          tagged.stream().map(word -> word.<String>getAs("label")).toList());
      assertEquals(
          alone.stream().map(TaggedWord::word).toList(),
          tagged.stream().map(word -> word.<String>getAs("word")).toList());
    }
  }

  @Test
  void sequencesOfNumbersGetLabels() {
    double[] rising = IntStream.range(0, 60).mapToDouble(t -> 30 + 0.5 * t + Math.sin(t)).toArray();
    String alone =
        SequenceClassifier.pretrained("control-charts-lstm")
            .predict(new double[][] {rising})
            .label();
    List<Row> rows =
        answered(
            column(NUMBERS, rising, new double[] {}, new Double[] {1.0, null}),
            "control-charts-lstm");
    assertEquals(alone, answer(rows.get(0)).getAs("label"));
    assertTrue(reason(rows.get(1)).contains("empty"));
    assertTrue(reason(rows.get(2)).contains("no value"), reason(rows.get(2)));
    Row channels =
        answered(
                column(DataTypes.createArrayType(NUMBERS), (Object) new double[][] {rising}),
                "control-charts-lstm")
            .get(0);
    assertEquals(alone, answer(channels).getAs("label"));
  }

  @Test
  void seriesGetForecasts() {
    Forecaster forecaster = Forecaster.pretrained("seattle-weather-lstm");
    TimeSeries weather = SampleSeries.of(SampleSeries.Name.SEATTLE).read();
    Forecast alone = forecaster.forecast(weather);
    List<String> columns = new ArrayList<>(forecaster.options().targets());
    columns.addAll(forecaster.options().pastCovariates());
    StructType type = new StructType().add("start", DataTypes.DateType);
    Object[] values = new Object[columns.size() + 1];
    values[0] = Date.valueOf(weather.time(0).toLocalDate());
    for (int c = 0; c < columns.size(); c++) {
      type = type.add(columns.get(c), NUMBERS);
      values[c + 1] = weather.column(columns.get(c));
    }
    Object[] tooShort = values.clone();
    for (int c = 0; c < columns.size(); c++) {
      tooShort[c + 1] = new double[] {1, 2};
    }
    List<Row> rows =
        answered(
            column(type, RowFactory.create(values), RowFactory.create(tooShort)),
            "seattle-weather-lstm");
    List<Row> steps = answer(rows.get(0)).getList(0);
    assertEquals(alone.labels(), steps.stream().map(step -> step.<String>getAs("time")).toList());
    for (int k = 0; k < steps.size(); k++) {
      assertEquals(
          alone.targets().get(0).values().get(k), steps.get(k).<Double>getAs("value"), 1e-3);
    }
    assertTrue(reason(rows.get(1)).contains("rows"), reason(rows.get(1)));
  }

  /** Also where rows are taken out of SQL, so that executors do not know the session. */
  @Test
  void timesAreThoseOfTheSession() {
    TimeSeries weather = SampleSeries.of(SampleSeries.Name.SEATTLE).read();
    Forecaster forecaster = Forecaster.pretrained("seattle-weather-lstm");
    List<String> columns = new ArrayList<>(forecaster.options().targets());
    columns.addAll(forecaster.options().pastCovariates());
    StructType type = new StructType().add("start", DataTypes.TimestampType);
    Object[] values = new Object[columns.size() + 1];
    ZoneId tokyo = ZoneId.of("Asia/Tokyo");
    values[0] =
        Timestamp.from(weather.time(0).toLocalDate().atStartOfDay().atZone(tokyo).toInstant());
    for (int c = 0; c < columns.size(); c++) {
      type = type.add(columns.get(c), NUMBERS);
      values[c + 1] = weather.column(columns.get(c));
    }
    Dataset<Row> series = column(type, RowFactory.create(values));
    SparkSession session = series.sparkSession();
    session.conf().set("spark.sql.session.timeZone", tokyo.getId());
    try {
      Row row =
          Scoring.predict(series, series.columns()[1], "seattle-weather-lstm")
              .javaRDD()
              .collect()
              .get(0);
      Row[] steps = (Row[]) row.getStruct(2).get(0); // as they were made: SQL was left out
      String first = forecaster.forecast(weather).labels().get(0);
      String time = steps[0].getString(1);
      assertEquals(first.substring(0, 10), time.substring(0, 10));
    } finally {
      session.conf().set("spark.sql.session.timeZone", "UTC");
    }
  }

  @Test
  @Tag("learning")
  void stepsOfSeriesGetScores(@TempDir Path folder) {
    double[] wave = IntStream.range(0, 800).mapToDouble(t -> Math.sin(0.5 * t)).toArray();
    TimeSeries normal =
        TimeSeries.of(LocalDate.of(2024, 1, 1), TimeStep.days(1), Map.of("level", wave));
    AnomalyDetector detector =
        AnomalyDetector.train(
            normal,
            AnomalyOptions.builder().columns("level").window(20).calendarFeatures().build());
    Path file = folder.resolve("model.zip");
    detector.save(file);
    double[] broken = Arrays.copyOf(wave, 100);
    broken[50] = 25;
    Row answer = answer(answered(column(NUMBERS, (Object) broken), file.toString()).get(0));
    List<Row> steps = answer.getList(0);
    assertEquals(100, steps.size());
    assertTrue(steps.get(50).<Boolean>getAs("marked"), steps.get(50).toString());
    assertTrue(steps.get(50).<Double>getAs("score") > steps.get(10).<Double>getAs("score"));
  }

  @Test
  void promptsAreGoneOnWith() {
    String alone =
        TextGenerator.pretrained("definitions-lstm")
            .generate("a kind of ", GenerationOptions.builder().build());
    Row answer =
        answer(answered(column(DataTypes.StringType, "a kind of "), "definitions-lstm").get(0));
    assertEquals(alone, answer.getAs("text"));
  }

  @Test
  void everyTaskOfTheZooIsServed() {
    assertEquals(Zoo.TYPES.size(), RowTask.ALL.size());
    assertTrue(RowTask.ALL.stream().map(RowTask::type).toList().containsAll(Zoo.TYPES));
  }

  @Test
  void whatCannotWorkIsRefusedBeforeTheJob() {
    Dataset<Row> numbers = column(NUMBERS, new double[] {1});
    String type =
        assertThrows(
                IllegalArgumentException.class,
                () -> Scoring.predict(numbers, "cell", "wordnet-lstm"))
            .getMessage();
    assertTrue(type.contains("array<double>") && type.contains("a string"), type);
    String missing =
        assertThrows(
                IllegalArgumentException.class,
                () -> Scoring.predict(numbers, "text", "wordnet-lstm"))
            .getMessage();
    assertTrue(missing.contains("id, cell"), missing);
    String model =
        assertThrows(
                ModelFileException.class, () -> Scoring.predict(numbers, "cell", "no-such-model"))
            .getMessage();
    assertTrue(model.contains("no-such-model"), model);
    Dataset<Row> twice = Scoring.predict(column(DataTypes.StringType, "a"), "cell", "wordnet-lstm");
    assertThrows(
        IllegalArgumentException.class, () -> Scoring.predict(twice, "cell", "wordnet-lstm"));
  }
}
