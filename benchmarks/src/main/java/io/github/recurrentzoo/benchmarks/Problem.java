package io.github.recurrentzoo.benchmarks;

import static io.github.recurrentzoo.layers.GruParams.RECURRENT_BIAS;
import static io.github.recurrentzoo.layers.RrnnParams.BIAS;
import static io.github.recurrentzoo.layers.RrnnParams.GATE_WEIGHT;
import static io.github.recurrentzoo.layers.RrnnParams.OUTPUT_BIAS;
import static io.github.recurrentzoo.layers.RrnnParams.OUTPUT_WEIGHT;
import static io.github.recurrentzoo.layers.RrnnParams.RECURRENT_WEIGHT;
import static io.github.recurrentzoo.layers.RrnnParams.WEIGHT;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/**
 * The weights and data that all contenders of a comparison get, random, the same in each run.
 *
 * <p>Their sizes keep the gradient alive over a hundred steps, so that numbers below 1e-38, with
 * which processors are many times slower, play no part.
 *
 * <p>The recurrent weights lie as Deeplearning4j, {@code Gru} and {@code Rrnn} have them, under the
 * same keys: row vectors, z = x W + h RW + b. The blocks of the LSTM are candidate, forget, output,
 * input.
 */
final class Problem {

  /** The characters of the network that generates text. */
  static final int CHARACTERS = 96;

  private final Cell cell;
  private final Shape shape;
  private final Map<String, Matrix> recurrent = new LinkedHashMap<>();
  private final Matrix embedding;
  private final Matrix dense;
  private final Matrix denseBias;
  private final Matrix tokens;
  private final Matrix labels;
  private final Matrix inputs;
  private final Matrix outputGradient;
  private final Matrix characters;
  private final Matrix next;

  Problem(Cell cell, Shape shape) {
    this.cell = cell;
    this.shape = shape;
    Random random = new Random(20_240_531);
    int h = shape.size();
    int rows = shape.steps() * shape.batch();
    double scale = Math.sqrt(3.0 / h); // a variance of 1/H
    recurrent.put(WEIGHT, Matrix.random(h, cell.blocks() * h, scale, random));
    recurrent.put(RECURRENT_WEIGHT, Matrix.random(h, cell.blocks() * h, scale, random));
    recurrent.put(BIAS, Matrix.random(1, cell.blocks() * h, 0.1, random));
    if (cell == Cell.LSTM) {
      rememberMuch(recurrent.get(BIAS).values(), h);
    }
    if (cell == Cell.GRU) {
      recurrent.put(RECURRENT_BIAS, Matrix.random(1, h, 0.1, random));
    }
    if (cell.isRrnn()) {
      recurrent.put(GATE_WEIGHT, Matrix.random(h, h, scale, random));
      recurrent.put(OUTPUT_WEIGHT, Matrix.random(2 * h, h, scale, random));
      recurrent.put(OUTPUT_BIAS, Matrix.random(1, h, scale, random));
    }
    this.embedding = Matrix.random(shape.vocabulary(), h, 0.1, random);
    this.dense = Matrix.random(h, 1, scale, random);
    this.denseBias = Matrix.random(1, 1, scale, random);
    this.tokens = Matrix.zeros(shape.batch(), shape.steps());
    for (int i = 0; i < tokens.values().length; i++) {
      tokens.values()[i] = random.nextInt(shape.vocabulary());
    }
    this.labels = Matrix.zeros(shape.batch(), 1);
    for (int i = 0; i < labels.values().length; i++) {
      labels.values()[i] = random.nextInt(2);
    }
    this.inputs = Matrix.random(rows, h, 0.1, random);
    this.outputGradient = Matrix.random(cell.isLastStepOnly() ? shape.batch() : rows, h, 1, random);
    this.characters = Matrix.random(CHARACTERS, h, 0.5, random);
    this.next = Matrix.random(h, CHARACTERS, 4 * scale, random); // so that there is a likeliest one
  }

  /** Raises the biases of the forget gate. */
  private static void rememberMuch(float[] biases, int h) {
    for (int i = h; i < 2 * h; i++) {
      biases[i] += 2;
    }
  }

  Cell cell() {
    return cell;
  }

  Shape shape() {
    return shape;
  }

  /** The layer's parameters by key. */
  Map<String, Matrix> recurrent() {
    return recurrent;
  }

  /** One row per word. */
  Matrix embedding() {
    return embedding;
  }

  /** [H, 1]. */
  Matrix dense() {
    return dense;
  }

  /** [1, 1]. */
  Matrix denseBias() {
    return denseBias;
  }

  /** Numbers of words, [B, T]. */
  Matrix tokens() {
    return tokens;
  }

  /** 0 or 1, [B, 1]. */
  Matrix labels() {
    return labels;
  }

  /** The inputs of the layer alone, [T*B, D]. */
  Matrix inputs() {
    return inputs;
  }

  /** One row per character, [characters, D]. */
  Matrix characters() {
    return characters;
  }

  /** The weights of the softmax over the next character, [H, characters]; its biases are zero. */
  Matrix next() {
    return next;
  }

  /** What comes down to the layer alone, [T*B, H]; for the last step only, [B, H]. */
  Matrix outputGradient() {
    return outputGradient;
  }
}
