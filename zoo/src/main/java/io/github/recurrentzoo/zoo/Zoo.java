package io.github.recurrentzoo.zoo;

import io.github.recurrentzoo.zoo.anomalies.AnomalyDetector;
import io.github.recurrentzoo.zoo.classification.TextClassifier;
import io.github.recurrentzoo.zoo.forecasting.Forecaster;
import io.github.recurrentzoo.zoo.generation.TextGenerator;
import io.github.recurrentzoo.zoo.model.ModelFile;
import io.github.recurrentzoo.zoo.model.ModelFileException;
import io.github.recurrentzoo.zoo.model.Task;
import io.github.recurrentzoo.zoo.pipeline.Pipeline;
import io.github.recurrentzoo.zoo.pipeline.PipelineType;
import io.github.recurrentzoo.zoo.pipeline.StreamedModel;
import io.github.recurrentzoo.zoo.preset.Presets;
import io.github.recurrentzoo.zoo.preset.UnknownPresetException;
import io.github.recurrentzoo.zoo.sequences.SequenceClassifier;
import io.github.recurrentzoo.zoo.tagging.SequenceTagger;
import io.github.recurrentzoo.zoo.translation.SequenceTranslator;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The tasks of the zoo, each with its pipeline, and models of any task.
 *
 * <pre>{@code
 * Pipeline model = Zoo.load(Path.of("model.zip"));
 * if (model instanceof TextClassifier classifier) {
 *   System.out.println(classifier.predict("a small bird of the tropics"));
 * }
 * }</pre>
 */
public final class Zoo {
  /** All pipelines: one line for each task. */
  public static final List<PipelineType<?>> TYPES =
      List.of(
          TextClassifier.TYPE,
          Forecaster.TYPE,
          TextGenerator.TYPE,
          SequenceTranslator.TYPE,
          SequenceTagger.TYPE,
          SequenceClassifier.TYPE,
          AnomalyDetector.TYPE);

  private Zoo() {}

  /**
   * Loads a model of any task.
   *
   * @param file a file that a pipeline saved; it may lie within a jar, too
   * @return a {@link TextClassifier}, {@link Forecaster}, {@link TextGenerator}, {@link
   *     SequenceTranslator}, {@link SequenceTagger}, {@link SequenceClassifier} or {@link
   *     AnomalyDetector}
   * @throws ModelFileException if the file is missing, damaged, of another kind, for a task that is
   *     none of the zoo's or in a newer format
   */
  public static Pipeline load(Path file) {
    return type(ModelFile.task(file), "model file " + file).load(file);
  }

  /**
   * As {@link #load(Path)}, from a stream, such as {@code
   * Main.class.getResourceAsStream("/model.zip")}.
   *
   * @param model is read to its end and not closed
   */
  public static Pipeline load(InputStream model) {
    StreamedModel read = StreamedModel.read(model);
    return type(read.task(), "model of the stream").load(read);
  }

  /**
   * A pretrained model of any task, from the artifact recurrent-zoo-pretrained on the class path;
   * nothing is downloaded. {@link Presets} tells which there are.
   *
   * @param name such as {@code wordnet-lstm}
   * @throws UnknownPresetException if there is none of that name, or the artifact is missing
   * @throws ModelFileException if the file is not the one that belongs to it
   */
  public static Pipeline pretrained(String name) {
    return type(Presets.get(name).task().id(), "pretrained model " + name).pretrained(name);
  }

  private static PipelineType<?> type(String task, String model) {
    return TYPES.stream()
        .filter(type -> type.task().id().equals(task))
        .findFirst()
        .orElseThrow(
            () ->
                new ModelFileException(
                    "The %s is for the task %s; expected one of %s. Open it with ModelFile.read, as whoever wrote it meant it."
                        .formatted(
                            model,
                            task,
                            TYPES.stream()
                                .map(PipelineType::task)
                                .map(Task::id)
                                .collect(Collectors.joining(", ")))));
  }
}
