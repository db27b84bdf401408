package io.github.recurrentzoo.layers.runtime;

import io.github.recurrentzoo.layers.CellParameter;
import io.github.recurrentzoo.layers.RecurrentSameDiffLayer;
import io.github.recurrentzoo.layers.kernel.Cell;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a layer that has a kernel computes.
 *
 * @param directions one, or forward and backward, whose outputs stand side by side
 * @param returnsSequences whether it gives all steps, or the last one of each row
 */
public record LayerCells(List<Direction> directions, boolean returnsSequences) {

  /**
   * A layer in one direction.
   *
   * @param cell one time step
   * @param forward whether time runs from the first step to the last
   * @param parameters by the keys that the cell gives
   */
  public record Direction(Cell cell, boolean forward, Map<String, INDArray> parameters) {}

  /** The cells of a layer; empty for one that has no kernel, or another format than NCW. */
  public static Optional<LayerCells> of(Layer layer) {
    if (layer instanceof FusedLastTimeStepLayer last) {
      return host((KernelHost) last.getUnderlying(), false);
    }
    if (layer instanceof KernelHost host) {
      return host(host, true);
    }
    if (layer instanceof RecurrentSameDiffRuntime own && own.runner() != null) {
      RecurrentSameDiffLayer conf = own.recurrent();
      return conf.isChecked() ? Optional.empty() : conf.cell().map(cell -> own(own, conf, cell));
    }
    return Optional.empty();
  }

  /** Whether a layer gives the rows of a table as they are. */
  public static boolean isPlainEmbedding(Layer layer) {
    return layer instanceof FusedEmbeddingLayer;
  }

  /** The cell, if there is one direction, from the first step to the last. */
  public Optional<Cell> stepwise() {
    boolean steps = directions.size() == 1 && directions.get(0).forward() && returnsSequences;
    return steps ? Optional.of(directions.get(0).cell()) : Optional.empty();
  }

  private static Optional<LayerCells> host(KernelHost host, boolean returnsSequences) {
    KernelPasses.Plan plan = host.passes().plan();
    if (plan.format() != RNNFormat.NCW) {
      return Optional.empty();
    }
    Direction direction = new Direction(plan.cell(), plan.forward(), host.paramTable());
    return Optional.of(new LayerCells(List.of(direction), returnsSequences));
  }

  private static LayerCells own(
      RecurrentSameDiffRuntime layer, RecurrentSameDiffLayer conf, Cell cell) {
    Map<String, INDArray> all = layer.paramTable();
    List<Direction> directions = new ArrayList<>();
    switch (conf.getDirection()) {
      case FORWARD -> directions.add(new Direction(cell, true, all));
      case BACKWARD -> directions.add(new Direction(cell, false, all));
      case BOTH -> {
        directions.add(new Direction(cell, true, part(CellParameter.FORWARD_PREFIX, cell, all)));
        directions.add(new Direction(cell, false, part(CellParameter.BACKWARD_PREFIX, cell, all)));
      }
    }
    return new LayerCells(List.copyOf(directions), conf.isReturnSequences());
  }

  private static Map<String, INDArray> part(String prefix, Cell cell, Map<String, INDArray> all) {
    Map<String, INDArray> own = new HashMap<>();
    for (CellParameter parameter : cell.parameters()) {
      own.put(parameter.key(), all.get(prefix + parameter.key()));
    }
    return own;
  }
}
