package io.github.recurrentzoo.zoo.classification;

import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.BaseTrainingListener;

/**
 * Counts how many training rows the network answers rightly, without a second forward pass: after
 * the backward pass the output layer still has its input, and one small product gives the answer.
 */
final class TrainingAnswers extends BaseTrainingListener {
  private int[] expected = new int[0];
  private int right;

  /** Names the classes of the next batch. */
  void expect(int[] classes) {
    expected = classes;
  }

  @Override
  public void onBackwardPass(Model model) {
    right = 0;
    double[][] answer =
        ClassProbabilities.rows(
            ((ComputationGraph) model)
                .getOutputLayer(0)
                .activate(false, LayerWorkspaceMgr.noWorkspaces()));
    for (int b = 0; b < expected.length; b++) {
      right += ClassProbabilities.best(answer[b]) == expected[b] ? 1 : 0;
    }
  }

  /** The fraction of the last batch that was answered rightly. */
  double accuracy() {
    return (double) right / expected.length;
  }
}
