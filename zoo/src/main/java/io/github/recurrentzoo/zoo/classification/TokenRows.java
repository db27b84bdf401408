package io.github.recurrentzoo.zoo.classification;

import java.util.List;

/** Rows as a network reads them, and the index of each row's class. */
final class TokenRows {
  /** No rows at all. */
  static final TokenRows NONE = new TokenRows(TextInputs.of(List.of()), new int[0]);

  private final TextInputs inputs;
  private final int[] classes;

  TokenRows(TextInputs inputs, int[] classes) {
    this.inputs = inputs;
    this.classes = classes;
  }

  /** The same rows with other evidence. */
  TokenRows with(List<float[]> evidence) {
    return new TokenRows(new TextInputs(inputs.ids(), evidence), classes);
  }

  TextInputs inputs() {
    return inputs;
  }

  int classOf(int row) {
    return classes[row];
  }

  /** The index of each row's class; a copy. */
  int[] classes() {
    return classes.clone();
  }

  int size() {
    return classes.length;
  }
}
