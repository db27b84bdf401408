package io.github.recurrentzoo.zoo.training;

/**
 * A {@link TrainingProgress} or a listener of the network that remembers something, which is to
 * outlast a training that is stopped and goes on.
 */
public interface Resumable {

  /** What to write into a checkpoint; called in the training thread, after a step or an epoch. */
  String saveState();

  /**
   * What was written into the checkpoint from which training goes on now; called before its first
   * step.
   *
   * @param state what {@link #saveState} gave
   */
  void restoreState(String state);
}
