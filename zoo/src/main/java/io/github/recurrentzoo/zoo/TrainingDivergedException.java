package io.github.recurrentzoo.zoo;

/** Training was stopped because the loss is no number any more; the message says what to change. */
public final class TrainingDivergedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TrainingDivergedException(String message) {
    super(message);
  }
}
