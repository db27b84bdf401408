package io.github.recurrentzoo.zoo;

/**
 * Training was stopped on request, by {@link TrainingRun.Builder#stop} or by an interrupt of its
 * thread, before it had come to its end.
 */
public final class TrainingStoppedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TrainingStoppedException(String message) {
    super(message);
  }
}
