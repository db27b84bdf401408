package io.github.recurrentzoo.zoo.forecasting;

import io.github.recurrentzoo.zoo.model.ModelFile;
import io.github.recurrentzoo.zoo.pipeline.ModelEntries;
import io.github.recurrentzoo.zoo.training.Provenance;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The parts of a {@link Forecaster} that its file holds beside the network.
 *
 * @param encoder the entry {@code series}: what is read and answered, and the scalers
 * @param measures the entry {@code measures}: what was measured when it was trained
 * @param options how the network was made and trained
 * @param provenance where it comes from
 */
record ForecasterFile(
    ForecastEncoder encoder, Measured measures, Options options, Provenance provenance) {
  private static final String TASK = SequenceForecasting.TASK.id();

  /**
   * What was measured when a forecaster was trained.
   *
   * @param halfWidths of the intervals, by target and step
   * @param scales what the MASE of each target is measured in
   */
  record Measured(List<Double> halfWidths, List<Double> scales) {
    ForecastIntervals intervals() {
      return new ForecastIntervals(halfWidths);
    }
  }

  /**
   * The entry {@code options}.
   *
   * @param architecture the options of {@link SequenceForecasting} by name
   * @param training the options of the training
   */
  record Options(Map<String, Object> architecture, TrainingOptions training) {
    SequenceForecasting.Loss loss() {
      return SequenceForecasting.Loss.valueOf(String.valueOf(architecture.get("loss")));
    }
  }

  void write(Path file, ComputationGraph network) {
    Map<String, Object> entries = new LinkedHashMap<>();
    entries.put("series", encoder);
    entries.put("measures", measures);
    entries.put("options", options);
    entries.put("provenance", provenance);
    ModelFile.write(file, network, TASK, entries);
  }

  static ModelFile open(Path file) {
    return ModelFile.read(file, TASK);
  }

  /** Reads the entries and checks that each is whole and that they belong to the network. */
  static ForecasterFile read(Path file, ModelFile model) {
    ModelEntries entries = new ModelEntries(file, model, "Forecaster");
    ForecasterFile read =
        new ForecasterFile(
            entries.read("series", ForecastEncoder.class),
            entries.read("measures", Measured.class),
            entries.read("options", Options.class),
            entries.provenance());
    if (read.encoder.options() == null || read.encoder.step() == null) {
      throw entries.damaged("series", "lacks its options or its step");
    }
    ForecastOptions options = read.encoder.options();
    if (options.season() < 1) {
      throw entries.damaged("series", "has no season of 1 row at least");
    }
    if (read.encoder.read().size() != options.columns().size()) {
      throw entries.damaged(
          "series",
          "has %d scalers for %d columns"
              .formatted(read.encoder.read().size(), options.columns().size()));
    }
    int outputs = entries.outputSize(SequenceForecasting.OUTPUT);
    entries.checkSize("series", options.targets().size() * options.horizon(), outputs);
    entries.checkSize("series", read.encoder.answered().size(), outputs);
    entries.checkSize("series", read.encoder.inputSize(), inputSize(model.network()));
    if (read.measures.halfWidths() == null || read.measures.scales() == null) {
      throw entries.damaged("measures", "lacks half widths or scales");
    }
    entries.checkSize("measures", read.measures.halfWidths().size(), outputs);
    for (Double half : read.measures.halfWidths()) {
      if (half == null || !(half >= 0 && half < Double.POSITIVE_INFINITY)) {
        throw entries.damaged(
            "measures", "has the half width " + half + ", but expected numbers of 0 at least");
      }
    }
    entries.checkSize("measures", read.measures.scales().size() * options.horizon(), outputs);
    entries.training(read.options.training());
    checkLoss(entries, read);
    return read;
  }

  private static void checkLoss(ModelEntries entries, ForecasterFile read) {
    Map<String, Object> architecture = read.options.architecture();
    try {
      SequenceForecasting.Loss.valueOf(
          String.valueOf(architecture == null ? null : architecture.get("loss")));
    } catch (IllegalArgumentException e) {
      throw entries.damaged("options", "has no known architecture.loss");
    }
  }

  /** D of the first layer, whose input weights have one row for each number that it reads. */
  private static int inputSize(ComputationGraph network) {
    Map<String, INDArray> weights = network.getLayer(0).paramTable();
    INDArray input = weights.containsKey("W") ? weights.get("W") : weights.get("fW");
    return input == null ? 0 : Math.toIntExact(input.size(0));
  }
}
