package io.github.recurrentzoo.benchmarks;

import io.github.recurrentzoo.layers.FusedKernels;
import io.github.recurrentzoo.zoo.network.Recurrence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Training steps of a translation network, a few of each in turn within one process and on one
 * thread: ours with and without attention, and PyTorch's with attention, as in {@link InTurn}.
 */
public final class TranslationInTurn {
  private static final int AT_ONCE = 5; // of each before the next one has its turn
  private static final List<Recurrence> RECURRENCES =
      List.of(Recurrence.SIMPLE_RNN, Recurrence.LSTM, Recurrence.GRU, Recurrence.RRNN);

  private TranslationInTurn() {}

  /** Runs it and ends the Java process; the argument is the number of steps of each (100). */
  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length == 2) { // in a process of its own: memory and threads are set
      run(Integer.parseInt(args[0]));
      System.exit(0); // libraries leave threads behind
    }
    List<String> java = new ArrayList<>(List.of("-Drecurrentzoo.threads=1"));
    java.addAll(new Entry(Entry.Library.PYTORCH, 1).javaArguments());
    List<String> arguments = List.of(args.length == 0 ? "100" : args[0], "here");
    System.exit(Fork.java(java, TranslationInTurn.class, arguments, 1).start().waitFor());
  }

  private static void run(int steps) throws IOException {
    FusedKernels.prepare();
    System.out.println(Machine.describe());
    TranslationProblem problem = TranslationProblem.drawn();
    Map<String, Runnable> contenders = new LinkedHashMap<>();
    for (Recurrence recurrence : RECURRENCES) {
      for (boolean attention : new boolean[] {false, true}) {
        ComputationGraph network = TranslationProblem.network(recurrence, attention);
        if (recurrence == Recurrence.LSTM && attention) {
          TorchTranslation torch = new TorchTranslation(problem, network);
          contenders.put("PyTorch", torch::trainingStep);
        }
        INDArray[] inputs = problem.inputs();
        INDArray[] labels = problem.oneHot();
        contenders.put(name(recurrence, attention), () -> network.fit(inputs, labels));
      }
    }
    Map<String, Double> times = InTurn.medians(contenders, steps / 2, steps, AT_ONCE);
    double torch = times.get("PyTorch");
    System.out.println("| recurrence | no attention | attention | / no attention | PyTorch |");
    System.out.println("|---|---|---|---|---|");
    for (Recurrence recurrence : RECURRENCES) {
      double without = times.get(name(recurrence, false));
      double with = times.get(name(recurrence, true));
      System.out.printf(
          Locale.ROOT,
          "| %s | %.2f ms | %.2f ms | %.2f | %s |%n",
          recurrence.title(),
          without,
          with,
          with / without,
          recurrence == Recurrence.LSTM
              ? "%.2f ms, ours / PyTorch %.2f".formatted(torch, with / torch)
              : "");
    }
  }

  private static String name(Recurrence recurrence, boolean attention) {
    return recurrence + (attention ? " with attention" : "");
  }
}
