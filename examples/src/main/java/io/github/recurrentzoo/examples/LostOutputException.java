package io.github.recurrentzoo.examples;

/** Nobody reads what is printed any more, or it cannot be written. */
final class LostOutputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LostOutputException() {
    super(
        "Standard output cannot be written: the disk is full, or whoever reads it has closed it.");
  }
}
