package io.github.recurrentzoo.zoo.report;

import io.github.recurrentzoo.zoo.anomalies.AnomalyData;
import io.github.recurrentzoo.zoo.anomalies.AnomalyPart;
import io.github.recurrentzoo.zoo.anomalies.AnomalyReport;
import io.github.recurrentzoo.zoo.classification.ClassificationPart;
import io.github.recurrentzoo.zoo.classification.ClassificationReport;
import io.github.recurrentzoo.zoo.classification.Explanation;
import io.github.recurrentzoo.zoo.classification.Prediction;
import io.github.recurrentzoo.zoo.detection.Detection;
import io.github.recurrentzoo.zoo.detection.DetectionMeasures;
import io.github.recurrentzoo.zoo.detection.DetectionPicture;
import io.github.recurrentzoo.zoo.detection.SyntheticAnomalies;
import io.github.recurrentzoo.zoo.forecasting.Forecast;
import io.github.recurrentzoo.zoo.forecasting.ForecastPart;
import io.github.recurrentzoo.zoo.forecasting.ForecastPicture;
import io.github.recurrentzoo.zoo.forecasting.ForecastReport;
import io.github.recurrentzoo.zoo.generation.GenerationPart;
import io.github.recurrentzoo.zoo.generation.GenerationReport;
import io.github.recurrentzoo.zoo.model.Metric;
import io.github.recurrentzoo.zoo.sequences.LabeledSequence;
import io.github.recurrentzoo.zoo.sequences.SequencePart;
import io.github.recurrentzoo.zoo.sequences.SequencePrediction;
import io.github.recurrentzoo.zoo.sequences.SequenceReport;
import io.github.recurrentzoo.zoo.series.Baseline;
import io.github.recurrentzoo.zoo.series.ForecastErrors;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import io.github.recurrentzoo.zoo.series.TimeStep;
import io.github.recurrentzoo.zoo.tagging.TaggingPart;
import io.github.recurrentzoo.zoo.tagging.TaggingReport;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingProgress;
import io.github.recurrentzoo.zoo.translation.DecodingOptions;
import io.github.recurrentzoo.zoo.translation.SequenceToSequence;
import io.github.recurrentzoo.zoo.translation.SequenceTranslator;
import io.github.recurrentzoo.zoo.translation.TextPair;
import io.github.recurrentzoo.zoo.translation.TranslationPart;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** One page of each kind, with names and numbers as long as users have them. */
final class SamplePages {
  private static final List<String> CLASSES =
      List.of(
          "act",
          "animal",
          "artifact",
          "attribute",
          "body",
          "cognition",
          "communication",
          "food",
          "group",
          "location",
          "person",
          "plant",
          "state",
          "substance");

  private SamplePages() {}

  static Map<String, String> all() {
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("classification", page(history(8), classification(CLASSES)));
    pages.put(
        "classes",
        page(
            history(60),
            classification(IntStream.range(0, 60).mapToObj(i -> "a class number " + i).toList())));
    pages.put("forecasting", page(history(27), forecasting()));
    pages.put(
        "generation",
        page(
            history(3),
            new GenerationPart(
                new GenerationReport(104_320, 12, 1.934, 5, 2.216),
                List.of(
                    new GenerationPart.Sample("temperature 0.5", "The ", "word ".repeat(90)),
                    new GenerationPart.Sample("temperature 1.0", "", "x".repeat(300))))));
    pages.put("translation", page(history(3), translation()));
    pages.put("tagging", page(history(9), tagging()));
    pages.put("sequences", page(history(9), sequences()));
    pages.put("anomalies", page(history(27), anomalies()));
    pages.put("nothing trained", page(new TrainingHistory(), forecasting()));
    return pages;
  }

  private static AnomalyPart anomalies() {
    SyntheticAnomalies put =
        SyntheticAnomalies.put(AnomalyData.waves(400, 1), 200, List.of("a", "b"), 12, 1);
    double[][] scores = new double[2][400];
    for (int row = 0; row < 400; row++) {
      scores[0][row] = 0.3 + 0.4 * Math.abs(Math.sin(row)) + (put.labels()[row] ? 0.8 : 0);
      scores[1][row] = row < 20 ? Double.NaN : 0.2;
    }
    Detection marks =
        new Detection("autoencoder", put.series(), List.of("a", "b"), scores, 0.01).from(200);
    boolean[] labels = Arrays.copyOfRange(put.labels(), 200, 400);
    List<Boolean> known = IntStream.range(0, 200).mapToObj(row -> labels[row]).toList();
    AnomalyReport.Method method =
        new AnomalyReport.Method(
            "network",
            DetectionMeasures.of(marks, labels),
            0.012,
            Map.of("spike", 0.9, "flat", 0.1));
    AnomalyReport.Method other =
        new AnomalyReport.Method(
            "seasonal median",
            new DetectionMeasures(200, 50, 20, 10, 5, 3, 6, 3, 0.99),
            0.01,
            Map.of("spike", 0.8, "flat", 0.2));
    return new AnomalyPart(
        new AnomalyReport(
            5,
            0.99,
            "2020-01-01",
            "2021-02-03",
            List.of(method, other),
            Map.of(
                "moving median",
                "its threshold needs 99 validation rows with a value, but the last 20 of the 200 rows before the test validate")),
        List.of(new DetectionPicture(marks, "a", known), new DetectionPicture(marks, "b")));
  }

  private static TaggingPart tagging() {
    TaggingReport.Score all = new TaggingReport.Score("all spans", 70, 90, 100);
    TaggingReport report =
        new TaggingReport(
            List.of("B-a rather long type", "I-a rather long type", "O"),
            List.of(List.of(70, 10, 20), List.of(3, 50, 7), List.of(20, 9, 4_000)),
            210,
            180,
            300,
            250,
            List.of(all, new TaggingReport.Score("a rather long type", 70, 90, 100)),
            List.of(
                new TaggingReport.Mistake(
                    "word".repeat(20), "O", "B-a rather long type", 12, "a [word] ".repeat(12))),
            Optional.empty());
    return new TaggingPart(report);
  }

  private static SequencePart sequences() {
    List<String> labels = List.of("a rather long name of a class", "b");
    SequenceReport report =
        new SequenceReport(
            labels,
            List.of(List.of(70, 10), List.of(3, 50)),
            List.of(new SequenceReport.Mistake("window ".repeat(9), labels.get(0), "b", 0.97)),
            Optional.of(new SequenceReport.Baseline("1-nearest neighbor (Euclidean)", 0.8, 0.7)));
    LabeledSequence gap =
        new LabeledSequence(
            "walk/a-file-with-a-long-name.csv",
            new double[][] {{1, 2, Double.NaN, 4}, {-1, -2, -3, -4}},
            labels.get(0),
            null);
    SequencePrediction answer = new SequencePrediction("b", 0.97, Map.of("b", 0.97), 4);
    return new SequencePart(
        report,
        List.of(
            new SequencePart.Shown(gap, answer, List.of("acceleration_of_the_left_foot", "y")),
            new SequencePart.Shown(
                new LabeledSequence(new double[][] {{5}}, "b"), answer, List.of("1"))));
  }

  static String page(TrainingHistory history, ReportPart part) {
    return TrainingReport.builder(history, part)
        .title("definitions-of-a-file-with-a-long-name-that-cannot-be-broken.csv: LSTM")
        .command("recurrent-zoo train text --data " + "a/long/path/".repeat(20))
        .parameters(2_345_678)
        .options(Map.of("--data", "a/long/path/".repeat(20), "--epochs", 8))
        .data(Map.of("source", "a/long/path/".repeat(20), "rows", 73_486))
        .build()
        .html();
  }

  private static TrainingHistory history(int epochs) {
    TrainingHistory history = new TrainingHistory();
    for (int e = 1; e <= epochs; e++) {
      history.onEpoch(
          new TrainingProgress.EpochEvent(
              e,
              epochs,
              1.3 / e,
              new Metric("accuracy", 1 - 0.5 / e),
              1.4 / Math.sqrt(e),
              new Metric("accuracy", 1 - 0.6 / e),
              e <= epochs / 2,
              e == epochs,
              Duration.ofMillis(61_234L * e),
              1e-3 * Math.pow(0.5, e),
              66_137));
    }
    return history;
  }

  private static ClassificationPart classification(List<String> labels) {
    Random random = new Random(1);
    int[] expected = random.ints(7349, 0, labels.size()).toArray();
    int[] answered =
        IntStream.of(expected)
            .map(e -> random.nextInt(7) == 0 ? random.nextInt(labels.size()) : e)
            .toArray();
    String text = "someone who repairs bicycles for a living";
    List<Explanation.Word> words = new ArrayList<>();
    double[] weights = {2.1, 0.9, -1.9, -0.4, 0.01, 0.2, 1.2};
    int start = 0;
    for (int i = 0; i < weights.length; i++) {
      int space = text.indexOf(' ', start);
      String word = text.substring(start, space < 0 ? text.length() : space);
      words.add(new Explanation.Word(start, start + word.length(), word, i != 3, weights[i]));
      start += word.length() + 1;
    }
    Prediction answer =
        new Prediction(labels.get(0), 0.9, Map.of(labels.get(0), 0.9, labels.get(1), 0.1), 9, 1, 0);
    return new ClassificationPart(
        ClassificationReport.of(labels, expected, answered),
        List.of(
            new ClassificationPart.Told(labels.get(0), new Explanation(text, answer, words)),
            new ClassificationPart.Told(labels.get(1), new Explanation(text, answer, words))));
  }

  /** Of a network that has learned for a moment, so that there are mistakes. */
  private static TranslationPart translation() {
    List<TextPair> pairs =
        IntStream.range(0, 60)
            .mapToObj(i -> new TextPair("number " + i, "a-long-answer-in-one-word-" + i))
            .toList();
    SequenceTranslator translator =
        SequenceTranslator.train(
            pairs,
            SequenceToSequence.builder().attention(true).embeddingSize(4).hiddenSize(4).build(),
            TrainingOptions.builder().epochs(1).build());
    return new TranslationPart(
        translator.evaluate(pairs, DecodingOptions.GREEDY),
        List.of(
            translator.explain("number 12", DecodingOptions.GREEDY),
            translator.explain("number 3", DecodingOptions.GREEDY)));
  }

  private static ForecastPart forecasting() {
    double[] values = IntStream.range(0, 120).mapToDouble(t -> 1e6 + 9e4 * Math.sin(t)).toArray();
    TimeSeries series =
        TimeSeries.of(
            LocalDate.of(2015, 9, 3), TimeStep.days(1), Map.of("passengers_per_day", values));
    List<Forecast> past = new ArrayList<>();
    for (int origin = 63; origin < 119; origin += 7) {
      past.add(forecast(series, origin));
    }
    ForecastReport.Method method =
        new ForecastReport.Method(
            new ForecastErrors(2002, 123_456.7, 234_567.8, 0.7211, 16.58),
            List.of(1e5, 1.1e5, 1.2e5, 1.3e5, 1.3e5, 1.4e5, 1.4e5));
    ForecastReport report =
        new ForecastReport(
            365,
            7,
            286,
            0.9,
            List.of(
                new ForecastReport.Target(
                    "passengers_per_day",
                    method,
                    Map.of(
                        Baseline.NAIVE, method,
                        Baseline.SEASONAL_NAIVE, method,
                        Baseline.ETS, method),
                    0.867,
                    List.of(0.84, 0.85, 0.86, 0.87, 0.88, 0.88, 0.88),
                    1e5,
                    List.of())),
            List.of("more --epochs"));
    return new ForecastPart(
        report,
        List.of(
            new ForecastPicture(
                "Passengers by day",
                "persons",
                series,
                "passengers_per_day",
                77,
                past,
                forecast(series, 119))));
  }

  private static Forecast forecast(TimeSeries series, int origin) {
    double known = series.column("passengers_per_day")[origin];
    List<ZonedDateTime> times =
        IntStream.rangeClosed(1, 7).mapToObj(k -> series.time(origin).plusDays(k)).toList();
    List<Double> values = times.stream().map(t -> known).toList();
    return new Forecast(
        series.time(origin),
        series.time(origin).toLocalDate().toString(),
        times,
        times.stream().map(t -> t.toLocalDate().toString()).toList(),
        0.9,
        List.of(),
        List.of(
            new Forecast.Target(
                "passengers_per_day",
                known,
                values,
                values.stream().map(v -> v - 5e4).toList(),
                values.stream().map(v -> v + 5e4).toList(),
                List.of())));
  }
}
