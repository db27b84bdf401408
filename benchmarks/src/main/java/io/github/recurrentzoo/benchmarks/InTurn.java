package io.github.recurrentzoo.benchmarks;

import ai.onnxruntime.OrtException;
import io.github.recurrentzoo.layers.FusedKernels;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Calls of ours, of the same kernels with Deeplearning4j between them, and of PyTorch, a few of
 * each in turn within one process: whatever else the machine does, it does to all of them. So the
 * ratios are those to trust on a machine that is shared.
 */
@Command(
    name = "InTurn",
    sortOptions = false,
    description = "Measures ours and PyTorch, a few calls of each in turn.",
    footer = {
      "",
      "Example, from the folder of the project:",
      "  mvn -q -Pbenchmarks -pl benchmarks -am compile exec:exec -Dbenchmark=InTurn -Dargs=\"--cells LSTM\""
    })
public final class InTurn {
  private static final int CALLS = 10; // of each before the next one has its turn
  private static final int SHORT = 20; // times as many calls that take microseconds

  @Option(
      names = "--shapes",
      paramLabel = "SHAPE",
      split = ",",
      description = "Which sizes: ${COMPLETION-CANDIDATES} (default: WORDNET,SMALL).")
  private List<Shape> shapes = List.of(Shape.WORDNET, Shape.SMALL);

  @Option(
      names = "--cells",
      paramLabel = "CELL",
      split = ",",
      description = "Which recurrences: ${COMPLETION-CANDIDATES} (default: all).")
  private List<Cell> cells = List.of(Cell.values());

  @Option(
      names = "--works",
      paramLabel = "WORK",
      split = ",",
      description =
          "What is called: ${COMPLETION-CANDIDATES} (default: all but the streaming step).")
  private Set<Work> works = EnumSet.complementOf(EnumSet.of(Work.STREAMING_STEP));

  @Option(
      names = "--vocabularies",
      paramLabel = "V",
      split = ",",
      description =
          "Also a training step of text generation with so many characters or words, such as"
              + " 100,10000 (default: none).")
  private List<Integer> vocabularies = List.of();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "How many threads each may use (default: 1).")
  private int threads = 1;

  @Option(
      names = "--calls",
      paramLabel = "N",
      description = "How many calls of each are measured; half as many go before (default: 300).")
  private int calls = 300;

  @Option(names = "--in-this-process", hidden = true)
  private boolean here;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  private InTurn() {}

  /** Runs it and ends the Java process: 0 all went well, 2 an option is wrong. */
  public static void main(String[] args) throws IOException, InterruptedException, OrtException {
    InTurn inTurn = new InTurn();
    CommandLine commandLine = new CommandLine(inTurn).setCaseInsensitiveEnumValuesAllowed(true);
    try {
      commandLine.parseArgs(args);
    } catch (CommandLine.ParameterException e) {
      System.err.println("Error: " + e.getMessage() + "\n--help lists the options.");
      System.exit(2);
    }
    if (inTurn.help) {
      commandLine.usage(System.out);
    } else if (inTurn.here) {
      inTurn.run();
      System.exit(0); // libraries leave threads behind
    } else {
      System.exit(inTurn.fork(args));
    }
  }

  /** Memory and threads must be set before the libraries are loaded. */
  private int fork(String[] args) throws IOException, InterruptedException {
    List<String> java = new ArrayList<>(List.of("-Drecurrentzoo.threads=" + threads));
    java.addAll(new Entry(Entry.Library.PYTORCH, threads).javaArguments());
    List<String> arguments = new ArrayList<>(List.of(args));
    arguments.add("--in-this-process");
    return Fork.java(java, InTurn.class, arguments, 1).start().waitFor();
  }

  private void run() throws IOException, OrtException {
    FusedKernels.prepare();
    System.out.println(Machine.describe());
    System.out.println(
        "| what | recurrence | shape | ours | through Deeplearning4j | PyTorch | ours / through"
            + " Deeplearning4j | ours / PyTorch |");
    System.out.println("|---|---|---|---|---|---|---|---|");
    for (Work work : works) {
      for (Shape shape : shapes) {
        for (Cell cell : cells) {
          if (new Case(cell, shape).works().contains(work)) {
            System.out.println(row(work, cell, shape));
          }
        }
      }
    }
    for (int vocabulary : vocabularies) {
      System.out.println(new Segments(vocabulary).row(calls));
    }
    if (works.contains(Work.ANSWER)) {
      System.out.println();
      System.out.println("| what | by | time | / ONNX Runtime |\n|---|---|---|---|");
      try (OneText text = new OneText("wordnet-lstm")) {
        System.out.print(text.table(SHORT * calls));
      }
    }
  }

  private String row(Work work, Cell cell, Shape shape) {
    Problem problem = new Problem(cell, shape);
    Map<String, Contender> contenders = new LinkedHashMap<>();
    System.setProperty(FusedKernels.STEP, "on");
    contenders.put("ours", new OurContender(problem));
    System.setProperty(FusedKernels.STEP, "off");
    contenders.put("through", new Deeplearning4jContender(problem, true));
    contenders.put("PyTorch", new PyTorchContender(problem));
    Map<String, Runnable> runs = new LinkedHashMap<>();
    contenders.forEach((name, contender) -> runs.put(name, () -> work.run(contender)));
    Map<String, Double> medians = medians(runs, work.isShort() ? SHORT * calls : calls);
    contenders.values().forEach(Contender::close);
    double ours = medians.get("ours");
    double through = medians.get("through");
    double pytorch = medians.get("PyTorch");
    return String.format(
        Locale.ROOT,
        "| %s | %s | %s | %.4f ms | %.4f ms | %.4f ms | %.2f | %.2f |",
        work.title(),
        cell.title(),
        shape.title(),
        ours,
        through,
        pytorch,
        ours / through,
        ours / pytorch);
  }

  static Map<String, Double> medians(Map<String, Runnable> contenders, int measured) {
    return medians(contenders, measured / 2, measured, CALLS);
  }

  /**
   * Runs each a few times in turn.
   *
   * @param first how often each runs before it is measured
   * @param measured how often each is measured
   * @param atOnce how often each runs before the next one has its turn
   * @return the medians in milliseconds
   */
  static Map<String, Double> medians(
      Map<String, Runnable> contenders, int first, int measured, int atOnce) {
    for (int i = 0; i < first; i++) {
      contenders.values().forEach(Runnable::run);
    }
    Map<String, double[]> times = new LinkedHashMap<>();
    contenders.keySet().forEach(name -> times.put(name, new double[measured]));
    for (int from = 0; from < measured; from += atOnce) {
      for (Map.Entry<String, Runnable> contender : contenders.entrySet()) {
        for (int i = from; i < Math.min(measured, from + atOnce); i++) {
          long begin = System.nanoTime();
          contender.getValue().run();
          times.get(contender.getKey())[i] = (System.nanoTime() - begin) / 1e6;
        }
      }
    }
    Map<String, Double> medians = new LinkedHashMap<>();
    times.forEach((name, each) -> medians.put(name, median(each)));
    return medians;
  }

  static double median(double[] times) {
    double[] sorted = times.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
