package io.github.recurrentzoo.zoo.translation;

import io.github.recurrentzoo.layers.runtime.FusedSoftmaxLayer;
import io.github.recurrentzoo.zoo.text.SymbolVocabulary;
import io.github.recurrentzoo.zoo.training.Measures;
import io.github.recurrentzoo.zoo.training.Minibatch;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingTask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Trains a {@link SequenceToSequence} network on pairs. The loss is the cross-entropy of an output,
 * summed over its symbols, in nats. An output counts as an exact match if each of its symbols is
 * the most probable one after the true symbols before it; then greedy decoding gives that output.
 *
 * <p>With less than full teacher forcing, each minibatch is passed through the network twice
 * (scheduled sampling, Bengio et al. 2015, in the parallel form of Mihaylova and Martins 2019): the
 * first pass reads the true symbols and gives the network's own answers; in the second one, which
 * trains, each symbol that the decoder reads is with probability 1 - rate such an answer, unless
 * that is no symbol of an output, such as its end.
 */
final class TranslationTask implements TrainingTask {
  private static final int VALIDATION_BATCH = 256;

  /** 16 MB of probabilities at once. */
  private static final long VALIDATION_NUMBERS = 1 << 22;

  private final int symbols; // V
  private final PairRows training;
  private final PairRows validation;
  private final TrainingOptions options;
  private final Answers answers = new Answers();

  TranslationTask(int symbols, PairRows training, PairRows validation, TrainingOptions options) {
    this.symbols = symbols;
    this.training = training;
    this.validation = validation;
    this.options = options;
  }

  @Override
  public String metric() {
    return "exact match";
  }

  @Override
  public List<TrainingListener> listeners() {
    return List.of(answers);
  }

  @Override
  public List<Minibatch> epoch(int epoch, Random random) {
    double rate = options.teacherForcing(epoch);
    List<Minibatch> batches = new ArrayList<>();
    for (int[] indices : training.shuffled(options.batchSize(training.size()), random)) {
      batches.add(new Pairs(indices, rate, rate < 1 ? random.nextLong() : 0));
    }
    return batches;
  }

  @Override
  public boolean validates() {
    return validation.size() > 0;
  }

  @Override
  public Measures validate(ComputationGraph network) {
    double loss = 0;
    int right = 0;
    for (int[] indices : validationBatches()) {
      PairBatch batch = PairBatch.of(validation, indices);
      SymbolProbabilities output = batch.output(network);
      for (int b = 0; b < indices.length; b++) {
        int[] answer = batch.answers().get(b);
        for (int t = 0; t < answer.length; t++) {
          loss -= output.log(b, answer[t], t);
        }
        right += output.matches(b, answer) ? 1 : 0;
      }
      if (output.hasNaN()) {
        loss = Double.NaN;
      }
    }
    return new Measures(loss / validation.size(), (double) right / validation.size());
  }

  /** Of like length, and cut so that probabilities [B, V, T] stay bounded whatever V and T are. */
  private List<int[]> validationBatches() {
    List<int[]> batches = new ArrayList<>();
    for (int[] indices : validation.byLength(VALIDATION_BATCH)) {
      int longest = 1; // T
      for (int index : indices) {
        longest = Math.max(longest, validation.answer(index).length);
      }
      int rows = (int) Math.max(1, VALIDATION_NUMBERS / ((long) symbols * longest));
      for (int from = 0; from < indices.length; from += rows) {
        batches.add(Arrays.copyOfRange(indices, from, Math.min(indices.length, from + rows)));
      }
    }
    return batches;
  }

  /** The training pairs with these indices. */
  private final class Pairs implements Minibatch {
    private final int[] indices;
    private final double rate;
    private final long seed;

    Pairs(int[] indices, double rate, long seed) {
      this.indices = indices;
      this.rate = rate;
      this.seed = seed;
    }

    @Override
    public int rows() {
      return indices.length;
    }

    @Override
    public Measures train(ComputationGraph network) {
      PairBatch batch = PairBatch.of(training, indices);
      if (rate < 1) {
        feedBack(batch, network);
      }
      answers.expect(batch.answers(), network);
      batch.fit(network, symbols);
      return new Measures(network.score(), answers.exactMatch());
    }

    /** Replaces symbols that the decoder reads, but the start, by the network's own answers. */
    private void feedBack(PairBatch batch, ComputationGraph network) {
      SymbolProbabilities output = batch.output(network);
      Random random = new Random(seed);
      INDArray read = batch.target().tokens();
      for (int b = 0; b < batch.answers().size(); b++) {
        for (int t = 1; t < batch.answers().get(b).length; t++) {
          if (random.nextDouble() >= rate) {
            int answered = output.best(b, t - 1);
            // After the end nothing is read, and an unknown symbol is no part of any target.
            if (answered >= SymbolVocabulary.RESERVED) {
              read.putScalar(b, t, answered);
            }
          }
        }
      }
    }
  }

  /**
   * Looks what the network answers while it is trained, without a second forward pass: the kernel
   * of the output layer keeps it. Without a kernel, the output layer still has its input after the
   * backward pass.
   */
  private static final class Answers extends BaseTrainingListener {
    private List<int[]> expected = List.of();
    private int right;

    void expect(List<int[]> answers, ComputationGraph network) {
      expected = answers;
      if (network.getOutputLayer(0) instanceof FusedSoftmaxLayer output) {
        output.keepAnswers(SymbolVocabulary.END);
      }
    }

    double exactMatch() {
      return (double) right / expected.size();
    }

    @Override
    public void onBackwardPass(Model model) {
      Layer output = ((ComputationGraph) model).getOutputLayer(0);
      right = 0;
      if (output instanceof FusedSoftmaxLayer kept) {
        for (int b = 0; b < expected.size(); b++) {
          right += matches(kept, b) ? 1 : 0;
        }
        return;
      }
      SymbolProbabilities probabilities =
          SymbolProbabilities.of(output.activate(false, LayerWorkspaceMgr.noWorkspaces()));
      for (int b = 0; b < expected.size(); b++) {
        right += probabilities.matches(b, expected.get(b)) ? 1 : 0;
      }
    }

    private boolean matches(FusedSoftmaxLayer output, int row) {
      int[] answer = expected.get(row);
      for (int t = 0; t < answer.length; t++) {
        if (output.answer(row, t) != answer[t]) {
          return false;
        }
      }
      return true;
    }
  }
}
