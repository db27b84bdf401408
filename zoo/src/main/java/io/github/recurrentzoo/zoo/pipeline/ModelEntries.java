package io.github.recurrentzoo.zoo.pipeline;

import io.github.recurrentzoo.zoo.model.ModelFile;
import io.github.recurrentzoo.zoo.model.ModelFileException;
import io.github.recurrentzoo.zoo.text.TextUnit;
import io.github.recurrentzoo.zoo.training.Provenance;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;

/**
 * Reads the JSON entries of a model file for the pipelines, and checks that they belong to its
 * network.
 *
 * @param file for messages
 * @param model what was read from it
 * @param pipeline the class that saves such files, for messages
 */
public record ModelEntries(Path file, ModelFile model, String pipeline) {

  /** The network of the file. */
  public ComputationGraph network() {
    return model.network();
  }

  /** A list of strings, none of them twice. */
  public List<String> distinct(String entry) {
    Object[] values = model.entry(entry, Object[].class); // as String[], numbers would pass
    Set<String> seen = new LinkedHashSet<>();
    for (Object value : values) {
      if (!(value instanceof String text)) {
        throw damaged(entry, "holds " + value + ", which is no string");
      }
      if (!seen.add(text)) {
        throw damaged(entry, "holds \"" + text + "\" twice");
      }
    }
    return List.copyOf(seen);
  }

  /** Whether there is an entry of that name. */
  public boolean has(String entry) {
    return model.has(entry);
  }

  /** An entry read as a record or another class that Jackson knows. */
  public <T> T read(String entry, Class<T> type) {
    return model.entry(entry, type);
  }

  /**
   * Makes a model of the parts of a file and lets it answer once: layers that do not fit together
   * show only then.
   *
   * @param file for the message
   * @param making throws whatever it finds wrong
   * @throws ModelFileException if it throws
   */
  public static <T> T whole(Path file, Supplier<T> making) {
    try {
      return making.get();
    } catch (ModelFileException e) {
      throw e;
    } catch (RuntimeException e) {
      // Deeplearning4j and ND4J throw many kinds here.
      String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new ModelFileException(
          "The parts of the model file %s do not make a model that answers (%s: %s). Copy it again from where it came, or train and save the model again."
              .formatted(file, e.getClass().getSimpleName(), message),
          e);
    }
  }

  /** How the model was made and trained, and where it comes from. */
  ModelInfo info() {
    ModelInfo.Options options = read("options", ModelInfo.Options.class);
    if (options.architecture() == null) {
      throw damaged("options", "lacks the architecture");
    }
    Provenance provenance = provenance();
    if (options.training() == null && !provenance.trainedOutside()) {
      throw damaged("options", "lacks the options of the training");
    }
    return new ModelInfo(options.architecture(), options.training(), provenance);
  }

  private Provenance provenance() {
    Provenance provenance = read("provenance", Provenance.class);
    if (provenance.rowsSha256() == null
        || provenance.library() == null
        || provenance.deeplearning4j() == null
        || provenance.trained() == null
        || provenance.validationMetric() == null
        || provenance.validationMetric().name() == null) {
      throw damaged("provenance", "lacks some of its parts");
    }
    return provenance;
  }

  /** A whole number of the architecture. */
  public void checkInteger(ModelInfo info, String option, int least, int most) {
    if (!(info.option(option) instanceof Integer number) || number < least || number > most) {
      throw damaged(
          "options",
          "has no whole number architecture.%s %s"
              .formatted(
                  option,
                  most == Integer.MAX_VALUE
                      ? "of " + least + " or more"
                      : "from " + least + " to " + most));
    }
  }

  /**
   * What the network reads of a text.
   *
   * @param before what it is in files that do not say
   */
  public TextUnit unit(ModelInfo info, TextUnit before) {
    Object name = info.option("unit");
    if (name == null) {
      return before;
    }
    return Stream.of(TextUnit.values())
        .filter(unit -> unit.name().equals(name))
        .findFirst()
        .orElseThrow(() -> damaged("options", "has the unit " + name));
  }

  /** The size of a layer's input at each step. */
  public int inputSize(String layer) {
    return Math.toIntExact(layer(layer).getNIn());
  }

  /** The size of a layer's output. */
  public int outputSize(String layer) {
    return Math.toIntExact(layer(layer).getNOut());
  }

  private FeedForwardLayer layer(String name) {
    GraphVertex vertex = model.network().getVertex(name);
    if (vertex == null
        || !vertex.hasLayer()
        || !(vertex.getLayer().conf().getLayer() instanceof FeedForwardLayer layer)) {
      throw new ModelFileException(
          "The network of the model file %s has no layer \"%s\", so it is not a %s's. Give a file that %s saved."
              .formatted(file, name, pipeline, pipeline));
    }
    return layer;
  }

  /** Refuses an entry with another number of elements than its network was made for. */
  public void checkSize(String entry, int found, int expected) {
    if (found != expected) {
      throw new ModelFileException(
          "The entry %s.json of the model file %s has %d elements, but its network was made for %d. They do not belong together: save the model again."
              .formatted(entry, file, found, expected));
    }
  }

  /** Says that an entry is not as this library writes it. */
  public ModelFileException damaged(String entry, String what) {
    return new ModelFileException(
        "The entry %s.json of the model file %s %s. Copy the file again from where it came, or train and save the model again."
            .formatted(entry, file, what));
  }
}
