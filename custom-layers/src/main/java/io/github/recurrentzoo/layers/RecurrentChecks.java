package io.github.recurrentzoo.layers;

import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.weightnoise.IWeightNoise;

/**
 * The configurations that a {@link RecurrentSameDiffLayer} refuses, each with what to do about it.
 */
final class RecurrentChecks {

  private RecurrentChecks() {}

  /** Both sizes, when the layer is made. */
  static void requireSizes(RecurrentSameDiffLayer layer) {
    if (layer.getNIn() <= 0 || layer.getNOut() <= 0) {
      throw refuse(
          layer,
          "nIn = %d, nOut = %d, but both must be at least 1. Set nIn(...) on the layer, or"
              + " setInputType(InputType.recurrent(size)) on the network, which sets it for every"
              + " layer",
          layer.getNIn(),
          layer.getNOut());
    }
  }

  static void requireRecurrent(RecurrentSameDiffLayer layer, InputType inputType) {
    if (!(inputType instanceof InputType.InputTypeRecurrent recurrent)) {
      throw refuse(
          layer,
          "input type %s, but a recurrent layer reads sequences; use InputType.recurrent(size)",
          inputType);
    }
    if (recurrent.getFormat() == RNNFormat.NWC) {
      throw refuse(
          layer,
          "data format NWC [batch, time, size], but the layer reads NCW [batch, size, time]; use"
              + " InputType.recurrent(size) and permute the data (0, 2, 1)");
    }
  }

  static void requireNoWeightNoise(RecurrentSameDiffLayer layer, IWeightNoise noise) {
    if (noise != null) {
      throw refuse(
          layer,
          "weight noise %s is set for the network, but this layer has none; set weightNoise on the"
              + " layers that should have it, and dropOut on this one",
          noise);
    }
  }

  private static DL4JInvalidConfigException refuse(
      RecurrentSameDiffLayer layer, String message, Object... values) {
    String name = layer.getLayerName();
    return new DL4JInvalidConfigException(
        layer.getClass().getSimpleName()
            + " "
            + (name == null ? "(layer without a name)" : "\"" + name + "\"")
            + ": "
            + String.format(message, values));
  }
}
