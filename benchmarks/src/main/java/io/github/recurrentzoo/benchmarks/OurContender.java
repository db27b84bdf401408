package io.github.recurrentzoo.benchmarks;

import io.github.recurrentzoo.layers.FusedKernels;
import io.github.recurrentzoo.layers.inference.Inference;
import io.github.recurrentzoo.layers.inference.InferenceNetwork;
import io.github.recurrentzoo.layers.inference.SymbolNetwork;
import io.github.recurrentzoo.layers.inference.SymbolSteps;
import java.util.Arrays;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * The networks of a {@link Deeplearning4jContender} with kernels, asked as the pipelines of the zoo
 * ask them: without Deeplearning4j's {@code output} and {@code rnnTimeStep}.
 */
final class OurContender implements Contender {

  private final Deeplearning4jContender networks;
  private final Inference layer;
  private final float[][] inputs; // [T*B][D]
  private final int[] lengths; // [B]
  private final int[][] tokens; // [B][T]
  private final SymbolSteps writer;
  private int character;
  private Inference inference; // of the weights as they are; null after they changed

  OurContender(Problem problem) {
    networks = new Deeplearning4jContender(problem, true);
    Shape shape = problem.shape();
    ComputationGraph graph = networks.layer().toComputationGraph();
    FusedKernels.attach(graph);
    layer = InferenceNetwork.of(graph).orElseThrow().newInference();
    inputs = rows(problem.inputs());
    lengths = new int[shape.batch()];
    Arrays.fill(lengths, shape.steps());
    tokens = Arrays.stream(rows(problem.tokens())).map(OurContender::ints).toArray(int[][]::new);
    writer = SymbolNetwork.of(networks.writer(), "next").orElseThrow().newSteps();
    writer.begin(1);
  }

  private static float[][] rows(Matrix matrix) {
    float[][] rows = new float[matrix.rows()][matrix.columns()];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(matrix.values(), i * matrix.columns(), rows[i], 0, matrix.columns());
    }
    return rows;
  }

  private static int[] ints(float[] values) {
    int[] ints = new int[values.length];
    for (int i = 0; i < ints.length; i++) {
      ints[i] = (int) values[i];
    }
    return ints;
  }

  @Override
  public void layerForward() {
    layer.begin(lengths).numbers(0, inputs).run();
  }

  @Override
  public float[] layerOutput() {
    layerForward();
    return flat(layer.output(0), layer.lines(0));
  }

  private static float[] flat(float[][] lines, int count) {
    int size = lines[0].length;
    float[] flat = new float[count * size];
    for (int i = 0; i < count; i++) {
      System.arraycopy(lines[i], 0, flat, i * size, size);
    }
    return flat;
  }

  @Override
  public float[] inference() {
    return answers(lengths, tokens);
  }

  @Override
  public float[] answer() {
    return answers(new int[] {lengths[0]}, new int[][] {tokens[0]});
  }

  private float[] answers(int[] steps, int[][] ids) {
    if (inference == null) {
      inference = InferenceNetwork.of(networks.network()).orElseThrow().newInference();
    }
    inference.begin(steps).symbols(0, ids).run();
    return flat(inference.output(0), inference.lines(0));
  }

  @Override
  public float[] generateCharacter() {
    float[] probabilities = writer.next(character)[0];
    character = Contender.likeliest(probabilities);
    return probabilities;
  }

  @Override
  public void trainingStep() {
    inference = null;
    networks.trainingStep();
  }

  @Override
  public void layerForwardBackward() {
    networks.layerForwardBackward();
  }

  @Override
  public void streamingStep() {
    networks.streamingStep();
  }

  @Override
  public float[] layerInputGradient() {
    return networks.layerInputGradient();
  }

  @Override
  public float[] streamingOutput() {
    return networks.streamingOutput();
  }

  @Override
  public void close() {
    networks.close();
  }
}
