package io.github.recurrentzoo.zoo.model;

import io.github.recurrentzoo.layers.FusedKernels;
import io.github.recurrentzoo.layers.runtime.ConcatPoolingRuntimeVertex;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.graph.vertex.VertexIndices;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.core.JsonProcessingException;

/**
 * The entries of a network, the same as those of Deeplearning4j's {@link ModelSerializer}.
 *
 * <p>They are not read by ModelSerializer, which would also run Java serialization on an entry
 * {@code preprocessor.bin} if a file had one, and which takes classes, sizes and shapes as the file
 * gives them.
 */
final class NetworkEntries {

  static final String CONFIGURATION = ModelSerializer.CONFIGURATION_JSON;

  private static final String PARAMETERS = ModelSerializer.COEFFICIENTS_BIN;
  private static final String UPDATER_STATE = ModelSerializer.UPDATER_BIN;
  private static final long MAX_CONFIGURATION_BYTES = 1 << 20;
  private static final long MAX_SIDE_BY_SIDE = 64;
  // ModelSerializer refuses larger ones, too.
  private static final long MAX_ARRAY_BYTES = Integer.MAX_VALUE;

  private NetworkEntries() {}

  static boolean present(Archive archive) {
    return archive.has(CONFIGURATION) && archive.has(PARAMETERS);
  }

  static void write(ComputationGraph network, ZipOutputStream zip) throws IOException {
    byte[] configuration = network.getConfiguration().toJson().getBytes(StandardCharsets.UTF_8);
    ModelFile.putEntry(zip, CONFIGURATION, configuration);
    putArray(zip, PARAMETERS, network.params());
    INDArray updaterState = network.getUpdater().getStateViewArray();
    if (updaterState != null && !updaterState.isEmpty()) {
      putArray(zip, UPDATER_STATE, updaterState);
    }
  }

  /**
   * Writes the network with {@link CompactWeights} and as if it had never been trained: without the
   * updater's state, and with the counters of steps and epochs, by which updaters and schedules go,
   * at 0.
   */
  static void writeCompact(ComputationGraph network, ZipOutputStream zip) throws IOException {
    ComputationGraphConfiguration configuration = network.getConfiguration().clone();
    configuration.setIterationCount(0);
    configuration.setEpochCount(0);
    ModelFile.putEntry(zip, CONFIGURATION, configuration.toJson().getBytes(StandardCharsets.UTF_8));
    CompactWeights.write(network.params(), zip);
  }

  private static void putArray(ZipOutputStream zip, String name, INDArray array)
      throws IOException {
    ModelFile.putEntry(zip, name);
    DataOutputStream data = new DataOutputStream(new BufferedOutputStream(zip, 1 << 16));
    Nd4j.write(array, data);
    data.flush();
    zip.closeEntry();
  }

  static ComputationGraph read(Archive archive) throws IOException {
    FusedKernels.prepare();
    byte[] json = archive.bytes(CONFIGURATION, MAX_CONFIGURATION_BYTES);
    ConfigurationClasses.check(json);
    INDArray parameters =
        archive.has(CompactWeights.ENTRY)
            ? archive.read(CompactWeights.ENTRY, MAX_ARRAY_BYTES, CompactWeights::read)
            : archive.read(PARAMETERS, MAX_ARRAY_BYTES, RowVector::read);
    checkFinite(parameters);
    INDArray updaterState =
        archive.has(UPDATER_STATE)
            ? archive.read(UPDATER_STATE, MAX_ARRAY_BYTES, RowVector::read)
            : null;
    try {
      ComputationGraphConfiguration configuration =
          ConfigurationClasses.parse(new String(json, StandardCharsets.UTF_8));
      ComputationGraph network = new ComputationGraph(configuration);
      network.init(parameters, false);
      if (updaterState != null) {
        network.getUpdater().setStateViewArray(updaterState);
      }
      checkWidths(network);
      return network;
    } catch (JsonProcessingException e) {
      throw new DamagedEntryException(
          "its configuration makes no network (%s)".formatted(firstLine(e.getOriginalMessage(), e)),
          e);
    } catch (RuntimeException e) {
      // Deeplearning4j throws many kinds here; each means that the entries do not make a network.
      throw new DamagedEntryException(
          "its entries do not make a network (%s)".formatted(firstLine(e.getMessage(), e)), e);
    }
  }

  /** A network of such weights answers NaN, or nothing that depends on its input. */
  private static void checkFinite(INDArray parameters) throws IOException {
    // NaN and infinite numbers make a sum of absolute values that is neither.
    if (!Double.isFinite(parameters.norm1Number().doubleValue())) {
      throw new DamagedEntryException(
          "its weights hold NaN or infinite numbers, so that it cannot answer");
    }
  }

  /**
   * Refuses vertices that put the same numbers side by side again and again: a few dozen of them,
   * each with the one before twice, would be wider than any memory.
   */
  private static void checkWidths(ComputationGraph network) throws IOException {
    GraphVertex[] vertices = network.getVertices();
    long[] widths = new long[vertices.length];
    for (int index : network.topologicalSortOrder()) {
      GraphVertex vertex = vertices[index];
      VertexIndices[] inputs = vertex.getInputVertices();
      if (inputs != null && vertex.numParams() == 0) {
        for (VertexIndices input : inputs) {
          widths[index] += widths[input.getVertexIndex()];
        }
      }
      if (vertex instanceof ConcatPoolingRuntimeVertex) {
        widths[index] *= 3;
      }
      widths[index] = Math.max(1, widths[index]);
      if (widths[index] > MAX_SIDE_BY_SIDE) {
        throw new DamagedEntryException(
            "its vertex %s puts more than %d outputs side by side"
                .formatted(vertex.getVertexName(), MAX_SIDE_BY_SIDE));
      }
    }
  }

  private static String firstLine(String message, Exception e) {
    return message == null
        ? e.getClass().getSimpleName()
        : message.lines().findFirst().orElse(e.getClass().getSimpleName());
  }
}
