package io.github.recurrentzoo.layers.runtime;

import io.github.recurrentzoo.layers.kernel.Cell;
import io.github.recurrentzoo.layers.kernel.CellActivation;
import java.util.Optional;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.layers.recurrent.LSTM;
import org.deeplearning4j.nn.layers.recurrent.SimpleRnn;
import org.nd4j.linalg.activations.IActivation;

/** The cells that Deeplearning4j's standard layers compute. */
final class StandardCells {

  private StandardCells() {}

  /** Why no kernel can compute a layer; empty if one can. */
  static Optional<String> obstacle(Layer layer) {
    if (layer.getClass() == LSTM.class) {
      return lstmObstacle((LSTM) layer);
    }
    if (layer.getClass() == SimpleRnn.class) {
      return simpleRnnObstacle((SimpleRnn) layer);
    }
    return Optional.of(
        switch (layer.getClass().getSimpleName()) {
          case "GravesLSTM", "GravesBidirectionalLSTM" ->
              "it has peepholes, which kernels do not; use LSTM, or Bidirectional(LSTM)";
          default ->
              "kernels know LSTM, SimpleRnn and the layers of this library only, not "
                  + layer.getClass().getName();
        });
  }

  private static Optional<String> lstmObstacle(LSTM layer) {
    if (layer.getHelper() != null) {
      return Optional.of("it has a helper already: " + layer.getHelper().getClass().getName());
    }
    return obstacle(layer.layerConf())
        .or(() -> unknown("gate activation", layer.layerConf().getGateActivationFn()));
  }

  private static Optional<String> simpleRnnObstacle(SimpleRnn layer) {
    if (layer.hasLayerNorm()) {
      return Optional.of("it has layer norm, which kernels do not");
    }
    return obstacle(layer.layerConf());
  }

  private static Optional<String> obstacle(BaseRecurrentLayer conf) {
    if (conf.getWeightNoise() != null) {
      return Optional.of("it has weight noise, which kernels do not: " + conf.getWeightNoise());
    }
    return unknown("activation", conf.getActivationFn());
  }

  private static Optional<String> unknown(String what, IActivation activation) {
    return CellActivation.of(activation).isPresent()
        ? Optional.empty()
        : Optional.of("kernels do not know its " + what + " " + activation);
  }

  /** The cell of a layer without {@link #obstacle}. */
  static Cell cell(Layer layer) {
    if (layer instanceof LSTM lstm) {
      var conf = lstm.layerConf();
      return new Cell.Lstm(
          Math.toIntExact(conf.getNIn()),
          Math.toIntExact(conf.getNOut()),
          CellActivation.of(conf.getActivationFn()).orElseThrow(),
          CellActivation.of(conf.getGateActivationFn()).orElseThrow());
    }
    var conf = ((SimpleRnn) layer).layerConf();
    return new Cell.SimpleRnn(
        Math.toIntExact(conf.getNIn()),
        Math.toIntExact(conf.getNOut()),
        CellActivation.of(conf.getActivationFn()).orElseThrow());
  }
}
