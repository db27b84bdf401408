package io.github.recurrentzoo.cli.compare;

import io.github.recurrentzoo.cli.compare.Comparison.Architecture;
import io.github.recurrentzoo.cli.compare.Comparison.Contest;
import io.github.recurrentzoo.cli.compare.Comparison.Contestant;
import io.github.recurrentzoo.cli.compare.Comparison.Line;
import io.github.recurrentzoo.cli.compare.Comparison.Outcome;
import io.github.recurrentzoo.cli.compare.Comparison.Result;
import io.github.recurrentzoo.cli.console.BadOptionException;
import io.github.recurrentzoo.zoo.report.Table;
import io.github.recurrentzoo.zoo.training.ConsoleProgress;
import io.github.recurrentzoo.zoo.training.TrainingDivergedException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Trains the architectures on one task, with the same number of parameters, the same number of
 * steps and several seeds, and prints and draws how they do.
 */
public final class CompareArchitectures {

  private CompareArchitectures() {}

  /**
   * Compares.
   *
   * @param options what, and how
   * @param out where to print to
   */
  public static void run(CompareArchitecturesOptions options, PrintStream out) {
    tables(options, out);
  }

  /** Compares, and gives a table for each contest of the task. */
  static List<Result> tables(CompareArchitecturesOptions options, PrintStream out) {
    options.check();
    options.page.check();
    Optional<Path> picture = options.preparePlot();
    List<Result> tables = new ArrayList<>();
    List<Contest> contests = options.task.contests().apply(options);
    contests.forEach(contest -> check(contest, options));
    for (Contest contest : contests) {
      out.printf("%s: %s%n%n", capitalised(contest.title()), contest.measure());
      Result table = compare(contest, options, out);
      print(table, out);
      tables.add(table);
    }
    if (picture.isPresent()) {
      new ComparisonPicture(tables, options).chart().save(picture.get());
      out.println("Picture: " + picture.get());
    }
    options.page.write(
        new ComparisonPart(tables, options),
        "Architectures compared: " + options.task.title(),
        Map.of(),
        out);
    options.console.emit(() -> ComparisonJson.of(options.task.name(), tables, picture));
    return tables;
  }

  /** Finds out before the first training whether each network can be made. */
  private static void check(Contest contest, CompareArchitecturesOptions options) {
    for (Architecture architecture : options.architectures()) {
      try {
        contest.parameters(architecture, options.network.hiddenSize);
      } catch (IllegalArgumentException e) {
        throw new BadOptionException(e.getMessage(), e);
      }
    }
  }

  private static Result compare(
      Contest contest, CompareArchitecturesOptions options, PrintStream out) {
    long wanted = contest.parameters(Architecture.LSTM, options.network.hiddenSize);
    List<Line> lines = new ArrayList<>();
    for (Architecture architecture : options.architectures()) {
      int size = Comparison.hiddenSize(units -> contest.parameters(architecture, units), wanted);
      lines.add(line(contest, architecture, size, options, out));
    }
    out.println();
    return new Result(contest, lines);
  }

  private static Line line(
      Contest contest,
      Architecture architecture,
      int hiddenSize,
      CompareArchitecturesOptions options,
      PrintStream out) {
    long start = System.nanoTime();
    Contestant best = null;
    Outcome first = null;
    for (double rate : options.rates()) {
      Contestant contestant = new Contestant(architecture, hiddenSize, rate, options.training.seed);
      Outcome outcome = train(contest, contestant, out);
      if (first == null || outcome.validation() < first.validation()) {
        best = contestant;
        first = outcome;
      }
    }
    List<Double> scores = new ArrayList<>(List.of(first.score()));
    for (int i = 1; i < options.seeds; i++) {
      scores.add(train(contest, best.withSeed(options.training.seed + i), out).score());
    }
    return new Line(
        architecture,
        hiddenSize,
        first.parameters(),
        best.learningRate(),
        scores,
        Duration.ofNanos(System.nanoTime() - start));
  }

  private static Outcome train(Contest contest, Contestant contestant, PrintStream out) {
    long start = System.nanoTime();
    Outcome outcome;
    try {
      outcome = contest.train(contestant);
    } catch (TrainingDivergedException e) {
      outcome = new Outcome(Double.NaN, Double.POSITIVE_INFINITY, 0);
    }
    out.printf(
        Locale.ROOT,
        "  %s, seed %d, learning rate %s: %s after %s%n",
        contestant.architecture().label(),
        contestant.seed(),
        contestant.learningRate(),
        number(outcome.score()),
        ConsoleProgress.words(Duration.ofNanos(System.nanoTime() - start)));
    out.flush();
    return outcome;
  }

  private static void print(Result result, PrintStream out) {
    out.println(table(result).text());
  }

  /** The best architecture first. */
  static Table table(Result result) {
    Table table =
        new Table()
            .head("architecture")
            .right("units", "parameters", "rate", "mean", "deviation", "smallest", "largest")
            .left("time");
    double sign = result.contest().higherIsBetter() ? -1 : 1; // NaN comes last either way
    result.lines().stream()
        .sorted(Comparator.comparingDouble((Line line) -> sign * line.mean()))
        .forEach(
            line ->
                table.row(
                    line.architecture().label(),
                    line.hiddenSize(),
                    String.format(Locale.ROOT, "%,d", line.parameters()),
                    Double.toString(line.learningRate()),
                    number(line.mean()),
                    number(line.deviation()),
                    number(line.smallest()),
                    number(line.largest()),
                    ConsoleProgress.words(line.time()) + diverged(line)));
    if (!Double.isNaN(result.contest().chance())) {
      String chance = number(result.contest().chance());
      table.row("no learning", null, null, null, chance, null, null, null, null);
    }
    return table;
  }

  private static String diverged(Line line) {
    return line.diverged() == 0
        ? ""
        : ", %d of %d diverged".formatted(line.diverged(), line.scores().size());
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "diverged" : String.format(Locale.ROOT, "%.4f", value);
  }

  static String capitalised(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }
}
