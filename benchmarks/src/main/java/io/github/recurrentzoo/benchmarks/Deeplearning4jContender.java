package io.github.recurrentzoo.benchmarks;

import io.github.recurrentzoo.layers.FusedKernels;
import io.github.recurrentzoo.layers.Gru;
import io.github.recurrentzoo.layers.Rrnn;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.rnn.LastTimeStepVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Deeplearning4j, with its own layers or with ours: the networks are the same, {@link FusedKernels}
 * are attached or not. Whether {@link Gru} and {@link Rrnn} use their kernels is the system
 * property {@code recurrentzoo.kernels}, which {@link Entry} sets.
 */
final class Deeplearning4jContender implements Contender {

  private final Shape shape;
  private final MultiLayerNetwork layer;
  private final ComputationGraph network;
  private final ComputationGraph writer;
  private final INDArray inputs; // [B, D, T]
  private final INDArray oneInput; // [1, D, 1]
  private final INDArray outputGradient; // [B, H, T] or [B, H]
  private final INDArray[] tokens; // [B, T]
  private final INDArray[] oneRow; // [1, T]
  private final INDArray[] labels; // [B, 1]
  private final INDArray character = Nd4j.zeros(DataType.FLOAT, 1, 1);

  Deeplearning4jContender(Problem problem, boolean fused) {
    this.shape = problem.shape();
    this.layer = layer(problem);
    this.network = network(problem);
    this.writer = writer(problem);
    if (fused) {
      FusedKernels.attach(writer);
      FusedKernels.attach(layer);
      FusedKernels.attach(network);
    }
    this.inputs = timeLast(problem.inputs());
    this.oneInput = Nd4j.create(problem.inputs().rows(0, 1).values(), 1, shape.size(), 1);
    this.outputGradient =
        problem.cell().isLastStepOnly()
            ? array(problem.outputGradient())
            : timeLast(problem.outputGradient());
    this.tokens = new INDArray[] {array(problem.tokens())};
    this.oneRow = new INDArray[] {array(problem.tokens().rows(0, 1))};
    this.labels = new INDArray[] {array(problem.labels())};
  }

  private static MultiLayerNetwork layer(Problem problem) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            global()
                .list()
                .layer(recurrentLayer(problem))
                .setInputType(InputType.recurrent(problem.shape().size(), RNNFormat.NCW))
                .build());
    network.init();
    problem.recurrent().forEach((key, value) -> network.setParam("0_" + key, array(value)));
    return network;
  }

  private static ComputationGraph network(Problem problem) {
    Shape shape = problem.shape();
    GraphBuilder graph =
        global()
            .graphBuilder()
            .addInputs("tokens")
            .addLayer(
                "embedding",
                new EmbeddingSequenceLayer.Builder()
                    .nIn(shape.vocabulary())
                    .nOut(shape.size())
                    .build(),
                "tokens");
    addLastStep(graph, problem);
    graph
        .addLayer(
            "dense",
            new OutputLayer.Builder(LossFunction.XENT)
                .activation(Activation.SIGMOID)
                .nIn(shape.size())
                .nOut(1)
                .build(),
            "last")
        .setOutputs("dense");
    ComputationGraph network = new ComputationGraph(graph.build());
    network.init();
    Map<String, INDArray> parameters = network.paramTable();
    parameters.get("embedding_W").assign(array(problem.embedding()));
    parameters.get("dense_W").assign(array(problem.dense()));
    parameters.get("dense_b").assign(array(problem.denseBias()));
    String recurrent =
        problem.cell().isOurs() && !problem.cell().isLastStepOnly() ? "recurrent" : "last";
    problem
        .recurrent()
        .forEach((key, value) -> network.setParam(recurrent + "_" + key, array(value)));
    return network;
  }

  /** As TextGeneration of the zoo. */
  private static ComputationGraph writer(Problem problem) {
    int size = problem.shape().size();
    ComputationGraph network =
        new ComputationGraph(
            global()
                .graphBuilder()
                .addInputs("characters")
                .addLayer(
                    "embedding",
                    new EmbeddingSequenceLayer.Builder().nIn(Problem.CHARACTERS).nOut(size).build(),
                    "characters")
                .addLayer("recurrent", allSteps(problem), "embedding")
                .addLayer(
                    "next",
                    new RnnOutputLayer.Builder(LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .dataFormat(RNNFormat.NCW)
                        .nIn(size)
                        .nOut(Problem.CHARACTERS)
                        .build(),
                    "recurrent")
                .setOutputs("next")
                .build());
    network.init();
    network.setParam("embedding_W", array(problem.characters()));
    network.setParam("next_W", array(problem.next()));
    problem.recurrent().forEach((key, value) -> network.setParam("recurrent_" + key, array(value)));
    return network;
  }

  private static Layer allSteps(Problem problem) {
    int size = problem.shape().size();
    return problem.cell() == Cell.RRNN_LAST
        ? new Rrnn.Builder().nIn(size).nOut(size).outputActivation(Activation.SIGMOID).build()
        : recurrentLayer(problem);
  }

  private static void addLastStep(GraphBuilder graph, Problem problem) {
    Layer recurrent = recurrentLayer(problem);
    switch (problem.cell()) {
      case SIMPLE_RNN, LSTM -> graph.addLayer("last", new LastTimeStep(recurrent), "embedding");
      case GRU, RRNN ->
          graph
              .addLayer("recurrent", recurrent, "embedding")
              .addVertex("last", new LastTimeStepVertex("tokens"), "recurrent");
      case RRNN_LAST -> graph.addLayer("last", recurrent, "embedding");
    }
  }

  private static Layer recurrentLayer(Problem problem) {
    int size = problem.shape().size();
    return switch (problem.cell()) {
      case SIMPLE_RNN ->
          new SimpleRnn.Builder().nIn(size).nOut(size).activation(Activation.TANH).build();
      case LSTM -> new LSTM.Builder().nIn(size).nOut(size).activation(Activation.TANH).build();
      case GRU -> new Gru.Builder().nIn(size).nOut(size).build();
      case RRNN, RRNN_LAST ->
          new Rrnn.Builder()
              .outputActivation(Activation.SIGMOID) // as TorchRrnn
              .nIn(size)
              .nOut(size)
              .returnSequences(problem.cell() == Cell.RRNN)
              .build();
    };
  }

  private static NeuralNetConfiguration.Builder global() {
    return new NeuralNetConfiguration.Builder()
        .dataType(DataType.FLOAT)
        .updater(new Adam(LEARNING_RATE));
  }

  @Override
  public void layerForward() {
    layer.output(inputs);
  }

  @Override
  public void layerForwardBackward() {
    backward();
  }

  private INDArray backward() {
    layer.setInput(inputs);
    layer.feedForward(true, false);
    return layer.backpropGradient(outputGradient, null).getSecond();
  }

  @Override
  public void trainingStep() {
    network.fit(tokens, labels);
  }

  @Override
  public float[] inference() {
    return network.outputSingle(tokens).data().asFloat();
  }

  @Override
  public float[] answer() {
    return network.outputSingle(oneRow).data().asFloat();
  }

  MultiLayerNetwork layer() {
    return layer;
  }

  ComputationGraph network() {
    return network;
  }

  ComputationGraph writer() {
    return writer;
  }

  @Override
  public void streamingStep() {
    layer.rnnTimeStep(oneInput);
  }

  @Override
  public float[] generateCharacter() {
    float[] probabilities = writer.rnnTimeStep(character)[0].dup('c').data().asFloat();
    character.putScalar(0, Contender.likeliest(probabilities));
    return probabilities;
  }

  @Override
  public float[] layerOutput() {
    return timeFirst(layer.output(inputs));
  }

  @Override
  public float[] layerInputGradient() {
    return timeFirst(backward());
  }

  @Override
  public float[] streamingOutput() {
    return layer.rnnTimeStep(oneInput).dup('c').data().asFloat();
  }

  private static INDArray array(Matrix matrix) {
    return Nd4j.create(matrix.values(), new long[] {matrix.rows(), matrix.columns()}, 'c');
  }

  /** [T*B, K] to [B, K, T], in the order that Deeplearning4j's own recurrent layers hand on. */
  private INDArray timeLast(Matrix matrix) {
    return array(matrix)
        .reshape('c', shape.steps(), shape.batch(), matrix.columns())
        .permute(1, 2, 0)
        .dup('f');
  }

  /** [B, K, T] to [T, B, K], and [B, K] as it is. */
  private static float[] timeFirst(INDArray array) {
    return (array.rank() == 3 ? array.permute(2, 0, 1) : array).dup('c').data().asFloat();
  }

  @Override
  public void close() {
    layer.close();
    network.close();
    writer.close();
  }
}
