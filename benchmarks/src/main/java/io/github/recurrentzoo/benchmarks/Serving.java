package io.github.recurrentzoo.benchmarks;

import io.github.recurrentzoo.zoo.classification.TextClassifier;
import io.github.recurrentzoo.zoo.forecasting.Forecaster;
import io.github.recurrentzoo.zoo.forecasting.PanelForecaster;
import io.github.recurrentzoo.zoo.generation.GenerationOptions;
import io.github.recurrentzoo.zoo.generation.TextGenerator;
import io.github.recurrentzoo.zoo.preset.Preset;
import io.github.recurrentzoo.zoo.preset.Presets;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import io.github.recurrentzoo.zoo.series.TimeStep;
import io.github.recurrentzoo.zoo.tagging.SequenceTagger;
import io.github.recurrentzoo.zoo.translation.SequenceTranslator;
import java.io.PrintStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.openjdk.jmh.util.ListStatistics;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How many questions a second one loaded preset answers when several threads ask it, one question
 * at a time each. Presets and numbers of threads take turns, so that a machine that grows slower
 * does so for all; quoted are medians over the rounds.
 */
@Command(
    name = "Serving",
    sortOptions = false,
    description = "Measures the presets' answers per second, asked by several threads.",
    footer = {
      "",
      "Example, from the folder of the project:",
      "  mvn -q -Pbenchmarks -pl benchmarks -am compile exec:exec -Dbenchmark=Serving"
    })
public final class Serving {

  /** Presets of other tasks are not asked. */
  private static final Set<String> TASKS =
      Set.of(
          "text-classification",
          "forecasting",
          "text-generation",
          "sequence-to-sequence",
          "tagging");

  private static final int CHARACTERS = 100;

  @Option(
      names = "--threads",
      paramLabel = "N",
      split = ",",
      description = "How many threads ask at once (default: 1,2,4).")
  private List<Integer> threads = List.of(1, 2, 4);

  @Option(names = "--rounds", paramLabel = "N", description = "Turns of each (default: 5).")
  private int rounds = 5;

  @Option(
      names = "--seconds",
      paramLabel = "X",
      description = "Length of a turn, in seconds (default: 2).")
  private double seconds = 2;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  private Serving() {}

  /** Runs it and ends the Java process: 0 all went well, 2 an option is wrong. */
  public static void main(String[] args) throws Exception {
    Serving serving = new Serving();
    CommandLine commandLine = new CommandLine(serving);
    try {
      commandLine.parseArgs(args);
    } catch (CommandLine.ParameterException e) {
      System.err.println("Error: " + e.getMessage() + "\n--help lists the options.");
      System.exit(2);
    }
    if (serving.help) {
      commandLine.usage(System.out);
      return;
    }
    serving.run(System.out);
  }

  private void run(PrintStream out) throws Exception {
    Map<Preset, Runnable> questions = new HashMap<>();
    List<Preset> presets = presets();
    for (Preset preset : presets) {
      Runnable question = question(preset);
      questions.put(preset, question);
      for (int count : threads) { // warm-up: compiled, and a network for each thread made
        perSecond(question, count, seconds);
      }
    }
    Map<Preset, Map<Integer, ListStatistics>> measured = new HashMap<>();
    for (int round = 1; round <= rounds; round++) {
      out.printf("Round %d of %d%n", round, rounds);
      for (Preset preset : presets) {
        for (int count : threads) {
          measured
              .computeIfAbsent(preset, key -> new HashMap<>())
              .computeIfAbsent(count, key -> new ListStatistics())
              .addValue(perSecond(questions.get(preset), count, seconds));
        }
      }
    }
    out.printf("%n%s%n%n", Machine.describe());
    out.print("| preset | a question |");
    threads.forEach(count -> out.printf(" %d %s |", count, count == 1 ? "thread" : "threads"));
    out.printf("%n|---|---|%s%n", "---|".repeat(threads.size()));
    for (Preset preset : presets) {
      out.printf("| %s | %s |", preset.name(), title(preset));
      for (int count : threads) {
        double median = measured.get(preset).get(count).getPercentile(50);
        out.printf(Locale.ROOT, " %,.0f |", median);
      }
      out.println();
    }
  }

  /** Those that are asked. */
  static List<Preset> presets() {
    return Presets.list().stream().filter(each -> TASKS.contains(each.task().id())).toList();
  }

  private static String title(Preset preset) {
    return switch (preset.task().id()) {
      case "text-classification" -> "label of a text of 9 words";
      case "forecasting" -> "forecast from 400 rows";
      case "text-generation" -> CHARACTERS + " characters";
      case "sequence-to-sequence" -> "translation, greedily";
      case "tagging" -> "labels of a text of 9 words, or symbols";
      default -> throw noQuestion(preset);
    };
  }

  /** What is asked of a preset again and again. */
  static Runnable question(Preset preset) {
    String name = preset.name();
    switch (preset.task().id()) {
      case "text-classification" -> {
        TextClassifier classifier = TextClassifier.pretrained(name);
        return () -> classifier.predict("a small bird of the forests of South America");
      }
      case "forecasting" -> {
        Forecaster forecaster = Forecaster.pretrained(name);
        double[] wave =
            IntStream.range(0, 400).mapToDouble(i -> 15 + 9 * Math.sin(i / 58.)).toArray();
        Map<String, double[]> columns = new HashMap<>();
        forecaster.options().targets().forEach(column -> columns.put(column, wave));
        forecaster.options().pastCovariates().forEach(column -> columns.put(column, wave));
        boolean many = !forecaster.seriesNames().isEmpty();
        boolean monthly = many || name.startsWith("co2");
        TimeStep step = monthly ? TimeStep.months(1) : TimeStep.days(1);
        TimeSeries series = TimeSeries.of(LocalDate.of(1984, 1, 1), step, columns);
        if (many) {
          PanelForecaster panel = PanelForecaster.of(forecaster);
          return () -> panel.forecast(panel.names().get(0), series, wave.length);
        }
        return () -> forecaster.forecast(series);
      }
      case "text-generation" -> {
        TextGenerator generator = TextGenerator.pretrained(name);
        GenerationOptions options = GenerationOptions.builder().length(CHARACTERS).build();
        return () -> generator.generate("a small ", options);
      }
      case "sequence-to-sequence" -> {
        SequenceTranslator translator = SequenceTranslator.pretrained(name);
        String source = name.startsWith("dates") ? "12 March 1987" : "recurrent";
        return () -> translator.translate(source);
      }
      case "tagging" -> {
        SequenceTagger tagger = SequenceTagger.pretrained(name);
        return () -> tagger.tag("a small bird of the forests of South America");
      }
      default -> throw noQuestion(preset);
    }
  }

  private static IllegalArgumentException noQuestion(Preset preset) {
    return new IllegalArgumentException("No question is known for the task " + preset.task());
  }

  /** Answers per second of all threads together. */
  private static double perSecond(Runnable question, int threads, double seconds)
      throws InterruptedException, ExecutionException {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    CyclicBarrier start = new CyclicBarrier(threads);
    try {
      List<Future<Double>> rates = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        rates.add(
            pool.submit(
                () -> {
                  start.await();
                  long begin = System.nanoTime();
                  long answers = 0;
                  double passed;
                  do {
                    question.run();
                    answers++;
                    passed = (System.nanoTime() - begin) / 1e9;
                  } while (passed < seconds);
                  return answers / passed;
                }));
      }
      double sum = 0;
      for (Future<Double> rate : rates) {
        sum += rate.get();
      }
      return sum;
    } finally {
      pool.shutdownNow();
    }
  }
}
