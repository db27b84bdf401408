package io.github.recurrentzoo.zoo;

import io.github.recurrentzoo.layers.ContextVertex;
import io.github.recurrentzoo.layers.FinalStateVertex;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Adds the layers of an encoder-decoder network to a graph.
 *
 * @param recurrence of all recurrent layers
 * @param layers the number of recurrent layers on each side
 * @param sourceSymbols the number of ids of the input
 * @param targetSymbols V, the number of ids of the output
 * @param embeddingSize E, the size of a symbol's vector, on both sides
 * @param encoder what a layer of the encoder is like; its input size is E
 */
record EncoderDecoder(
    Recurrence recurrence,
    int layers,
    int sourceSymbols,
    int targetSymbols,
    int embeddingSize,
    RecurrentSpec encoder) {
  static final String SOURCE = "source";
  static final String TARGET = "target";
  static final String SYMBOLS = "symbols";
  static final String CONTEXT = "context";
  static final String SOURCE_EMBEDDING = "source-embedding";
  static final String TARGET_EMBEDDING = "target-embedding";

  void addTo(GraphBuilder graph) {
    graph.addInputs(SOURCE, TARGET);
    graph.addLayer(SOURCE_EMBEDDING, embedding(sourceSymbols), SOURCE);
    graph.addLayer(TARGET_EMBEDDING, embedding(targetSymbols), TARGET);
    addContext(graph);
    String top = addDecoder(graph);
    graph.addLayer(SYMBOLS, output(), top);
    graph.setOutputs(SYMBOLS);
  }

  private EmbeddingSequenceLayer embedding(int symbols) {
    return new EmbeddingSequenceLayer.Builder().nIn(symbols).nOut(embeddingSize).build();
  }

  private void addContext(GraphBuilder graph) {
    String below = SOURCE_EMBEDDING;
    RecurrentSpec spec = encoder;
    for (int i = 1; i < layers; i++) {
      below = recurrence.layers().addAllSteps(graph, "encoder-" + i, below, spec);
      spec = spec.withInputSize(spec.outputSize());
    }
    String name = "encoder-" + layers;
    String state;
    if (recurrence == Recurrence.RRNN) { // knows its final states, and needs less work for them
      state = recurrence.layers().addFinalState(graph, name, below, spec, SOURCE);
    } else {
      below = recurrence.layers().addAllSteps(graph, name, below, spec);
      state = name + "-state";
      int backwardUnits = spec.bidirectional() ? spec.hiddenSize() : 0;
      graph.addVertex(state, new FinalStateVertex(SOURCE, backwardUnits), below);
    }
    graph.addLayer(
        CONTEXT,
        new DenseLayer.Builder()
            .nIn(spec.outputSize())
            .nOut(spec.hiddenSize())
            .activation(Activation.TANH)
            .build(),
        state);
  }

  private String addDecoder(GraphBuilder graph) {
    String below = "decoder-input";
    graph.addVertex(below, new ContextVertex(), TARGET_EMBEDDING, CONTEXT);
    RecurrentSpec spec =
        new RecurrentSpec(
            embeddingSize + encoder.hiddenSize(),
            encoder.hiddenSize(),
            false,
            encoder.activation(),
            encoder.dropOut());
    for (int i = 1; i <= layers; i++) {
      below = recurrence.layers().addAllSteps(graph, "decoder-" + i, below, spec);
      spec = spec.withInputSize(spec.outputSize());
    }
    return below;
  }

  private RnnOutputLayer output() {
    RnnOutputLayer.Builder output =
        new RnnOutputLayer.Builder(LossFunction.MCXENT)
            .activation(Activation.SOFTMAX)
            .nIn(encoder.hiddenSize())
            .nOut(targetSymbols)
            .dataFormat(RNNFormat.NCW);
    if (encoder.dropOut() > 0) {
      output.dropOut(encoder.retained());
    }
    return output.build();
  }
}
