package io.github.recurrentzoo.benchmarks;

import io.github.recurrentzoo.layers.FusedKernels;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Passes over definitions of WordNet by a text classifier with an LSTM in one layer or two, in one
 * direction or both: ours and PyTorch's, in turn within one process and on one thread, as in {@link
 * InTurn}.
 */
public final class TextInTurn {
  private static final int PASSES = 5; // measured; one goes before
  private static final List<TextProblem> PROBLEMS =
      List.of(
          new TextProblem(1, false),
          new TextProblem(1, true),
          new TextProblem(2, false),
          new TextProblem(2, true));

  private TextInTurn() {}

  /** Runs it and ends the Java process; the argument is the number of definitions (20,000). */
  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length == 2) { // in a process of its own: memory and threads are set
      run(Integer.parseInt(args[0]));
      System.exit(0); // libraries leave threads behind
    }
    List<String> java = new ArrayList<>(List.of("-Drecurrentzoo.threads=1"));
    java.addAll(new Entry(Entry.Library.PYTORCH, 1).javaArguments());
    List<String> arguments = List.of(args.length == 0 ? "20000" : args[0], "here");
    System.exit(Fork.java(java, TextInTurn.class, arguments, 1).start().waitFor());
  }

  private static void run(int definitions) {
    FusedKernels.prepare();
    System.out.println(Machine.describe());
    List<TextProblem.Rows> batches = TextProblem.nouns(definitions);
    System.out.printf(
        Locale.ROOT,
        "%,d minibatches of %d definitions%n%n",
        batches.size(),
        batches.get(0).words().rows());
    System.out.println("| network | ours | PyTorch | ours / PyTorch |");
    System.out.println("|---|---|---|---|");
    for (TextProblem problem : PROBLEMS) {
      Map<String, Double> times = milliseconds(problem, batches);
      System.out.printf(
          Locale.ROOT,
          "| %s | %.2f s | %.2f s | %.2f |%n",
          problem.title(),
          times.get("ours") / 1000,
          times.get("PyTorch") / 1000,
          times.get("ours") / times.get("PyTorch"));
    }
  }

  private static Map<String, Double> milliseconds(
      TextProblem problem, List<TextProblem.Rows> batches) {
    ComputationGraph network = problem.network();
    try (TorchText torch = new TorchText(problem, network)) {
      List<TorchText.Rows> torchRows = batches.stream().map(torch::rows).toList();
      List<INDArray[]> inputs = batches.stream().map(TextProblem.Rows::inputs).toList();
      List<INDArray[]> labels = batches.stream().map(TextProblem.Rows::oneHot).toList();
      Map<String, Runnable> contenders = new LinkedHashMap<>();
      contenders.put(
          "ours",
          () -> {
            for (int i = 0; i < inputs.size(); i++) {
              network.fit(inputs.get(i), labels.get(i));
            }
          });
      contenders.put("PyTorch", () -> torchRows.forEach(torch::trainingStep));
      return InTurn.medians(contenders, 1, PASSES, 1);
    }
  }
}
