package io.github.recurrentzoo.benchmarks;

import io.github.recurrentzoo.layers.FusedKernels;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Training steps of ours, of ours with the step left to Deeplearning4j, and of PyTorch, a few calls
 * of each in turn within one process: whatever else the machine does, it does to all of them. So
 * the ratios are those to trust on a machine that is shared.
 */
@Command(
    name = "InTurn",
    sortOptions = false,
    description = "Measures training steps of ours and of PyTorch, a few calls in turn.",
    footer = {
      "",
      "Example, from the folder of the project:",
      "  mvn -q -Pbenchmarks -pl benchmarks -am compile exec:exec -Dbenchmark=InTurn -Dargs=\"--cells LSTM\""
    })
public final class InTurn {
  private static final int CALLS = 10; // of each before the next one has its turn

  @Option(
      names = "--shapes",
      paramLabel = "SHAPE",
      split = ",",
      description = "Which sizes: SMALL, LARGE, WORDNET (default: WORDNET,SMALL).")
  private List<Shape> shapes = List.of(Shape.WORDNET, Shape.SMALL);

  @Option(
      names = "--cells",
      paramLabel = "CELL",
      split = ",",
      description = "Which recurrences: ${COMPLETION-CANDIDATES} (default: all).")
  private List<Cell> cells = List.of(Cell.values());

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
  public static void main(String[] args) throws IOException, InterruptedException {
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

  private void run() {
    FusedKernels.prepare();
    System.out.println(Machine.describe());
    System.out.println(
        "| recurrence | shape | ours | ours, step by Deeplearning4j | PyTorch | ours / the same by"
            + " Deeplearning4j | ours / PyTorch |");
    System.out.println("|---|---|---|---|---|---|---|");
    for (Shape shape : shapes) {
      for (Cell cell : cells) {
        System.out.println(row(cell, shape));
      }
    }
  }

  private String row(Cell cell, Shape shape) {
    Problem problem = new Problem(cell, shape);
    Map<String, Contender> contenders = new LinkedHashMap<>();
    System.setProperty(FusedKernels.STEP, "on");
    contenders.put("ours", new Deeplearning4jContender(problem, true));
    System.setProperty(FusedKernels.STEP, "off");
    contenders.put("fit", new Deeplearning4jContender(problem, true));
    contenders.put("PyTorch", new PyTorchContender(problem));
    for (int i = 0; i < calls / 2; i++) {
      contenders.values().forEach(Contender::trainingStep);
    }
    Map<String, double[]> times = new LinkedHashMap<>();
    contenders.keySet().forEach(name -> times.put(name, new double[calls]));
    for (int from = 0; from < calls; from += CALLS) {
      for (Map.Entry<String, Contender> contender : contenders.entrySet()) {
        for (int i = from; i < Math.min(calls, from + CALLS); i++) {
          long begin = System.nanoTime();
          contender.getValue().trainingStep();
          times.get(contender.getKey())[i] = (System.nanoTime() - begin) / 1e6;
        }
      }
    }
    contenders.values().forEach(Contender::close);
    double ours = median(times.get("ours"));
    double fit = median(times.get("fit"));
    double pytorch = median(times.get("PyTorch"));
    return String.format(
        Locale.ROOT,
        "| %s | %s | %.2f ms | %.2f ms | %.2f ms | %.2f | %.2f |",
        cell.title(),
        shape.title(),
        ours,
        fit,
        pytorch,
        ours / fit,
        ours / pytorch);
  }

  private static double median(double[] times) {
    double[] sorted = times.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
