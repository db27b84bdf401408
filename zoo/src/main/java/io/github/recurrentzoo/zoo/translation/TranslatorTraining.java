package io.github.recurrentzoo.zoo.translation;

import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.network.NativeThreads;
import io.github.recurrentzoo.zoo.pipeline.Training;
import io.github.recurrentzoo.zoo.report.CrossValidation;
import io.github.recurrentzoo.zoo.text.SymbolVocabulary;
import io.github.recurrentzoo.zoo.training.FineTuneMapping;
import io.github.recurrentzoo.zoo.training.FineTuneOptions;
import io.github.recurrentzoo.zoo.training.FineTuneOrigin;
import io.github.recurrentzoo.zoo.training.RowDigest;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import io.github.recurrentzoo.zoo.training.TunedNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** The trainings of a {@link SequenceTranslator}: from nothing, further, and on other symbols. */
final class TranslatorTraining {
  private final SequenceTranslator translator;
  private final ComputationGraph network;
  private final PairEncoder encoder;

  /**
   * For the trainings that begin with a translator.
   *
   * @param network its own one, which stays as it is
   */
  TranslatorTraining(SequenceTranslator translator, ComputationGraph network, PairEncoder encoder) {
    this.translator = translator;
    this.network = network;
    this.encoder = encoder;
  }

  /**
   * See {@link SequenceTranslator#train(PairSplit, SequenceToSequence, TrainingOptions,
   * TrainingRun)}.
   *
   * @param pairs all of them, in their order; null if the split was given
   */
  static SequenceTranslator train(
      PairSplit split,
      List<TextPair> pairs,
      SequenceToSequence architecture,
      TrainingOptions training,
      TrainingRun run) {
    NativeThreads.useOne();
    split.requireTraining();
    PairEncoder encoder = PairEncoder.of(split.training(), architecture);
    SequenceToSequence entry =
        architecture.toBuilder()
            .sourceVocabularySize(encoder.source().size())
            .targetVocabularySize(encoder.target().size())
            .build();
    return trained(entry.init(), encoder, entry.describe(), pairs, split, training, null, run);
  }

  /** See {@link SequenceTranslator#trainOn(List, TrainingOptions, TrainingRun)}. */
  SequenceTranslator further(List<TextPair> pairs, TrainingOptions training, TrainingRun run) {
    NativeThreads.useOne();
    PairSplit split = PairSplit.bySource(pairs, training.validationSplit(), training.seed());
    requireAnswerable(split.training(), encoder);
    return trained(
        translator.network(),
        encoder,
        translator.info().architecture(),
        pairs,
        split,
        training,
        new FineTuneOrigin(translator.provenance(), null, null),
        run);
  }

  /**
   * See {@link SequenceTranslator#fineTune(PairSplit, FineTuneOptions, TrainingRun)}.
   *
   * @param pairs all of them, in their order; null if the split was given
   */
  SequenceTranslator fineTune(
      PairSplit split, List<TextPair> pairs, FineTuneOptions options, TrainingRun run) {
    NativeThreads.useOne();
    split.requireTraining();
    TrainingOptions training = options.training();
    PairEncoder extended = encoder.extended(split.training(), options.newWords());
    requireAnswerable(split.training(), extended);
    FineTuneMapping mapping = PairEncoder.mapping(split.training(), encoder, extended);
    TunedNetwork tuned = new TunedNetwork(network, options, SequenceToSequence.SYMBOLS);
    ComputationGraph copy =
        tuned
            .inputs(SequenceToSequence.SOURCE_EMBEDDING, extended.source().size())
            .inputs(SequenceToSequence.TARGET_EMBEDDING, extended.target().size())
            .outputs(extended.target().size())
            .start();
    Map<String, Object> architecture = tuned.describe(translator.info().architecture());
    architecture.put("sourceVocabularySize", extended.source().size());
    architecture.put("targetVocabularySize", extended.target().size());
    SequenceTranslator result =
        trained(
            copy,
            extended,
            architecture,
            pairs,
            split,
            training,
            new FineTuneOrigin(translator.provenance(), options, mapping),
            run);
    tuned.finish();
    return result;
  }

  /** See {@link SequenceTranslator#crossValidate}. */
  static CrossValidation crossValidate(
      List<TextPair> pairs,
      int folds,
      SequenceToSequence architecture,
      TrainingOptions training,
      TrainingRun run) {
    run.refuseCheckpoints("cross-validation");
    List<CrossValidation.Fold> measured = new ArrayList<>();
    for (PairSplit fold : PairSplit.folds(pairs, folds, training.seed())) {
      TranslationReport report =
          SequenceTranslator.train(fold.training(), architecture, training, run)
              .evaluate(fold.test());
      measured.add(
          new CrossValidation.Fold(
              report.sources(),
              report.sources() - report.mistakes().size(),
              new TranslationPart(report).figures()));
    }
    return new CrossValidation(measured);
  }

  private static void requireAnswerable(List<TextPair> pairs, PairEncoder encoder) {
    for (TextPair pair : pairs) {
      for (String symbol : encoder.target().unit().cut(pair.target())) {
        if (encoder.target().id(symbol) == SymbolVocabulary.UNKNOWN) {
          throw new DataException(
              "The target \"%s\" has the symbol \"%s\", which is not among those that this model can answer. Remove the pair, let new symbols be added (newWords, with nothing frozen), or train a new model."
                  .formatted(pair.target(), symbol));
        }
      }
    }
  }

  private static SequenceTranslator trained(
      ComputationGraph network,
      PairEncoder encoder,
      Map<String, Object> architecture,
      List<TextPair> pairs,
      PairSplit split,
      TrainingOptions training,
      FineTuneOrigin origin,
      TrainingRun run) {
    TranslationTask task =
        new TranslationTask(
            encoder.target().size(),
            encoder.rows(split.training()),
            encoder.rows(split.test()),
            training);
    List<TextPair> all = pairs == null ? split.all() : pairs;
    RowDigest digest = new RowDigest();
    all.forEach(pair -> digest.add(pair.source()).add(pair.target()));
    return new Training(
            SequenceToSequence.TASK, network, architecture, training, all.size(), digest, origin)
        .dependsOnGiven("validation pairs", pairs == null ? split.test().size() : null)
        .run(task, run, info -> new SequenceTranslator(network, encoder, info));
  }
}
