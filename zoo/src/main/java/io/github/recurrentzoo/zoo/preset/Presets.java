package io.github.recurrentzoo.zoo.preset;

import io.github.recurrentzoo.zoo.model.ModelFile;
import io.github.recurrentzoo.zoo.model.ModelFileException;
import io.github.recurrentzoo.zoo.model.Task;
import java.net.URL;
import java.util.List;
import java.util.Optional;

/**
 * The pretrained models of the class path.
 *
 * <p>Their weights are in the artifact {@value PresetLibrary#ARTIFACT}, apart from the code.
 * Nothing is ever downloaded. {@code TextClassifier.pretrained(name)} and its like load one; this
 * class tells which there are.
 */
public final class Presets {

  private Presets() {}

  /**
   * All presets, in the order of the list; empty if {@value PresetLibrary#ARTIFACT} is not on the
   * class path.
   *
   * @throws ModelFileException if the list cannot be read
   */
  public static List<Preset> list() {
    return library().presets();
  }

  /** The presets for a task; otherwise as {@link #list}. */
  public static List<Preset> of(Task task) {
    return list().stream().filter(preset -> preset.task().equals(task)).toList();
  }

  /** The preset of that name; otherwise as {@link #list}. */
  public static Optional<Preset> find(String name) {
    return list().stream().filter(preset -> preset.name().equals(name)).findFirst();
  }

  /**
   * The preset of that name.
   *
   * @throws UnknownPresetException if there is none of that name for the task; the message lists
   *     those that there are, or says which artifact is missing
   */
  public static Preset get(String name, Task task) {
    return library().get(name, task);
  }

  /**
   * The preset of that name, for any task.
   *
   * @throws UnknownPresetException as {@link #get(String, Task)}
   */
  public static Preset get(String name) {
    return library().get(name);
  }

  /**
   * Its weights, and what belongs to them.
   *
   * @throws ModelFileException if the file is missing, or is another one than the list tells of
   */
  public static ModelFile open(Preset preset) {
    return library().open(preset);
  }

  /** Where its weights lie. */
  public static URL url(Preset preset) {
    return library().url(preset);
  }

  /** The checksum that Deeplearning4j knows files by. */
  public static long adler32(Preset preset) {
    return library().adler32(preset);
  }

  private static PresetLibrary library() {
    return Library.ON_CLASS_PATH;
  }

  /** Made on first use. */
  private static final class Library {
    static final PresetLibrary ON_CLASS_PATH =
        new PresetLibrary(path -> Presets.class.getResource(path));
  }
}
