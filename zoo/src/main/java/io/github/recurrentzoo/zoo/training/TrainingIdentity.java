package io.github.recurrentzoo.zoo.training;

import io.github.recurrentzoo.zoo.network.Updaters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.core.type.TypeReference;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** What the result of a training depends on, by name; of rows and weights there are digests. */
public final class TrainingIdentity {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String EPOCHS = "training epochs";
  private static final String CONFIGURATION = "SHA-256 of the network's configuration";
  private static final String WEIGHTS = "SHA-256 of the weights to start from";

  private final Map<String, String> values = new LinkedHashMap<>();

  /**
   * What a pipeline knows.
   *
   * @param rows the digest of all rows
   */
  public static TrainingIdentity of(
      String task,
      int count,
      RowDigest rows,
      Map<String, Object> architecture,
      TrainingOptions training) {
    TrainingIdentity identity = new TrainingIdentity();
    identity.add("task", task);
    identity.add("number of rows", count);
    identity.add("SHA-256 of the rows", rows.sha256());
    Map<String, Object> network = new LinkedHashMap<>(architecture);
    network.remove(Updaters.OPTIMIZER); // earlier checkpoints have the same as "updater" only
    network.remove("attention", false); // nor do they have what was new later and is off
    network.forEach(identity::add);
    Map<String, Object> options =
        JSON.convertValue(training, new TypeReference<Map<String, Object>>() {});
    if (training.plateauPatience() == 0) {
      options.remove("plateauPatience");
      options.remove("plateauFactor");
    }
    options.forEach((name, value) -> identity.add("training " + name, value));
    return identity;
  }

  /** One more thing that the result depends on. */
  public TrainingIdentity add(String name, Object value) {
    values.put(name, String.valueOf(value));
    return this;
  }

  /** All of it, with the network as it is before the first step. */
  Map<String, String> with(ComputationGraph network) {
    Map<String, String> all = new LinkedHashMap<>(values);
    all.put("version of Recurrent Zoo", Provenance.libraryVersion());
    all.put("version of Deeplearning4j", Provenance.deeplearning4jVersion());
    all.put(CONFIGURATION, new RowDigest().add(network.getConfiguration().toJson()).sha256());
    all.put(WEIGHTS, digest(network));
    return all;
  }

  /** As {@link #differences}, but that there are to be more epochs than before is none. */
  static List<String> differencesToGoOn(Map<String, String> here, Map<String, String> checkpoint) {
    Map<String, String> then = new LinkedHashMap<>(checkpoint);
    if (isMore(here.get(EPOCHS), then.get(EPOCHS))) {
      then.put(EPOCHS, here.get(EPOCHS));
    }
    return differences(here, then);
  }

  private static boolean isMore(String epochs, String before) {
    return epochs != null
        && before != null
        && before.matches("\\d{1,9}")
        && Integer.parseInt(epochs) > Integer.parseInt(before);
  }

  private static String digest(ComputationGraph network) {
    RowDigest digest = new RowDigest().add(network.params());
    INDArray updater = network.getUpdater().getStateViewArray();
    return (updater == null ? digest : digest.add(updater)).sha256();
  }

  /**
   * Each thing that is another one in the checkpoint. That the network is another one is told only
   * where nothing else tells why.
   */
  static List<String> differences(Map<String, String> here, Map<String, String> checkpoint) {
    List<String> found = new ArrayList<>();
    List<String> ofNetwork = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>(here.keySet());
    names.addAll(checkpoint.keySet());
    for (String name : names) {
      String now = here.getOrDefault(name, "not given");
      String then = checkpoint.getOrDefault(name, "not given");
      if (!now.equals(then)) {
        boolean follows = name.equals(CONFIGURATION) || name.equals(WEIGHTS);
        (follows ? ofNetwork : found).add("%s is %s, but was %s".formatted(name, now, then));
      }
    }
    return found.isEmpty() ? ofNetwork : found;
  }
}
