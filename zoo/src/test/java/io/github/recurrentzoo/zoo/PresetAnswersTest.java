package io.github.recurrentzoo.zoo;

import static io.github.recurrentzoo.zoo.Learning.assertBelow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.github.recurrentzoo.zoo.classification.Prediction;
import io.github.recurrentzoo.zoo.classification.TextClassifier;
import io.github.recurrentzoo.zoo.forecasting.Forecast;
import io.github.recurrentzoo.zoo.forecasting.Forecaster;
import io.github.recurrentzoo.zoo.forecasting.PanelForecaster;
import io.github.recurrentzoo.zoo.generation.GenerationOptions;
import io.github.recurrentzoo.zoo.generation.TextGenerator;
import io.github.recurrentzoo.zoo.sequences.SequenceClassifier;
import io.github.recurrentzoo.zoo.sequences.SequencePrediction;
import io.github.recurrentzoo.zoo.sequences.SequenceStream;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import io.github.recurrentzoo.zoo.series.TimeStep;
import io.github.recurrentzoo.zoo.tagging.SequenceTagger;
import io.github.recurrentzoo.zoo.tagging.TaggedWord;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.translation.SequenceTranslator;
import io.github.recurrentzoo.zoo.translation.TextPair;
import io.github.recurrentzoo.zoo.translation.Translation;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the presets answer, number by number: so a change of kernels, readers or encoders that would
 * make other answers of the same weights is noticed. The numbers are those of the weights as they
 * were packed; {@code TrainPreset} with another training makes others. Tagged as a whole, since
 * they must be the same however a processor rounds.
 */
@Tag("learning")
class PresetAnswersTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "wordnet-simple-rnn | a small brown bird that builds its nest under the roofs of barns | animal | 0.990030",
        "wordnet-simple-rnn | someone who repairs bicycles for a living | person | 0.995227",
        "wordnet-simple-rnn | the act of walking quickly | act | 0.899022",
        "wordnet-lstm | a small brown bird that builds its nest under the roofs of barns | animal | 0.999771",
        "wordnet-lstm | someone who repairs bicycles for a living | person | 0.999256",
        "wordnet-lstm | the act of walking quickly | act | 0.975073",
        "wordnet-gru | a small brown bird that builds its nest under the roofs of barns | animal | 0.999548",
        "wordnet-gru | someone who repairs bicycles for a living | person | 0.999694",
        "wordnet-gru | the act of walking quickly | act | 0.990024",
        "wordnet-rrnn | a small brown bird that builds its nest under the roofs of barns | animal | 0.999998",
        "wordnet-rrnn | someone who repairs bicycles for a living | person | 0.999995",
        "wordnet-rrnn | the act of walking quickly | act | 0.998071",
        "languages-lstm | Schweizer Franken | German | 0.865713",
        "languages-lstm | Nov\u00fd Z\u00e9land | Czech | 0.746410",
        "languages-lstm | \u043d\u043e\u0432\u043e\u0437\u0435\u043b\u0430\u043d\u0434\u0441\u043a\u0438\u0439 \u0434\u043e\u043b\u043b\u0430\u0440 | Russian | 0.993118"
      })
  void classifiers(String name, String text, String label, double probability) {
    Prediction prediction = TextClassifier.pretrained(name).predict(text);
    assertEquals(label, prediction.label());
    assertEquals(probability, prediction.probability(), 1e-4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dates-lstm | Saturday, 12 March 2022 | 2022-03-12 | -0.000089",
        "dates-lstm | lundi 3 mai 1999 | 1999-05-03 | -0.000349",
        "dates-rrnn | Saturday, 12 March 2022 | 2022-03-12 | -0.000095",
        "dates-rrnn | lundi 3 mai 1999 | 1999-05-03 | -0.000133",
        "pronunciation-lstm | network | n E t w r= k | -0.002398",
        "pronunciation-lstm | blog | b l A g | -0.025442",
        "pronunciation-gru | network | n E t w r= k | -0.014846",
        "pronunciation-gru | blog | b l A g | -0.104226",
        "pronunciation-rrnn | network | n E t w r= k | -0.087595",
        "pronunciation-rrnn | blog | b l A g | -0.128498"
      })
  void translators(String name, String input, String output, double logProbability) {
    Translation translation = SequenceTranslator.pretrained(name).translate(input);
    assertEquals(output, translation.text());
    assertEquals(logProbability, translation.logProbability(), 1e-3);
  }

  @Test
  void weather() {
    IntToDoubleFunction warmest =
        day -> 15 + 10 * Math.sin(2 * Math.PI * day / 365) + (day % 7) * 0.3;
    Map<String, double[]> columns = new LinkedHashMap<>();
    columns.put("temp_max", numbers(400, warmest));
    columns.put("temp_min", numbers(400, day -> warmest.applyAsDouble(day) - 6));
    columns.put("precipitation", numbers(400, day -> day % 5));
    columns.put("wind", numbers(400, day -> 3));
    assertNear(
        List.of(17.95696, 16.00283, 15.77007, 14.41221, 14.77023, 15.31123, 14.18313),
        Forecaster.pretrained("seattle-weather-lstm")
            .forecast(TimeSeries.of(LocalDate.of(2012, 1, 1), TimeStep.days(1), columns)));
  }

  @Test
  void carbonDioxide() {
    assertNear(
        List.of(412.26044, 414.01250, 415.35405, 415.98848),
        Forecaster.pretrained("co2-concentration-lstm").forecast(monthly()));
  }

  /** The rows end on the Sunday before Christmas, which is the fourth day of the forecast. */
  @Test
  void births() {
    assertNear(
        List.of(13615.752, 11330.803, 8133.108, 5876.182, 9985.675),
        Forecaster.pretrained("births-lstm")
            .forecast(
                TimeSeries.of(
                    LocalDate.of(2014, 9, 28),
                    TimeStep.days(1),
                    Map.of(
                        "births",
                        numbers(85, day -> day % 7 == 0 || day % 7 == 6 ? 8000 : 12_000 + day)))));
  }

  @Test
  void unemployment() {
    PanelForecaster industries = PanelForecaster.of(Forecaster.pretrained("unemployment-lstm"));
    assertEquals(14, industries.names().size());
    TimeSeries rates =
        TimeSeries.of(
            LocalDate.of(2010, 1, 1),
            TimeStep.months(1),
            Map.of("rate", numbers(40, month -> 9 - 0.05 * month + Math.sin(Math.PI * month / 6))));
    assertNear(
        List.of(7.85095, 7.53649, 7.12223, 6.68383), industries.forecast("Finance", rates, 40));
  }

  private static TimeSeries monthly() {
    return TimeSeries.of(
        LocalDate.of(2015, 1, 1),
        TimeStep.months(1),
        Map.of("CO2", numbers(60, month -> 400 + 0.2 * month + 3 * Math.sin(Math.PI * month / 6))));
  }

  private static double[] numbers(int rows, IntToDoubleFunction number) {
    double[] numbers = new double[rows];
    for (int i = 0; i < rows; i++) {
      numbers[i] = number.applyAsDouble(i);
    }
    return numbers;
  }

  /** The first numbers of a forecast. */
  private static void assertNear(List<Double> expected, Forecast forecast) {
    List<Double> found = forecast.targets().get(0).values();
    for (int i = 0; i < expected.size(); i++) {
      double near = Math.max(1e-3, 1e-5 * expected.get(i));
      assertEquals(expected.get(i), found.get(i), near, found.toString());
    }
  }

  /** Also step by step, to the same. */
  @Test
  void controlCharts() {
    SequenceClassifier charts = SequenceClassifier.pretrained("control-charts-lstm");
    assertChart(charts, "rising", 0.999294, 60, t -> 30 + 0.35 * t + 4 * Math.sin(1.7 * t));
    assertChart(
        charts, "shifted up", 0.998743, 60, t -> 30 + (t >= 30 ? 12 : 0) + 4 * Math.sin(1.7 * t));
    assertChart(charts, "cyclic", 0.992335, 20, t -> 30 + 10 * Math.sin(t / 2.0));
  }

  private static void assertChart(
      SequenceClassifier charts,
      String label,
      double probability,
      int steps,
      IntToDoubleFunction chart) {
    double[] values = IntStream.range(0, steps).mapToDouble(chart).toArray();
    SequencePrediction prediction = charts.predict(new double[][] {values});
    assertEquals(label, prediction.label());
    assertEquals(probability, prediction.probability(), 1e-4);
    SequenceStream stream = charts.stream();
    SequencePrediction last = prediction;
    for (double value : values) {
      last = stream.next(value);
    }
    assertEquals(label, last.label());
    assertEquals(probability, last.probability(), 1e-4);
  }

  @Test
  void definitions() {
    assertEquals(
        "of the southern United States and southeastern Asia and Asia",
        TextGenerator.pretrained("definitions-lstm")
            .generate("a bird ", GenerationOptions.builder().length(60).topK(1).build()));
  }

  @Test
  void definitionsInWords() {
    assertEquals(
        " of the genus of the family\na person who is a member of a",
        TextGenerator.pretrained("definition-words-lstm")
            .generate("a bird", GenerationOptions.builder().length(60).topK(1).build()));
  }

  @Test
  void partsOfSpeech() {
    String text = "She saw the saw. Mr. Lee googled it unblinkingly!";
    List<TaggedWord> words = SequenceTagger.pretrained("pos-lstm").tag(text);
    assertEquals(
        "She/PRON saw/VERB the/DET saw/NOUN ./. Mr./NOUN Lee/NOUN googled/VERB it/PRON unblinkingly/ADV !/.",
        words.stream()
            .map(word -> word.word() + "/" + word.label())
            .collect(Collectors.joining(" ")));
  }

  /** With the rate of its schedule's beginning and few rows, it forgets a little, but not all. */
  @Test
  void aPresetCanBeTrainedOn() {
    SequenceTranslator preset = SequenceTranslator.pretrained("dates-lstm");
    List<TextPair> pairs = new ArrayList<>();
    for (int day = 10; day < 29; day++) {
      pairs.add(new TextPair("am %d. März 2022".formatted(day), "2022-03-%d".formatted(day)));
    }
    SequenceTranslator tuned =
        preset.trainOn(
            pairs, TrainingOptions.builder().epochs(3).batchSize(4).seed(Learning.seed()).build());
    String input = "am 21. März 2022";
    double errors = tuned.evaluate(pairs).symbolErrorRate();
    assertBelow("symbol error rate", errors, 0.3, "0.1; 1 for a new network");
    assertNotEquals(
        preset.translate(input).logProbability(), tuned.translate(input).logProbability());
    assertEquals(3, tuned.provenance().epochs());
  }
}
