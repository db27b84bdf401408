package io.github.recurrentzoo.zoo.network;

import io.github.recurrentzoo.layers.CellParameter;
import io.github.recurrentzoo.layers.Direction;
import io.github.recurrentzoo.layers.FusedKernels;
import io.github.recurrentzoo.layers.Gru;
import io.github.recurrentzoo.layers.GruParams;
import io.github.recurrentzoo.zoo.model.ModelFileException;
import io.github.recurrentzoo.zoo.model.SafeTensors;
import java.nio.file.Path;
import java.util.Arrays;
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
 * The weights of a PyTorch model, for a network of the same layers: {@code nn.Embedding}, {@code
 * nn.LSTM}, {@code nn.GRU}, {@code nn.RNN} (also stacked and in both directions) and {@code
 * nn.Linear}.
 *
 * <pre>{@code
 * # Python: safetensors.torch.save_file(model.state_dict(), "model.safetensors")
 *
 * ComputationGraph network = entry.init();
 * PyTorchWeights.read(Path.of("model.safetensors"))
 *     .copyTo(network, Map.of("embedding", "embedding", "recurrent", "lstm", "class", "linear"));
 * }</pre>
 *
 * <p>What changes place: PyTorch has z = W x, Deeplearning4j z = x W. Its LSTM has the blocks i, f,
 * g, o, Deeplearning4j's g, f, o, i; its GRU r, z, n, as ours. It has two biases, which are added;
 * the GRU's c_n stays alone. {@code nn.RNN} with {@code nonlinearity="relu"} needs a network with
 * RELU: a file of weights does not tell.
 */
public final class PyTorchWeights {
  private static final int[] LSTM_BLOCKS = {2, 1, 3, 0}; // g, f, o, i of i, f, g, o
  private static final String FIRST_LAYER = "_l0";

  private final SafeTensors tensors;

  private PyTorchWeights(SafeTensors tensors) {
    this.tensors = tensors;
  }

  /**
   * Opens a file in the safetensors format. It is read when weights are copied.
   *
   * @throws ModelFileException if it cannot be read, or is no such file
   */
  public static PyTorchWeights read(Path file) {
    FusedKernels.prepare();
    return new PyTorchWeights(SafeTensors.open(file));
  }

  /** The names of the tensors, such as {@code lstm.weight_ih_l0}. */
  public Set<String> names() {
    return tensors.names();
  }

  /**
   * Copies weights into a network: all of them, or none if one does not fit.
   *
   * @param modules for the name of a vertex, or of a stack of recurrent layers ({@code recurrent}
   *     for {@code recurrent-1}, {@code recurrent-2-forward} ...), the name of PyTorch's module;
   *     for a recurrent layer of a network of one's own with the suffix of its weights where that
   *     is not {@code _l0}, such as {@code lstm:_l1_reverse}
   * @throws IllegalArgumentException if the network has no such vertex, or it is of a kind that
   *     PyTorch has not
   * @throws ModelFileException if a tensor is missing, or its shape is not what the vertex needs;
   *     the message names both shapes
   */
  public void copyTo(ComputationGraph network, Map<String, String> modules) {
    WeightCopies copies = new WeightCopies(tensors.file());
    new TreeMap<>(modules).forEach((vertex, module) -> collect(network, vertex, module, copies));
    copies.make();
  }

  private void collect(ComputationGraph network, String name, String module, WeightCopies copies) {
    if (network.getVertex(name) != null) {
      String[] parts = module.split(":", 2);
      vertex(network.getVertex(name), parts[0], parts.length > 1 ? parts[1] : FIRST_LAYER, copies);
      return;
    }
    int layer = 0;
    for (; ; layer++) {
      String below = name + "-" + (layer + 1);
      String suffix = "_l" + layer;
      if (network.getVertex(below) != null) {
        vertex(network.getVertex(below), module, suffix, copies);
      } else if (network.getVertex(below + "-forward") != null) {
        vertex(network.getVertex(below + "-forward"), module, suffix, copies);
        vertex(network.getVertex(below + "-backward"), module, suffix + "_reverse", copies);
      } else {
        break;
      }
    }
    if (layer == 0) {
      throw new IllegalArgumentException(
          "The network has no vertex %s and no layers %s-1 ...; it has %s"
              .formatted(name, name, network.getConfiguration().getTopologicalOrderStr()));
    }
    if (names().contains(module + ".weight_ih_l" + layer)) {
      throw new ModelFileException(
          "%s: %s has more layers than the %d of %s."
              .formatted(tensors.file(), module, layer, name));
    }
  }

  private void vertex(GraphVertex vertex, String module, String suffix, WeightCopies copies) {
    Layer layer = vertex.hasLayer() ? vertex.getLayer().conf().getLayer() : null;
    Map<String, INDArray> params = vertex.paramTable(false);
    String name = vertex.getVertexName();
    if (layer instanceof EmbeddingSequenceLayer) {
      copies.put(name, params.get("W"), tensor(module + ".weight"));
    } else if (layer instanceof LSTM) {
      recurrent(copies, name, params, module, suffix, LSTM_BLOCKS);
    } else if (layer instanceof SimpleRnn) {
      recurrent(copies, name, params, module, suffix, new int[] {0});
    } else if (layer instanceof Gru gru) {
      boolean both = gru.getDirection() == Direction.BOTH;
      gru(copies, name, params, both ? CellParameter.FORWARD_PREFIX : "", module, suffix);
      if (both) {
        gru(copies, name, params, CellParameter.BACKWARD_PREFIX, module, suffix + "_reverse");
      }
    } else if (layer instanceof DenseLayer || layer instanceof BaseOutputLayer) {
      linear(copies, name, params, module);
    } else {
      throw new IllegalArgumentException(
          "Vertex %s is %s, which PyTorch has no weights for; expected an embedding, SimpleRnn, LSTM, GRU, dense or output layer"
              .formatted(
                  name,
                  layer == null
                      ? vertex.getClass().getSimpleName()
                      : layer.getClass().getSimpleName()));
    }
  }

  private void recurrent(
      WeightCopies copies,
      String name,
      Map<String, INDArray> params,
      String module,
      String suffix,
      int[] blocks) {
    INDArray input = tensor(module + ".weight_ih" + suffix);
    INDArray state = tensor(module + ".weight_hh" + suffix);
    copies.put(name, params.get("W"), turned(copies.blocks(input, 0, blocks)));
    copies.put(name, params.get("RW"), turned(copies.blocks(state, 0, blocks)));
    INDArray bias = params.get("b");
    INDArray sum = bias(module, "ih", suffix, bias).add(bias(module, "hh", suffix, bias));
    copies.put(name, bias, copies.blocks(sum, 0, blocks));
  }

  private void gru(
      WeightCopies copies,
      String name,
      Map<String, INDArray> params,
      String prefix,
      String module,
      String suffix) {
    INDArray reset = params.get(prefix + GruParams.RECURRENT_BIAS);
    INDArray bias = params.get(prefix + GruParams.BIAS);
    long size = reset.length();
    INDArray ofInput = bias(module, "ih", suffix, bias).dup();
    INDArray ofState = bias(module, "hh", suffix, bias);
    copies.check(name, bias, ofInput);
    copies.check(name, bias, ofState);
    copies.put(
        name,
        params.get(prefix + GruParams.WEIGHT),
        turned(tensor(module + ".weight_ih" + suffix)));
    copies.put(
        name,
        params.get(prefix + GruParams.RECURRENT_WEIGHT),
        turned(tensor(module + ".weight_hh" + suffix)));
    INDArray gates = WeightCopies.part(ofInput, 0, 0, 2 * size);
    gates.addi(WeightCopies.part(ofState, 0, 0, 2 * size));
    copies.put(name, bias, ofInput);
    copies.put(name, reset, WeightCopies.part(ofState, 0, 2 * size, 3 * size));
  }

  /** With two outputs for a layer of one sigmoid unit, that has the difference of both. */
  private void linear(
      WeightCopies copies, String name, Map<String, INDArray> params, String module) {
    INDArray weight = tensor(module + ".weight");
    INDArray bias = params.get("b");
    if (bias == null && names().contains(module + ".bias")) {
      throw new ModelFileException(
          "%s: %s has a bias, but vertex %s has none.".formatted(tensors.file(), module, name));
    }
    INDArray from = bias == null ? null : optional(module + ".bias", weight.size(0));
    if (params.get("W").size(1) == 1 && weight.rank() == 2 && weight.size(0) == 2) {
      weight = WeightCopies.part(weight, 0, 1, 2).sub(WeightCopies.part(weight, 0, 0, 1));
      from =
          from == null
              ? null
              : WeightCopies.part(from, 0, 1, 2).sub(WeightCopies.part(from, 0, 0, 1));
    }
    copies.put(name, params.get("W"), turned(weight));
    if (from != null) {
      copies.put(name, bias, from);
    }
  }

  private INDArray tensor(String name) {
    return tensors.tensor(name);
  }

  private INDArray bias(String module, String kind, String suffix, INDArray like) {
    return optional(module + ".bias_" + kind + suffix, like.length());
  }

  /** A tensor, or zeros for a module without biases. */
  private INDArray optional(String name, long length) {
    if (!names().contains(name)) {
      return Nd4j.zeros(length);
    }
    INDArray found = tensor(name);
    if (found.rank() != 1 || found.length() != length) {
      throw new ModelFileException(
          "%s: %s has the shape %s, but the network needs [%d]."
              .formatted(tensors.file(), name, Arrays.toString(found.shape()), length));
    }
    return found;
  }

  private INDArray turned(INDArray matrix) {
    if (matrix.rank() != 2) {
      throw new ModelFileException(
          "%s: expected a matrix, but found the shape %s."
              .formatted(tensors.file(), Arrays.toString(matrix.shape())));
    }
    return matrix.transpose();
  }
}
