package io.github.recurrentzoo.zoo.network;

import io.github.recurrentzoo.layers.CellParameter;
import io.github.recurrentzoo.layers.Direction;
import io.github.recurrentzoo.layers.FusedKernels;
import io.github.recurrentzoo.layers.Gru;
import io.github.recurrentzoo.layers.GruParams;
import io.github.recurrentzoo.zoo.model.HdfTensors;
import io.github.recurrentzoo.zoo.model.ModelFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The weights of a Keras model, for a network of the same layers: {@code Embedding}, {@code LSTM},
 * {@code GRU}, {@code SimpleRNN} (also within {@code Bidirectional}) and {@code Dense}. Files of
 * Keras 3 ({@code .keras}, {@code .weights.h5}) and of Keras 2 ({@code .h5}) are read; the library
 * {@code io.jhdf:jhdf} has to be among the dependencies.
 *
 * <pre>{@code
 * # Python: model.save("model.keras")
 *
 * ComputationGraph network = entry.init();
 * KerasWeights.read(Path.of("model.keras"))
 *     .copyTo(network, Map.of("embedding", "embedding", "recurrent-1", "lstm", "class", "dense"));
 * }</pre>
 *
 * <p>Of a {@code CrfOutputLayer} the scores of the labels are filled, not the transitions.
 *
 * <p>What changes place: the LSTM of Keras has the blocks i, f, c, o, Deeplearning4j's c, f, o, i;
 * the GRU z, r, h, ours r, z, n. Of the two biases of a GRU those of r and z are added, that of n
 * stays within the reset, which is {@code reset_after=True}, the default. A file of weights does
 * not tell activations: {@code recurrent_activation} has to be a sigmoid.
 */
public final class KerasWeights {
  private static final int[] LSTM_BLOCKS = {2, 1, 3, 0}; // c, f, o, i of i, f, c, o
  private static final int[] GRU_BLOCKS = {1, 0, 2}; // r, z, n of z, r, h
  private static final List<String> ROOTS =
      List.of("layers/", "_layer_checkpoint_dependencies/", "model_weights/", "");
  private static final String LIBRARY = "io.jhdf.HdfFile";
  private static final String KERNEL = "kernel";
  private static final String RECURRENT = "recurrent_kernel";
  private static final String BIAS = "bias";
  private static final String FORWARD = "forward";
  private static final String BACKWARD = "backward";

  private final Path file;
  private final Set<String> names;

  private KerasWeights(Path file, Set<String> names) {
    this.file = file;
    this.names = names;
  }

  /**
   * Opens a file. The numbers are read when weights are copied.
   *
   * @throws ModelFileException if it cannot be read, or is no such file, or jhdf is missing
   */
  public static KerasWeights read(Path file) {
    FusedKernels.prepare();
    try (HdfTensors tensors = open(file)) {
      return new KerasWeights(file, Set.copyOf(tensors.names()));
    }
  }

  /** Asks for the library before {@link HdfTensors} is linked, which cannot be without it. */
  private static HdfTensors open(Path file) {
    try {
      Class.forName(LIBRARY, false, KerasWeights.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new ModelFileException(
          "To read %s, add the library io.jhdf:jhdf (0.9 or later) to your dependencies."
              .formatted(file),
          e);
    }
    return HdfTensors.open(file);
  }

  /** The paths of the tensors, such as {@code layers/lstm/cell/vars/0}. */
  public Set<String> names() {
    return names;
  }

  /**
   * Copies weights into a network: all of them, or none if one does not fit.
   *
   * @param layers for the name of a vertex ({@code recurrent-1} also for {@code
   *     recurrent-1-forward} and {@code recurrent-1-backward}) the name of Keras's layer as the
   *     file has it: in files of Keras 3 the kind of the layer, with a number from the second one
   *     on, such as {@code lstm_1}
   * @throws IllegalArgumentException if the network has no such vertex, or it is of a kind that
   *     Keras has not
   * @throws ModelFileException if the file has no such layer, or the shape of a tensor is not what
   *     the vertex needs; the message names both shapes
   */
  public void copyTo(ComputationGraph network, Map<String, String> layers) {
    try (HdfTensors tensors = open(file)) {
      WeightCopies copies = new WeightCopies(file);
      new TreeMap<>(layers)
          .forEach((vertex, layer) -> collect(network, vertex, layer, tensors, copies));
      copies.make();
    }
  }

  private static void collect(
      ComputationGraph network,
      String name,
      String layer,
      HdfTensors tensors,
      WeightCopies copies) {
    KerasLayer found = KerasLayer.of(tensors, layer);
    if (network.getVertex(name) != null) {
      vertex(network.getVertex(name), found, copies);
    } else if (network.getVertex(name + "-forward") != null) {
      vertex(network.getVertex(name + "-forward"), found.direction(FORWARD), copies);
      vertex(network.getVertex(name + "-backward"), found.direction(BACKWARD), copies);
    } else {
      throw new IllegalArgumentException(
          "The network has no vertex %s; it has %s"
              .formatted(name, network.getConfiguration().getTopologicalOrderStr()));
    }
  }

  /**
   * The tensors of one layer.
   *
   * @param paths within the file
   */
  private record KerasLayer(HdfTensors tensors, String name, List<String> paths) {

    static KerasLayer of(HdfTensors tensors, String name) {
      for (String root : ROOTS) {
        String prefix = root + name + "/";
        List<String> paths =
            tensors.names().stream()
                .filter(path -> path.startsWith(prefix))
                .filter(path -> !path.contains("/seed_generator/")) // of dropout
                .toList();
        if (!paths.isEmpty()) {
          return new KerasLayer(tensors, name, paths);
        }
      }
      throw new ModelFileException(
          "%s has no layer %s; it has %s.".formatted(tensors.file(), name, tensors.listed()));
    }

    KerasLayer direction(String direction) {
      List<String> of = paths.stream().filter(path -> path.contains("/" + direction)).toList();
      if (of.isEmpty()) {
        throw new ModelFileException(
            "%s: %s is no Bidirectional layer; it has %s."
                .formatted(tensors.file(), name, String.join(", ", paths)));
      }
      return new KerasLayer(tensors, name + " (" + direction + ")", of);
    }

    /**
     * The tensor of a role, which Keras 2 names ({@code kernel:0}) and Keras 3 numbers ({@code
     * vars/0}); null if there is none.
     */
    INDArray find(String role, int number) {
      List<String> found =
          paths.stream()
              .filter(
                  path ->
                      path.endsWith("/" + role)
                          || path.endsWith("/" + role + ":0")
                          || path.endsWith("/vars/" + number))
              .toList();
      if (found.size() > 1) {
        throw new ModelFileException(
            "%s: %s has several tensors for one place, %s. Name a single layer, without a direction."
                .formatted(tensors.file(), name, String.join(", ", found)));
      }
      return found.isEmpty() ? null : tensors.tensor(found.get(0));
    }

    INDArray get(String role, int number) {
      INDArray found = find(role, number);
      if (found == null) {
        throw new ModelFileException(
            "%s: %s has no %s; it has %s."
                .formatted(tensors.file(), name, role, String.join(", ", paths)));
      }
      return found;
    }
  }

  private static void vertex(GraphVertex vertex, KerasLayer from, WeightCopies copies) {
    Layer layer = vertex.hasLayer() ? vertex.getLayer().conf().getLayer() : null;
    Map<String, INDArray> params = vertex.paramTable(false);
    String name = vertex.getVertexName();
    if (layer instanceof EmbeddingSequenceLayer) {
      copies.put(name, params.get("W"), from.get("embeddings", 0));
    } else if (layer instanceof LSTM) {
      recurrent(copies, name, params, from, LSTM_BLOCKS);
    } else if (layer instanceof SimpleRnn) {
      recurrent(copies, name, params, from, new int[] {0});
    } else if (layer instanceof Gru gru && gru.getDirection() == Direction.BOTH) {
      gru(copies, name, params, CellParameter.FORWARD_PREFIX, from.direction(FORWARD));
      gru(copies, name, params, CellParameter.BACKWARD_PREFIX, from.direction(BACKWARD));
    } else if (layer instanceof Gru) {
      gru(copies, name, params, "", from);
    } else if (layer instanceof DenseLayer || layer instanceof BaseOutputLayer) {
      dense(copies, name, params, from);
    } else {
      throw new IllegalArgumentException(
          "Vertex %s is %s, which Keras has no weights for; expected an embedding, SimpleRnn, LSTM, GRU, dense or output layer"
              .formatted(
                  name,
                  layer == null
                      ? vertex.getClass().getSimpleName()
                      : layer.getClass().getSimpleName()));
    }
  }

  private static void recurrent(
      WeightCopies copies,
      String name,
      Map<String, INDArray> params,
      KerasLayer from,
      int[] blocks) {
    copies.put(name, params.get("W"), copies.blocks(from.get(KERNEL, 0), 1, blocks));
    copies.put(name, params.get("RW"), copies.blocks(from.get(RECURRENT, 1), 1, blocks));
    INDArray bias = params.get("b");
    INDArray given = from.find(BIAS, 2);
    copies.put(
        name, bias, given == null ? Nd4j.zeros(bias.length()) : copies.blocks(given, 0, blocks));
  }

  private static void gru(
      WeightCopies copies,
      String name,
      Map<String, INDArray> params,
      String prefix,
      KerasLayer from) {
    INDArray bias = params.get(prefix + GruParams.BIAS);
    INDArray reset = params.get(prefix + GruParams.RECURRENT_BIAS);
    long size = reset.length();
    INDArray kernel = copies.blocks(from.get(KERNEL, 0), 1, GRU_BLOCKS);
    INDArray recurrent = copies.blocks(from.get(RECURRENT, 1), 1, GRU_BLOCKS);
    copies.put(name, params.get(prefix + GruParams.WEIGHT), kernel);
    copies.put(name, params.get(prefix + GruParams.RECURRENT_WEIGHT), recurrent);
    INDArray given = from.find(BIAS, 2);
    if (given == null) {
      given = Nd4j.zeros(2, 3 * size);
    }
    if (!Arrays.equals(given.shape(), new long[] {2, 3 * size})) {
      throw new ModelFileException(
          "%s: the bias of %s has the shape %s; expected [2, %d], that of a GRU with reset_after=True."
              .formatted(
                  from.tensors().file(), from.name(), Arrays.toString(given.shape()), 3 * size));
    }
    INDArray both = copies.blocks(given, 1, GRU_BLOCKS);
    INDArray ofInput = both.getRow(0).dup();
    INDArray ofState = both.getRow(1).dup();
    WeightCopies.part(ofInput, 0, 0, 2 * size).addi(WeightCopies.part(ofState, 0, 0, 2 * size));
    copies.put(name, bias, ofInput);
    copies.put(name, reset, WeightCopies.part(ofState, 0, 2 * size, 3 * size));
  }

  /** With two outputs for a layer of one sigmoid unit, that has the difference of both. */
  private static void dense(
      WeightCopies copies, String name, Map<String, INDArray> params, KerasLayer from) {
    INDArray weight = from.get(KERNEL, 0);
    INDArray bias = params.get("b");
    INDArray given = from.find(BIAS, 1);
    if (bias == null && given != null) {
      throw new ModelFileException(
          "%s: %s has a bias, but vertex %s has none."
              .formatted(from.tensors().file(), from.name(), name));
    }
    if (bias != null && given == null) {
      given = Nd4j.zeros(weight.size(weight.rank() - 1));
    }
    if (params.get("W").size(1) == 1 && weight.rank() == 2 && weight.size(1) == 2) {
      weight = difference(weight, 1);
      given = given == null ? null : difference(given, 0);
    }
    copies.put(name, params.get("W"), weight);
    if (given != null) {
      copies.put(name, bias, given);
    }
  }

  private static INDArray difference(INDArray ofTwo, int dimension) {
    return WeightCopies.part(ofTwo, dimension, 1, 2).sub(WeightCopies.part(ofTwo, dimension, 0, 1));
  }
}
