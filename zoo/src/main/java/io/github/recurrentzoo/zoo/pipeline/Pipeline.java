package io.github.recurrentzoo.zoo.pipeline;

import io.github.recurrentzoo.zoo.model.Metric;
import io.github.recurrentzoo.zoo.model.ModelFile;
import io.github.recurrentzoo.zoo.model.ModelFileException;
import io.github.recurrentzoo.zoo.network.Networks;
import io.github.recurrentzoo.zoo.onnx.OnnxExport;
import io.github.recurrentzoo.zoo.onnx.OnnxPart;
import io.github.recurrentzoo.zoo.training.Provenance;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * A trained network with all that turns a user's rows into its inputs and its outputs into answers.
 * It never changes: training and fine-tuning give a new one. Safe for use by several threads.
 */
public abstract class Pipeline {
  private final ComputationGraph network;
  private final ModelInfo info;

  /**
   * Puts a network into a pipeline.
   *
   * @param network nobody else may use it from now on
   * @param info how it was made and trained
   */
  protected Pipeline(ComputationGraph network, ModelInfo info) {
    this.network = network;
    this.info = info;
  }

  /** What it is among the pipelines of the zoo. */
  public abstract PipelineType<?> type();

  /**
   * What the model file holds of this pipeline alone, beside the network, {@code options} and
   * {@code provenance}: by the name of the entry, whatever Jackson writes as JSON.
   */
  protected abstract Map<String, Object> entries();

  /**
   * Asks the network once, so that a file whose parts do not fit together is refused when it is
   * loaded.
   *
   * @throws RuntimeException if it does not answer, or not as it should
   */
  protected abstract void answerOnce();

  /**
   * Saves the pipeline in one file: network with the state of its optimiser, options, provenance
   * and what else it needs to answer. The file is written as a whole or not at all; a file of that
   * name is replaced. Deeplearning4j's {@code ModelSerializer.restoreComputationGraph} reads the
   * network from it, with this library on the class path.
   *
   * @param file where to; its folder must be there
   * @throws ModelFileException if it cannot be written; a file that was there before is unchanged
   */
  public final void save(Path file) {
    Map<String, Object> entries = new LinkedHashMap<>(entries());
    entries.put("options", new ModelInfo.Options(info.architecture(), info.training()));
    entries.put("provenance", info.provenance());
    ModelFile.write(file, network, type().task().id(), entries);
  }

  /**
   * Writes the network as ONNX, for other languages and runtimes, and {@code pipeline.json} beside
   * it: the inputs and outputs of each graph with their types and shapes, and what else is needed
   * to make inputs and read outputs (vocabulary, labels, scalers, options). Batches come first: ids
   * [N, T], as int64, padded on the right with 0; their lengths [N], which are 1 at least; numbers
   * [N, T, size] and [N, size], as float32.
   *
   * <p>A classifier, a forecaster: {@code model.onnx}. A generator: {@code model.onnx}, whose
   * states are inputs, zeros at first, and outputs. A translator: {@code encoder.onnx}, and {@code
   * decoder.onnx}, which is asked for one symbol after the other. Opset 15, for ONNX Runtime 1.10
   * and later.
   *
   * @param folder is made if it is not there; files of these names are replaced
   * @return the files
   * @throws UnsupportedOperationException if ONNX lacks an activation or a layer of the network;
   *     nothing is written then
   * @throws ModelFileException if a file cannot be written
   */
  public final List<Path> exportOnnx(Path folder) {
    Map<String, Object> entries = new LinkedHashMap<>();
    entries.put("ids", onnxIds());
    entries.put("options", info.architecture());
    entries.putAll(entries());
    entries.putAll(onnxEntries());
    return OnnxExport.write(folder, network, onnx(), type().task().id(), entries);
  }

  /** The graphs of {@link #exportOnnx}. */
  protected List<OnnxPart> onnx() {
    return List.of(OnnxPart.whole(1));
  }

  /**
   * What ids mean beside the words or symbols that the description lists, such as {@code "unknown":
   * 1}; {@code "first"} is the id of the first in the list.
   */
  protected Map<String, Integer> onnxIds() {
    return Map.of();
  }

  /** What reading the outputs needs beside {@link #entries}. */
  protected Map<String, Object> onnxEntries() {
    return Map.of();
  }

  /** How the network was made and trained, and on what. */
  public final ModelInfo info() {
    return info;
  }

  /** Where the model comes from. */
  public final Provenance provenance() {
    return info.provenance();
  }

  /**
   * A copy of the network, with its weights, the state of its optimiser and kernels. Whatever is
   * done with it, this pipeline stays as it is.
   */
  public final ComputationGraph network() {
    return Networks.copyToTrainOn(network);
  }

  /** The network itself, which other threads may be asking: not to be trained, changed or told. */
  protected final ComputationGraph trained() {
    return network;
  }

  /** The number of weights of the network. */
  public final long parameters() {
    return network.params().length(); // numParams leaves out those of vertices
  }

  /** A table of the network's layers, each with its size, its number of weights and its inputs. */
  public final String summary() {
    return network.summary();
  }

  /**
   * Such as "TextClassifier (LSTM, 1,234 parameters, validation accuracy 0.858)", or "..., trained
   * outside of the zoo)".
   */
  @Override
  public final String toString() {
    Object recurrence = info.option("recurrence");
    Metric metric = provenance().validationMetric();
    return "%s (%s%,d parameters, %s)"
        .formatted(
            type().name(),
            recurrence == null ? "" : recurrence + ", ",
            parameters(),
            provenance().trainedOutside()
                ? "trained outside of the zoo"
                : "validation %s %.4g".formatted(metric.name(), metric.value()));
  }
}
