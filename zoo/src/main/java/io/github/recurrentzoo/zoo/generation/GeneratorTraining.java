package io.github.recurrentzoo.zoo.generation;

import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.network.NativeThreads;
import io.github.recurrentzoo.zoo.network.Networks;
import io.github.recurrentzoo.zoo.pipeline.Training;
import io.github.recurrentzoo.zoo.training.FineTuneMapping;
import io.github.recurrentzoo.zoo.training.FineTuneOptions;
import io.github.recurrentzoo.zoo.training.FineTuneOrigin;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import io.github.recurrentzoo.zoo.training.TunedNetwork;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** The trainings of a {@link TextGenerator}: from nothing, further, and on other texts. */
final class GeneratorTraining {
  private final TextGenerator generator;
  private final ComputationGraph network;
  private final GeneratorUnits units;

  /**
   * For the trainings that begin with a generator.
   *
   * @param network its own one, which stays as it is
   */
  GeneratorTraining(TextGenerator generator, ComputationGraph network, GeneratorUnits units) {
    this.generator = generator;
    this.network = network;
    this.units = units;
  }

  /** Trains a new network. */
  static TextGenerator train(
      GenerationText text, TextGeneration architecture, TrainingOptions training, TrainingRun run) {
    NativeThreads.useOne();
    text.requireLength(architecture.segmentLength(), architecture.unit());
    GeneratorUnits units =
        GeneratorUnits.of(architecture.unit(), text.training(), architecture.vocabularySize());
    TextGeneration entry = architecture.toBuilder().vocabularySize(units.size()).build();
    return train(text, entry.init(), units, entry.describe(), training, null, run);
  }

  private static TextGenerator train(
      GenerationText text,
      ComputationGraph network,
      GeneratorUnits units,
      Map<String, Object> architecture,
      TrainingOptions training,
      FineTuneOrigin origin,
      TrainingRun run) {
    int[] ids = units.ids(text.training());
    int segmentLength = (Integer) architecture.get(TextGenerator.SEGMENT_LENGTH);
    UnitStreams streams =
        UnitStreams.whole(ids, training.batchSize(ids.length / segmentLength), segmentLength);
    GenerationTask task =
        new GenerationTask(
            network,
            streams,
            units.encode(text.validation()),
            units,
            (Integer) architecture.get(TextGenerator.RESTART_EVERY),
            training);
    return new Training(
            TextGeneration.TASK,
            network,
            architecture,
            training,
            text.documents(),
            text.digest(),
            origin)
        .dependsOnGiven("validation characters", text.given())
        .run(task, run, info -> new TextGenerator(network, units, info));
  }

  /** Trains on, with the same units. */
  TextGenerator trainOn(GenerationText text, TrainingOptions training, TrainingRun run) {
    NativeThreads.useOne();
    text.requireLength(generator.segmentLength(), generator.unit());
    requireKnown(text, units);
    return train(
        text,
        Networks.copyToTrainOn(network),
        units,
        generator.info().architecture(),
        training,
        new FineTuneOrigin(generator.provenance(), null, null),
        run);
  }

  private static void requireKnown(GenerationText text, GeneratorUnits units) {
    if (Arrays.stream(units.ids(text.training())).allMatch(id -> id == units.unknown())) {
      throw new DataException(
          "The generator knows none of the %s of the text. Train a new one on it."
              .formatted(units.unit().inWords()));
    }
  }

  /** Fits the network to other documents. */
  TextGenerator fineTune(GenerationText text, FineTuneOptions options, TrainingRun run) {
    NativeThreads.useOne();
    text.requireLength(generator.segmentLength(), generator.unit());
    GeneratorUnits extended = units.extended(text.training(), options.newWords());
    requireKnown(text, extended);
    FineTuneMapping.Symbols symbols =
        FineTuneMapping.Symbols.of(
            units.unit().inWords(),
            units.cut(text.training()),
            units.symbols(),
            extended.symbols());
    TunedNetwork tuned = new TunedNetwork(network, options, TextGeneration.NEXT);
    ComputationGraph copy =
        tuned.inputs(TextGeneration.EMBEDDING, extended.size()).outputs(extended.size()).start();
    Map<String, Object> architecture = tuned.describe(generator.info().architecture());
    architecture.put("vocabularySize", extended.size());
    TextGenerator result =
        train(
            text,
            copy,
            extended,
            architecture,
            options.training(),
            new FineTuneOrigin(
                generator.provenance(), options, new FineTuneMapping(List.of(), List.of(symbols))),
            run);
    tuned.finish();
    return result;
  }
}
