package io.github.recurrentzoo.zoo;

import io.github.recurrentzoo.zoo.classification.TextClassifier;
import io.github.recurrentzoo.zoo.forecasting.Forecaster;
import io.github.recurrentzoo.zoo.generation.TextGenerator;
import io.github.recurrentzoo.zoo.pipeline.PipelineType;
import io.github.recurrentzoo.zoo.translation.SequenceTranslator;
import java.util.List;

/** The tasks of the zoo, each with its pipeline. */
public final class Zoo {
  /** All pipelines: one line for each task. */
  public static final List<PipelineType<?>> TYPES =
      List.of(TextClassifier.TYPE, Forecaster.TYPE, TextGenerator.TYPE, SequenceTranslator.TYPE);

  private Zoo() {}
}
