package io.github.recurrentzoo.zoo.tagging;

import io.github.recurrentzoo.layers.CrfOutputLayer;
import io.github.recurrentzoo.zoo.data.ClassWeights;
import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.network.NativeThreads;
import io.github.recurrentzoo.zoo.network.Networks;
import io.github.recurrentzoo.zoo.pipeline.ModelInfo;
import io.github.recurrentzoo.zoo.pipeline.Training;
import io.github.recurrentzoo.zoo.text.Vocabulary;
import io.github.recurrentzoo.zoo.training.FineTuneMapping;
import io.github.recurrentzoo.zoo.training.FineTuneOptions;
import io.github.recurrentzoo.zoo.training.FineTuneOrigin;
import io.github.recurrentzoo.zoo.training.RowDigest;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import io.github.recurrentzoo.zoo.training.TunedNetwork;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Makes {@link SequenceTagger}s of rows: new ones, and others of a trained one. */
final class TaggerTraining {
  private static final String WHO = "a tagger";

  private TaggerTraining() {}

  /** A new network. */
  static SequenceTagger train(
      TaggedRows rows, SequenceTagging architecture, TrainingOptions training, TrainingRun run) {
    NativeThreads.useOne();
    training.refuseTeacherForcing(WHO);
    TaggedSplit split = rows.split(training);
    List<List<String>> words = words(split);
    Vocabulary often = Vocabulary.of(words, architecture.vocabularySize(), architecture.minCount());
    Vocabulary vocabulary = // of few rows, no word may come so often
        often.words().isEmpty() ? Vocabulary.of(words, architecture.vocabularySize()) : often;
    TaggerEntries own =
        new TaggerEntries(
            TagEncoder.of(architecture, vocabulary),
            split.labels(),
            rare(words, vocabulary, Set.of()));
    SequenceTagging entry = sized(architecture, own);
    return trained(entry.init(), own, split, rows.weights(), entry.describe(), training, null, run);
  }

  /** The entry with the sizes that vocabulary, labels and vectors ask for. */
  static SequenceTagging sized(SequenceTagging architecture, TaggerEntries own) {
    return architecture.toBuilder()
        .vocabularySize(own.encoder().vocabulary().size())
        .labels(own.labels().size())
        .vectorSize(own.encoder().vectorSize())
        .build();
  }

  /** The same network, trained further. */
  static SequenceTagger trainOn(
      ComputationGraph network,
      TaggerEntries before,
      ModelInfo info,
      TaggedRows rows,
      TrainingOptions training,
      TrainingRun run) {
    NativeThreads.useOne();
    training.refuseTeacherForcing(WHO);
    TagEncoder encoder = before.encoder();
    TaggedSplit split = rows.split(training);
    TaggerEntries own =
        new TaggerEntries(
            encoder, before.labels(), rare(words(split), encoder.vocabulary(), before.rare()));
    FineTuneOrigin origin = new FineTuneOrigin(info.provenance(), null, null);
    return trained(network, own, split, rows.weights(), info.architecture(), training, origin, run);
  }

  /**
   * A network for other rows, from the weights of a trained one.
   *
   * @param trained may be asked meanwhile
   */
  static SequenceTagger fineTune(
      ComputationGraph trained,
      TaggerEntries before,
      ModelInfo info,
      TaggedRows rows,
      FineTuneOptions options,
      TrainingRun run) {
    NativeThreads.useOne();
    options.training().refuseTeacherForcing(WHO);
    TaggedSplit split = rows.split(options.training());
    List<String> labels = split.labels();
    List<List<String>> words = words(split);
    Vocabulary known = before.encoder().vocabulary();
    Vocabulary extended = known.extended(words, options.newWords());
    List<String> all = new ArrayList<>();
    words.forEach(all::addAll);
    FineTuneMapping mapping =
        new FineTuneMapping(
            List.of(FineTuneMapping.Names.of("labels", before.labels(), labels)),
            List.of(FineTuneMapping.Symbols.of("words", all, known.words(), extended.words())));
    TunedNetwork tuned = new TunedNetwork(trained, options, SequenceTagging.LABELS);
    tuned.inputs(SequenceTagging.EMBEDDING, extended.size()).outputs(labels.size()).newHead();
    ComputationGraph network = tuned.start();
    copyHead(
        trained.getLayer(SequenceTagging.LABELS),
        before.labels(),
        network.getLayer(SequenceTagging.LABELS),
        labels);
    Map<String, Object> architecture = tuned.describe(info.architecture());
    architecture.put("vocabularySize", extended.size());
    architecture.put("labels", labels.size());
    SequenceTagger result =
        trained(
            network,
            new TaggerEntries(
                before.encoder().with(extended), labels, rare(words, extended, before.rare())),
            split,
            rows.weights(),
            architecture,
            options.training(),
            new FineTuneOrigin(info.provenance(), options, mapping),
            run);
    tuned.finish();
    return result;
  }

  /** The labels that both networks know keep their weights, and pairs of them their transition. */
  private static void copyHead(Layer from, List<String> before, Layer to, List<String> labels) {
    to.paramTable()
        .forEach(
            (name, array) -> {
              INDArray old = Networks.matrix(from.getParam(name));
              INDArray now = Networks.matrix(array);
              boolean byLabel = name.equals(CrfOutputLayer.TRANSITIONS); // rows are labels, too
              for (int r = 0; r < now.size(0); r++) {
                int oldRow = byLabel ? before.indexOf(labels.get(r)) : r;
                for (int c = 0; oldRow >= 0 && c < labels.size(); c++) {
                  int oldColumn = before.indexOf(labels.get(c));
                  if (oldColumn >= 0) {
                    now.putScalar(r, c, old.getDouble(oldRow, oldColumn));
                  }
                }
              }
            });
  }

  private static List<List<String>> words(TaggedSplit rows) {
    return rows.training().stream().map(row -> TagEncoder.lower(row.words())).toList();
  }

  /** Words that are not in the vocabulary, and others that were so before. */
  private static Set<String> rare(
      List<List<String>> sentences, Vocabulary vocabulary, Set<String> before) {
    Set<String> rare = new TreeSet<>(before);
    sentences.forEach(rare::addAll);
    rare.removeAll(new HashSet<>(vocabulary.words()));
    return rare;
  }

  private static SequenceTagger trained(
      ComputationGraph network,
      TaggerEntries own,
      TaggedSplit rows,
      ClassWeights weights,
      Map<String, Object> architecture,
      TrainingOptions training,
      FineTuneOrigin origin,
      TrainingRun run) {
    if (!weights.isNone() && LabelDecoder.of(network).crf().isPresent()) {
      throw new IllegalArgumentException(
          "The loss of a CRF is that of a whole sentence, in which no label has a weight of its own. Leave out weighted(%s), or crf(true)."
              .formatted(weights.inWords()));
    }
    TaggingTask task =
        new TaggingTask(
            own.encoder(),
            encoded(rows.training(), own.labels()),
            encoded(rows.validation(), own.labels()),
            weights.of(
                own.labels(), rows.training().stream().flatMap(row -> row.labels().stream())),
            training.batchSize(rows.training().size()));
    return new Training(
            SequenceTagging.TASK,
            network,
            architecture,
            training,
            rows.all().size(),
            digest(rows.all()),
            origin)
        .dependsOnGiven("validation rows", rows.isGiven() ? rows.validation().size() : null)
        .dependsOnGiven("class weights", weights.isNone() ? null : weights)
        .run(task, run, info -> new SequenceTagger(network, own, info));
  }

  private static RowDigest digest(List<TaggedText> rows) {
    RowDigest digest = new RowDigest();
    SequenceTagger.parts(rows).forEach(digest::add);
    return digest;
  }

  private static TaggingTask.Rows encoded(List<TaggedText> rows, List<String> labels) {
    Map<String, Integer> indices = new HashMap<>();
    labels.forEach(label -> indices.put(label, indices.size()));
    List<int[]> ofRows = new ArrayList<>(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      List<String> own = rows.get(i).labels();
      int[] numbers = new int[own.size()];
      for (int t = 0; t < numbers.length; t++) {
        Integer index = indices.get(own.get(t));
        if (index == null) {
          throw new DataException(
              "Sentence %d, word %d (\"%s\") has the label \"%s\", which is not among those learned: %s. Correct the label, or learn from sentences with it."
                  .formatted(i + 1, t + 1, rows.get(i).words().get(t), own.get(t), labels));
        }
        numbers[t] = index;
      }
      ofRows.add(numbers);
    }
    return new TaggingTask.Rows(rows.stream().map(TaggedText::words).toList(), ofRows);
  }
}
