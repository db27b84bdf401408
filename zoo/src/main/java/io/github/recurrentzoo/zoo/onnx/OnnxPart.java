package io.github.recurrentzoo.zoo.onnx;

import java.util.Optional;

/**
 * One file of an export: which part of a network it holds.
 *
 * @param file its name, without folder
 * @param kind which vertices
 * @param asked the network input that {@link Kind#BEFORE} and {@link Kind#AFTER} are told apart by;
 *     empty for the whole
 * @param temperature what logits of the output layer are divided by
 * @param numbers whether the inputs are sequences of numbers that may differ in length
 */
public record OnnxPart(
    String file, Kind kind, Optional<String> asked, double temperature, boolean numbers) {

  /** A part whose sequences are of ids, or all of one length. */
  OnnxPart(String file, Kind kind, Optional<String> asked, double temperature) {
    this(file, kind, asked, temperature, false);
  }

  /** Which vertices of the network. */
  public enum Kind {
    /** All; rows of sequences that are there as a whole. */
    WHOLE,
    /** All; each state is an input and an output, so that a sequence may go on. */
    STEPWISE,
    /** Those that an input does not reach: an encoder. */
    BEFORE,
    /** Those that an input reaches, step by step: a decoder. */
    AFTER
  }

  /** The whole network, for whole sequences. */
  public static OnnxPart whole(double temperature) {
    return new OnnxPart("model.onnx", Kind.WHOLE, Optional.empty(), temperature);
  }

  /** The whole network, for whole sequences of numbers, of unlike lengths. */
  public static OnnxPart ofNumbers() {
    return new OnnxPart("model.onnx", Kind.WHOLE, Optional.empty(), 1, true);
  }

  /** The whole network, step by step. */
  public static OnnxPart stepwise() {
    return new OnnxPart("model.onnx", Kind.STEPWISE, Optional.empty(), 1);
  }

  /** What is computed once. */
  public static OnnxPart encoder(String target) {
    return new OnnxPart("encoder.onnx", Kind.BEFORE, Optional.of(target), 1);
  }

  /** What is computed for each step of the target. */
  public static OnnxPart decoder(String target) {
    return new OnnxPart("decoder.onnx", Kind.AFTER, Optional.of(target), 1);
  }

  boolean isStepwise() {
    return kind == Kind.STEPWISE || kind == Kind.AFTER;
  }
}
