package io.github.recurrentzoo.zoo.pipeline;

import io.github.recurrentzoo.layers.FusedKernels;
import io.github.recurrentzoo.zoo.model.ModelFile;
import io.github.recurrentzoo.zoo.model.ModelFileException;
import io.github.recurrentzoo.zoo.model.Task;
import io.github.recurrentzoo.zoo.network.NativeThreads;
import io.github.recurrentzoo.zoo.preset.Preset;
import io.github.recurrentzoo.zoo.preset.Presets;
import io.github.recurrentzoo.zoo.preset.UnknownPresetException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * A kind of pipeline, and how one is loaded.
 *
 * @param task what it is for
 * @param pipeline the class
 * @param reader makes a pipeline of what a model file holds
 * @param <P> the class
 */
public record PipelineType<P extends Pipeline>(Task task, Class<P> pipeline, Reader<P> reader) {

  /**
   * Makes a pipeline of what a model file holds.
   *
   * @param <P> the class of the pipeline
   */
  @FunctionalInterface
  public interface Reader<P> {

    /**
     * Reads the entries that the pipeline saved beside its network, and checks that each is whole
     * and that they belong to the network.
     *
     * @param entries of the file
     * @param info already checked to be there
     * @throws ModelFileException if they do not
     */
    P read(ModelEntries entries, ModelInfo info);
  }

  /** The simple name of the class. */
  public String name() {
    return pipeline.getSimpleName();
  }

  /**
   * Loads a pipeline, which answers as the saved one did, to the bit.
   *
   * @param file a file that {@link Pipeline#save} made; it may lie within a jar, too
   * @throws ModelFileException if the file is missing, damaged, of another kind, for another task
   *     or in a newer format
   */
  public P load(Path file) {
    NativeThreads.useOne();
    return of(file, ModelFile.read(file, task.id()));
  }

  /**
   * Loads a pipeline from a stream, such as {@code Main.class.getResourceAsStream("/model.zip")}.
   *
   * @param model what {@link Pipeline#save} wrote into a file; it is read to its end and not closed
   * @throws ModelFileException if the stream cannot be read, or its content is damaged, of another
   *     kind, for another task or in a newer format
   * @throws NullPointerException if there is no stream, as {@code getResourceAsStream} gives null
   *     for a resource that is not there
   */
  public P load(InputStream model) {
    return load(StreamedModel.read(model));
  }

  /** As {@link #load(InputStream)}, of a stream that was read. */
  public P load(StreamedModel model) {
    NativeThreads.useOne();
    return of(StreamedModel.NAME, ModelFile.read(StreamedModel.NAME, model.bytes(), task.id()));
  }

  /**
   * A pretrained pipeline, from the artifact recurrent-zoo-pretrained on the class path; nothing is
   * downloaded. {@link Presets} tells which there are.
   *
   * @param name such as {@code wordnet-lstm}
   * @throws UnknownPresetException if there is none of that name for this task, or the artifact is
   *     missing
   * @throws ModelFileException if the file is not the one that belongs to it
   */
  public P pretrained(String name) {
    NativeThreads.useOne();
    Preset preset = Presets.get(name, task);
    return of(Path.of(preset.file()), Presets.open(preset));
  }

  private P of(Path file, ModelFile model) {
    return ModelEntries.whole(
        file,
        () -> {
          ModelEntries entries = new ModelEntries(file, model, name());
          ModelInfo info = entries.info();
          FusedKernels.attach(model.network());
          P made = reader.read(entries, info);
          made.answerOnce();
          return made;
        });
  }
}
