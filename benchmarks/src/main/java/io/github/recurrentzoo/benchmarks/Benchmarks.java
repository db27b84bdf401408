package io.github.recurrentzoo.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Compares ours, Deeplearning4j and PyTorch: for each recurrence and size, forks of all libraries
 * in turn, all of that as often as there are rounds, so that a machine that grows slower or faster
 * does so for all.
 */
@Command(
    name = "Benchmarks",
    sortOptions = false,
    description = "Measures ours, stock Deeplearning4j and PyTorch in turn.",
    footer = {
      "",
      "Example, from the folder of the project:",
      "  mvn -q -Pbenchmarks -pl benchmarks -am compile exec:exec -Dargs=\"--quick\""
    })
public final class Benchmarks {

  @Option(names = "--quick", description = "The first shape only, one short round.")
  private boolean quick;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description =
          "How often everybody has a turn (default: 3 with SMALL, 2 with WORDNET, 1 with LARGE;"
              + " 1 with --quick).")
  private Integer rounds;

  @Option(
      names = "--shapes",
      paramLabel = "SHAPE",
      split = ",",
      description = "Which sizes: SMALL, LARGE, WORDNET (default: all, with --quick SMALL).")
  private List<Shape> shapes;

  @Option(
      names = "--cells",
      paramLabel = "CELL",
      split = ",",
      description = "Which recurrences: ${COMPLETION-CANDIDATES} (default: all).")
  private List<Cell> cells = List.of(Cell.values());

  @Option(
      names = "--threads",
      paramLabel = "N",
      split = ",",
      description = "Which numbers of threads each library is tried with (default: 1,2).")
  private List<Integer> threads = List.of(1, 2);

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where to write the tables besides the console, in Markdown.")
  private Path file;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  private Benchmarks() {}

  /** Runs the comparison and ends the Java process: 0 all went well, 2 an option is wrong. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Benchmarks benchmarks = new Benchmarks();
    CommandLine commandLine = new CommandLine(benchmarks).setCaseInsensitiveEnumValuesAllowed(true);
    try {
      commandLine.parseArgs(args);
    } catch (CommandLine.ParameterException e) {
      System.err.println("Error: " + e.getMessage() + "\n--help lists the options.");
      System.exit(2);
    }
    if (benchmarks.help) {
      commandLine.usage(System.out);
      return;
    }
    benchmarks.run(System.out);
  }

  private void run(PrintStream out) throws IOException, InterruptedException {
    List<Case> cases = new ArrayList<>(Case.all(chosenShapes()));
    cases.removeIf(what -> !cells.contains(what.cell()));
    int last = cases.stream().mapToInt(what -> rounds(what.shape())).max().orElse(0);
    Results results = new Results();
    for (int round = 1; round <= last; round++) {
      for (Case what : cases) {
        if (round <= rounds(what.shape())) {
          out.printf(
              "Round %d of %d: %s, %s%n",
              round, rounds(what.shape()), what.cell().title(), what.shape().title());
          measure(what, results);
        }
      }
    }
    String text = Machine.describe() + "\n" + new MarkdownTable(results, threads).of(cases);
    out.println("\n" + text);
    if (file != null) {
      Files.writeString(file, text);
    }
  }

  private int rounds(Shape shape) {
    return rounds != null ? rounds : quick ? 1 : shape.rounds();
  }

  private List<Shape> chosenShapes() {
    if (shapes != null) {
      return shapes;
    }
    return quick ? List.of(Shape.SMALL) : List.of(Shape.SMALL, Shape.LARGE, Shape.WORDNET);
  }

  private void measure(Case what, Results results) throws IOException, InterruptedException {
    Pace pace = quick ? Pace.QUICK : Pace.FULL;
    for (Entry entry : Entry.all(threads)) {
      List<Double> medians = new Fork(entry, what, pace).run();
      int i = 0;
      for (Work work : what.works()) {
        results.add(what, work, entry, medians.get(i++));
      }
    }
  }
}
