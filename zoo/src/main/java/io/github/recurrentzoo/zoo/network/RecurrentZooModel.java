package io.github.recurrentzoo.zoo.network;

import io.github.recurrentzoo.layers.FusedKernels;
import io.github.recurrentzoo.zoo.model.Task;
import io.github.recurrentzoo.zoo.preset.Preset;
import io.github.recurrentzoo.zoo.preset.PresetLibrary;
import io.github.recurrentzoo.zoo.preset.Presets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.zoo.ModelMetaData;
import org.deeplearning4j.zoo.PretrainedType;
import org.deeplearning4j.zoo.ZooModel;
import org.deeplearning4j.zoo.ZooType;

/**
 * What the entries of this zoo have in common.
 *
 * <p>The weights of a new network depend on the options and the seed and on nothing else.
 * Pretrained weights ({@link Presets}) fit an entry whose options make the same network, as the
 * builder's method {@code preset} sets them; options that only matter in training (updater,
 * dropout, penalties, clipping, seed) may be others.
 *
 * <p>Deeplearning4j's {@code PretrainedType} names sets of pictures, which no network of this zoo
 * has learned from. {@code IMAGENET} is what its {@code initPretrained()} asks for, so that here it
 * stands for the weights that fit the entry, whatever they learned from; there are none of the
 * other types.
 */
// Deeplearning4j declares <M extends Model> M init(), which no implementation can honour; javac
// reports that at the class.
@SuppressWarnings("unchecked")
public abstract class RecurrentZooModel extends ZooModel<ComputationGraph> {

  /** For the entries. */
  protected RecurrentZooModel() {}

  /** The network's configuration, not yet initialised. */
  public abstract ComputationGraphConfiguration configuration();

  /** The size of the output layer. */
  protected abstract int outputs();

  /** What the entry is for; empty for entries that there can be no presets for. */
  protected Optional<Task> task() {
    return Optional.empty();
  }

  /** The options by name, for people to read in a saved model. */
  public Map<String, Object> describe() {
    return Map.of();
  }

  /** A new network with weights drawn from the seed, run by kernels where they can serve. */
  @Override
  public ComputationGraph init() {
    ComputationGraph network = new ComputationGraph(configuration());
    network.init();
    FusedKernels.attach(network);
    return network;
  }

  /** The number of weights that the network has, without making it. */
  public long parameters() {
    return configuration().getVertices().values().stream()
        .mapToLong(vertex -> vertex.numParams(true))
        .sum();
  }

  @Override
  public Class<? extends Model> modelType() {
    return ComputationGraph.class;
  }

  /** The number of outputs; sequences have any length, so no input shape is told. */
  @Deprecated
  @Override
  public ModelMetaData metaData() {
    return new ModelMetaData(new int[0][], outputs(), ZooType.RNN);
  }

  /**
   * Not supported: the networks take sequences of any length.
   *
   * @throws UnsupportedOperationException always
   */
  @Override
  public void setInputShape(int[][] inputShape) {
    throw new UnsupportedOperationException(
        getClass().getSimpleName()
            + " takes sequences of any length, so there is no input shape to set; the sizes of the"
            + " network are options of its builder");
  }

  /**
   * Whether there are weights for these options on the class path, that is whether {@link
   * #initPretrained()} will give a network.
   */
  public boolean pretrainedAvailable() {
    return preset().isPresent();
  }

  /** As {@link #pretrainedAvailable()} for IMAGENET (see above); false for other types. */
  @Override
  public boolean pretrainedAvailable(PretrainedType pretrainedType) {
    return pretrainedType == PretrainedType.IMAGENET && pretrainedAvailable();
  }

  /** Where the weights lie on the class path; null if there are none. */
  @Override
  public String pretrainedUrl(PretrainedType pretrainedType) {
    return pretrainedAvailable(pretrainedType)
        ? Presets.url(preset().orElseThrow()).toString()
        : null;
  }

  /** The Adler-32 of the weights' file, as Deeplearning4j has it; 0 if there is none. */
  @Override
  public long pretrainedChecksum(PretrainedType pretrainedType) {
    return pretrainedAvailable(pretrainedType) ? Presets.adler32(preset().orElseThrow()) : 0;
  }

  /**
   * The network with pretrained weights, and with this entry's own updater, dropout and penalties.
   * Nothing is downloaded: the weights come from the class path. {@code TextClassifier.pretrained}
   * and its like give the words and labels as well, which a network alone does not have.
   *
   * @throws UnsupportedOperationException if there are no weights for these options; the message
   *     lists which presets there are
   */
  @Override
  public ComputationGraph initPretrained() {
    Preset preset = preset().orElseThrow(() -> new UnsupportedOperationException(noWeights()));
    ComputationGraph network = init();
    network.setParams(Presets.open(preset).network().params());
    return network;
  }

  /**
   * As {@link #initPretrained()} for IMAGENET (see above).
   *
   * @throws UnsupportedOperationException for other types, or if there are no weights for these
   *     options
   */
  @Override
  public ComputationGraph initPretrained(PretrainedType pretrainedType) {
    if (pretrainedType != PretrainedType.IMAGENET) {
      throw new UnsupportedOperationException(
          "%s has no weights of the type %s: none of its networks has learned from pictures. Use initPretrained() without a type."
              .formatted(getClass().getSimpleName(), pretrainedType));
    }
    return initPretrained();
  }

  /** The pretrained model with the same network. */
  private Optional<Preset> preset() {
    Map<String, String> own = Architecture.ofNetwork(describe());
    return presets().stream()
        .filter(preset -> Architecture.ofNetwork(preset.architecture()).equals(own))
        .findFirst();
  }

  private List<Preset> presets() {
    return task().map(Presets::of).orElse(List.of());
  }

  private String noWeights() {
    List<Preset> presets = presets();
    String builder = getClass().getSimpleName() + ".builder()";
    if (task().isEmpty()) {
      return "There are no pretrained weights for %s. Use init() for a network to train."
          .formatted(getClass().getSimpleName());
    }
    return presets.isEmpty()
        ? "There are no pretrained weights for %s on the class path. Add the artifact io.github.recurrentzoo:%s, or use init() for a network to train."
            .formatted(getClass().getSimpleName(), PresetLibrary.ARTIFACT)
        : "There are no pretrained weights for a network with these options, %s. There are the presets %s: %s.preset(\"%s\").build().initPretrained() takes the options of one. Use init() for a network to train."
            .formatted(
                Architecture.ofNetwork(describe()),
                PresetLibrary.names(presets),
                builder,
                presets.get(0).name());
  }
}
