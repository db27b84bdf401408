package io.github.recurrentzoo.zoo.pipeline;

import io.github.recurrentzoo.zoo.network.NativeThreads;
import io.github.recurrentzoo.zoo.network.Networks;
import io.github.recurrentzoo.zoo.network.RecurrentZooModel;
import io.github.recurrentzoo.zoo.training.Provenance;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Puts a network that was trained in a loop of a user's own into a pipeline. */
public final class TrainedOutside {
  private TrainedOutside() {}

  /**
   * Makes a pipeline of a copy of the network, and lets it answer once.
   *
   * @param entry makes a network of the sizes that vocabularies, labels and the like ask for
   * @param network trained; it stays the caller's
   * @param maker makes the pipeline of the copy
   * @throws IllegalArgumentException if the network has other weights than the entry's; the message
   *     names both shapes
   */
  public static <P extends Pipeline> P put(
      RecurrentZooModel entry,
      ComputationGraph network,
      BiFunction<ComputationGraph, ModelInfo, P> maker) {
    NativeThreads.useOne();
    refuseOtherShapes(entry.init(), network);
    P made =
        maker.apply(
            Networks.copyToTrainOn(network),
            new ModelInfo(entry.describe(), null, Provenance.outside()));
    made.answerOnce();
    return made;
  }

  private static void refuseOtherShapes(ComputationGraph expected, ComputationGraph network) {
    Map<String, String> wanted = shapes(expected);
    Map<String, String> given = shapes(network);
    TreeSet<String> names = new TreeSet<>(wanted.keySet());
    names.addAll(given.keySet());
    for (String name : names) {
      String here = given.getOrDefault(name, "missing");
      String there = wanted.getOrDefault(name, "missing");
      if (!here.equals(there)) {
        throw new IllegalArgumentException(
            "The weights \"%s\" of the network are %s, but those of the architecture with these vocabularies, labels or columns are %s. Give the architecture that made the network, and what it was trained with."
                .formatted(name, here, there));
      }
    }
  }

  /** Of each layer's weights the shape, by names such as {@code embedding_W}. */
  private static Map<String, String> shapes(ComputationGraph network) {
    Map<String, String> shapes = new TreeMap<>();
    for (Map.Entry<String, INDArray> weights : network.paramTable().entrySet()) {
      shapes.put(weights.getKey(), Arrays.toString(weights.getValue().shape()));
    }
    return shapes;
  }
}
