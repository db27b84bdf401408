package io.github.recurrentzoo.zoo.tagging;

import io.github.recurrentzoo.layers.inference.Inference;
import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.model.ModelFileException;
import io.github.recurrentzoo.zoo.network.NativeThreads;
import io.github.recurrentzoo.zoo.network.Networks;
import io.github.recurrentzoo.zoo.network.Replicas;
import io.github.recurrentzoo.zoo.pipeline.ModelEntries;
import io.github.recurrentzoo.zoo.pipeline.ModelInfo;
import io.github.recurrentzoo.zoo.pipeline.Pipeline;
import io.github.recurrentzoo.zoo.pipeline.PipelineType;
import io.github.recurrentzoo.zoo.pipeline.TrainedOutside;
import io.github.recurrentzoo.zoo.pipeline.Training;
import io.github.recurrentzoo.zoo.preset.Presets;
import io.github.recurrentzoo.zoo.preset.UnknownPresetException;
import io.github.recurrentzoo.zoo.text.Vocabulary;
import io.github.recurrentzoo.zoo.training.FineTuneMapping;
import io.github.recurrentzoo.zoo.training.FineTuneOptions;
import io.github.recurrentzoo.zoo.training.FineTuneOrigin;
import io.github.recurrentzoo.zoo.training.Provenance;
import io.github.recurrentzoo.zoo.training.RowDigest;
import io.github.recurrentzoo.zoo.training.TrainingDivergedException;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import io.github.recurrentzoo.zoo.training.TrainingStoppedException;
import io.github.recurrentzoo.zoo.training.TunedNetwork;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Gives each word of a sentence a label, as it learned from sentences with labels: parts of speech,
 * names, syllables.
 *
 * <pre>{@code
 * SequenceTagger tagger =
 *     SequenceTagger.train(
 *         rows, SequenceTagging.builder().build(), TrainingOptions.builder().build());
 * for (TaggedWord word : tagger.tag("She saw the saw.")) {
 *   System.out.println(word.word() + " " + word.label());
 * }
 * }</pre>
 *
 * <p>A word is read as itself in lower case, if it comes often enough in the rows learned from, and
 * by how it is written ({@link SequenceTagging.Builder#affixes}). Sentences may have any length.
 *
 * <p>Safe for use by several threads, and sets the number of native threads per operation to one,
 * as {@code TextClassifier} is and does.
 */
public final class SequenceTagger extends Pipeline {
  /** What it is among the pipelines of the zoo. */
  public static final PipelineType<SequenceTagger> TYPE =
      new PipelineType<>(SequenceTagging.TASK, SequenceTagger.class, SequenceTagger::read);

  private static final String VOCABULARY = "vocabulary";
  private static final String RARE = "rare-words";
  private static final String LABEL_ENTRY = "labels";
  private static final String VECTORS = "vectors";
  private static final String WHO = "a tagger";

  private final TagEncoder encoder;
  private final List<String> labels;
  private final Set<String> rare; // words of the training without a vector of their own
  private final Replicas<ComputationGraph> networks;
  private final Optional<Replicas<Inference>> inferences;

  private SequenceTagger(
      ComputationGraph network,
      TagEncoder encoder,
      List<String> labels,
      Set<String> rare,
      ModelInfo info) {
    super(network, info);
    this.encoder = encoder;
    this.labels = labels;
    this.rare = rare;
    networks = Replicas.of(network);
    inferences = Replicas.inferences(network, SequenceTagging.LABELS);
  }

  /**
   * Trains a new network. A part of the sentences, drawn by the seed of the training, is kept out
   * of training and of the vocabulary; after each epoch, the loss there decides which weights are
   * the best so far, and these are the ones that stay. The same rows, options and seeds give the
   * same tagger to the bit, on the same machine with the same number of threads.
   *
   * @param rows two at least, with two labels at least
   * @param architecture the network; its vocabulary size is an upper bound, and its number of
   *     labels is replaced
   * @param training how to train
   * @throws DataException if the rows cannot be learned from
   * @throws TrainingDivergedException if the loss becomes infinite or no number
   */
  public static SequenceTagger train(
      List<TaggedText> rows, SequenceTagging architecture, TrainingOptions training) {
    return train(rows, architecture, training, TrainingRun.SILENT);
  }

  /**
   * As {@link #train(List, SequenceTagging, TrainingOptions)}, within a run, which hears how the
   * training goes on and may stop it.
   *
   * @throws TrainingStoppedException if the run stops it
   */
  public static SequenceTagger train(
      List<TaggedText> rows,
      SequenceTagging architecture,
      TrainingOptions training,
      TrainingRun run) {
    return train(TaggedRows.drawn(rows, training), architecture, training, run);
  }

  /**
   * As {@link #train(List, SequenceTagging, TrainingOptions, TrainingRun)}, with validation rows of
   * one's own.
   *
   * @param validation chooses the best epoch; if it is empty, all epochs are trained and the
   *     weights of the last one stay
   * @throws DataException also if a validation row has a label that no row has
   */
  public static SequenceTagger train(
      List<TaggedText> rows,
      List<TaggedText> validation,
      SequenceTagging architecture,
      TrainingOptions training,
      TrainingRun run) {
    return train(TaggedRows.given(rows, validation), architecture, training, run);
  }

  /** Trains a new network as {@link TaggingDefaults} says is good: no option is needed. */
  public static SequenceTagger train(List<TaggedText> rows) {
    return train(rows, TrainingRun.SILENT);
  }

  /**
   * As {@link #train(List)}, within a run, which hears how the training goes on and may stop it.
   *
   * @throws TrainingStoppedException if the run stops it
   */
  public static SequenceTagger train(List<TaggedText> rows, TrainingRun run) {
    TaggingDefaults defaults = TaggingDefaults.of(rows);
    return train(rows, defaults.network().build(), defaults.training().build(), run);
  }

  private static SequenceTagger train(
      TaggedRows rows, SequenceTagging architecture, TrainingOptions training, TrainingRun run) {
    NativeThreads.useOne();
    training.refuseTeacherForcing(WHO);
    List<String> labels = rows.labels();
    List<List<String>> words =
        rows.training().stream().map(row -> TagEncoder.lower(row.words())).toList();
    Vocabulary often = Vocabulary.of(words, architecture.vocabularySize(), architecture.minCount());
    Vocabulary vocabulary = // of few rows, no word may come so often
        often.words().isEmpty() ? Vocabulary.of(words, architecture.vocabularySize()) : often;
    TagEncoder encoder = TagEncoder.of(architecture, vocabulary);
    SequenceTagging entry =
        architecture.toBuilder()
            .vocabularySize(vocabulary.size())
            .labels(labels.size())
            .vectorSize(encoder.vectorSize())
            .build();
    return trained(
        entry.init(),
        encoder,
        labels,
        rows,
        rare(words, vocabulary, Set.of()),
        entry.describe(),
        training,
        null,
        run);
  }

  /** Words that are not in the vocabulary, and others that were so before. */
  private static Set<String> rare(
      List<List<String>> sentences, Vocabulary vocabulary, Set<String> before) {
    Set<String> rare = new TreeSet<>(before);
    sentences.forEach(rare::addAll);
    rare.removeAll(new HashSet<>(vocabulary.words()));
    return rare;
  }

  /**
   * Puts a network that was trained in a loop of your own into a tagger. {@link
   * Provenance#trainedOutside} is true for it.
   *
   * @param network made by {@code architecture}; it is copied and stays as it is
   * @param architecture the entry that made it; its vocabulary size and number of labels are
   *     replaced
   * @param vocabulary the words, in lower case, whose ids the network was trained with
   * @param labels two at least, in the order of the output units, none of them twice
   * @throws IllegalArgumentException if the network has other weights than vocabulary, labels and
   *     architecture ask for; the message names both shapes
   */
  public static SequenceTagger of(
      ComputationGraph network,
      SequenceTagging architecture,
      Vocabulary vocabulary,
      List<String> labels) {
    if (Set.copyOf(labels).size() < labels.size()) {
      throw new IllegalArgumentException("The labels " + labels + " name a label twice");
    }
    TagEncoder encoder = TagEncoder.of(architecture, vocabulary);
    SequenceTagging entry =
        architecture.toBuilder()
            .vocabularySize(vocabulary.size())
            .labels(labels.size())
            .vectorSize(encoder.vectorSize())
            .build();
    return TrainedOutside.put(
        entry,
        network,
        (copy, info) -> new SequenceTagger(copy, encoder, List.copyOf(labels), Set.of(), info));
  }

  /**
   * Trains this tagger's network further, on other rows or with other options. Words, labels and
   * the updater with its state stay as they are; this tagger is left as it is.
   *
   * @param rows with labels that the tagger knows
   * @param training how to train
   * @return a new tagger
   * @throws DataException as for {@link #train}, or if the tagger does not know a label
   * @throws TrainingDivergedException if the loss becomes infinite or no number
   */
  public SequenceTagger trainOn(List<TaggedText> rows, TrainingOptions training) {
    return trainOn(rows, training, TrainingRun.SILENT);
  }

  /**
   * As {@link #trainOn(List, TrainingOptions)}, within a run, which hears how the training goes on
   * and may stop it.
   *
   * @throws TrainingStoppedException if the run stops it
   */
  public SequenceTagger trainOn(List<TaggedText> rows, TrainingOptions training, TrainingRun run) {
    NativeThreads.useOne();
    training.refuseTeacherForcing(WHO);
    TaggedRows drawn = TaggedRows.drawn(rows, training);
    List<List<String>> words =
        drawn.training().stream().map(row -> TagEncoder.lower(row.words())).toList();
    return trained(
        network(),
        encoder,
        labels,
        drawn,
        rare(words, encoder.vocabulary(), rare),
        info().architecture(),
        training,
        new FineTuneOrigin(provenance(), null, null),
        run);
  }

  /**
   * Fits the network to other rows, from the weights that it has, and leaves this tagger as it is.
   * The new tagger answers with the labels of the rows: those that this one knows keep their output
   * weights, new ones get new weights, and those that the rows do not have are dropped. Words keep
   * their vectors; the most frequent new ones get new vectors, as many as the options allow. {@link
   * Provenance#origin} of the new tagger says what was mapped to what.
   *
   * @param rows two at least, with two labels at least, which may be others
   * @param options what is frozen, and how to train
   * @return a new tagger
   * @throws DataException as for {@link #train}
   * @throws TrainingDivergedException if the loss becomes infinite or no number
   */
  public SequenceTagger fineTune(List<TaggedText> rows, FineTuneOptions options) {
    return fineTune(rows, options, TrainingRun.SILENT);
  }

  /**
   * As {@link #fineTune(List, FineTuneOptions)}, within a run, which hears how the training goes on
   * and may stop it.
   *
   * @throws TrainingStoppedException if the run stops it
   */
  public SequenceTagger fineTune(List<TaggedText> rows, FineTuneOptions options, TrainingRun run) {
    return fineTune(TaggedRows.drawn(rows, options.training()), options, run);
  }

  /**
   * As {@link #fineTune(List, FineTuneOptions, TrainingRun)}, with validation rows of one's own.
   *
   * @param validation chooses the best epoch; if it is empty, all epochs are trained and the
   *     weights of the last one stay
   * @throws DataException also if a validation row has a label that no row has
   */
  public SequenceTagger fineTune(
      List<TaggedText> rows,
      List<TaggedText> validation,
      FineTuneOptions options,
      TrainingRun run) {
    return fineTune(TaggedRows.given(rows, validation), options, run);
  }

  private SequenceTagger fineTune(TaggedRows rows, FineTuneOptions options, TrainingRun run) {
    NativeThreads.useOne();
    TrainingOptions training = options.training();
    training.refuseTeacherForcing(WHO);
    List<String> newLabels = rows.labels();
    List<List<String>> words =
        rows.training().stream().map(row -> TagEncoder.lower(row.words())).toList();
    Vocabulary extended = encoder.vocabulary().extended(words, options.newWords());
    List<String> all = new ArrayList<>();
    words.forEach(all::addAll);
    FineTuneMapping mapping =
        new FineTuneMapping(
            List.of(FineTuneMapping.Names.of("labels", labels, newLabels)),
            List.of(
                FineTuneMapping.Symbols.of(
                    "words", all, encoder.vocabulary().words(), extended.words())));
    TunedNetwork tuned = new TunedNetwork(trained(), options, SequenceTagging.LABELS);
    tuned.inputs(SequenceTagging.EMBEDDING, extended.size()).outputs(newLabels.size()).newHead();
    ComputationGraph network = tuned.start();
    copyHead(network, newLabels);
    Map<String, Object> architecture = tuned.describe(info().architecture());
    architecture.put("vocabularySize", extended.size());
    architecture.put("labels", newLabels.size());
    SequenceTagger result =
        trained(
            network,
            encoder.with(extended),
            newLabels,
            rows,
            rare(words, extended, rare),
            architecture,
            training,
            new FineTuneOrigin(provenance(), options, mapping),
            run);
    tuned.finish();
    return result;
  }

  /** The labels that both networks know keep their weights. */
  private void copyHead(ComputationGraph network, List<String> newLabels) {
    for (String name : List.of("W", "b")) {
      INDArray from = Networks.matrix(trained().getLayer(SequenceTagging.LABELS).getParam(name));
      INDArray to = Networks.matrix(network.getLayer(SequenceTagging.LABELS).getParam(name));
      for (int c = 0; c < newLabels.size(); c++) {
        int old = labels.indexOf(newLabels.get(c));
        if (old >= 0) {
          to.get(NDArrayIndex.all(), NDArrayIndex.interval(c, c + 1))
              .assign(from.get(NDArrayIndex.all(), NDArrayIndex.interval(old, old + 1)));
        }
      }
    }
  }

  private static SequenceTagger trained(
      ComputationGraph network,
      TagEncoder encoder,
      List<String> labels,
      TaggedRows rows,
      Set<String> rare,
      Map<String, Object> architecture,
      TrainingOptions training,
      FineTuneOrigin origin,
      TrainingRun run) {
    TaggingTask task =
        new TaggingTask(
            encoder,
            encoded(rows.training(), labels),
            encoded(rows.validation(), labels),
            labels.size(),
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
        .run(task, run, info -> new SequenceTagger(network, encoder, labels, rare, info));
  }

  private static RowDigest digest(List<TaggedText> rows) {
    RowDigest digest = new RowDigest();
    parts(rows).forEach(digest::add);
    return digest;
  }

  /** What the digest of rows is made of: of each sentence its words and its labels. */
  public static List<String> parts(List<TaggedText> rows) {
    List<String> parts = new ArrayList<>(2 * rows.size());
    for (TaggedText row : rows) {
      parts.add(String.join(" ", row.words()));
      parts.add(String.join(" ", row.labels()));
    }
    return parts;
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

  /**
   * Asks for the label of each word and counts how often it is right.
   *
   * @param rows with labels; one that the tagger does not know counts as missed
   * @throws DataException if there are no rows
   */
  public TaggingReport evaluate(List<TaggedText> rows) {
    if (rows.isEmpty()) {
      throw new DataException("There are no sentences to evaluate on; expected one at least.");
    }
    List<List<String>> answers =
        answers(rows.stream().map(TaggedText::words).toList()).stream()
            .map(answer -> Arrays.stream(answer.best).mapToObj(labels::get).toList())
            .toList();
    return TaggingCounts.of(labels, rows, answers, this::hasSeen);
  }

  /**
   * As {@link #evaluate(List)}, beside a baseline on the same rows.
   *
   * @param baseline trained on the rows that the tagger has learned from
   */
  public TaggingReport evaluate(List<TaggedText> rows, WordBaseline baseline) {
    List<List<String>> answers = rows.stream().map(row -> baseline.tag(row.words())).toList();
    return evaluate(rows).beside(TaggingCounts.of(labels, rows, answers, this::hasSeen));
  }

  private boolean hasSeen(String lower) {
    return rare.contains(lower) || encoder.vocabulary().id(lower) != Vocabulary.UNKNOWN;
  }

  /**
   * The words of a text, of all its sentences, each with its label. The text is cut into sentences
   * and words, punctuation included; words keep their capitals.
   *
   * @param text any text; without a word there is no answer
   */
  public List<TaggedWord> tag(String text) {
    return tag(List.of(text)).get(0);
  }

  /**
   * As {@link #tag(String)}, of several texts, in their order. Many at once are answered faster
   * than one by one, and equally but for rounding.
   */
  public List<List<TaggedWord>> tag(List<String> texts) {
    List<List<String>> sentences = new ArrayList<>();
    List<List<List<TextCutter.Place>>> places = new ArrayList<>();
    for (String text : texts) {
      List<List<TextCutter.Place>> cut =
          TextCutter.cut(text, word -> encoder.vocabulary().id(word) != Vocabulary.UNKNOWN);
      places.add(cut);
      for (List<TextCutter.Place> sentence : cut) {
        sentences.add(
            sentence.stream().map(place -> text.substring(place.start(), place.end())).toList());
      }
    }
    List<Answer> answers = answers(sentences);
    List<List<TaggedWord>> tagged = new ArrayList<>();
    int next = 0;
    for (List<List<TextCutter.Place>> text : places) {
      List<TaggedWord> words = new ArrayList<>();
      for (List<TextCutter.Place> sentence : text) {
        for (int t = 0; t < sentence.size(); t++) {
          TextCutter.Place place = sentence.get(t);
          words.add(
              word(sentences.get(next).get(t), answers.get(next), t, place.start(), place.end()));
        }
        next++;
      }
      tagged.add(words);
    }
    return tagged;
  }

  /** The labels of the words of one sentence that was cut already. */
  public List<TaggedWord> tagWords(List<String> sentence) {
    return tagSentences(List.of(sentence)).get(0);
  }

  /**
   * As {@link #tagWords}, of several sentences, in their order.
   *
   * @throws DataException if a sentence has an empty word
   */
  public List<List<TaggedWord>> tagSentences(List<List<String>> sentences) {
    for (int i = 0; i < sentences.size(); i++) {
      if (sentences.get(i).contains("")) {
        throw new DataException("Sentence %d has an empty word. Leave it out.".formatted(i + 1));
      }
    }
    List<Answer> answers = answers(sentences);
    List<List<TaggedWord>> tagged = new ArrayList<>();
    for (int i = 0; i < sentences.size(); i++) {
      List<TaggedWord> words = new ArrayList<>();
      int start = 0;
      for (int t = 0; t < sentences.get(i).size(); t++) {
        String word = sentences.get(i).get(t);
        words.add(word(word, answers.get(i), t, start, start + word.length()));
        start += word.length() + 1;
      }
      tagged.add(words);
    }
    return tagged;
  }

  private TaggedWord word(String word, Answer answer, int t, int start, int end) {
    return new TaggedWord(word, labels.get(answer.best[t]), answer.probabilities[t], start, end);
  }

  /** Of each word of a sentence the most probable label and its probability. */
  private static final class Answer {
    private final int[] best;
    private final double[] probabilities;

    Answer(int words) {
      best = new int[words];
      probabilities = new double[words];
    }
  }

  private List<Answer> answers(List<List<String>> sentences) {
    List<Answer> answers = new ArrayList<>(sentences.size());
    for (List<String> sentence : sentences) {
      answers.add(new Answer(sentence.size()));
    }
    List<TagEncoder.Piece> pieces = encoder.toAsk(sentences);
    LabelProbabilities.Heard heard =
        (sentence, word, probabilities, from) -> {
          int best = LabelProbabilities.best(probabilities, from, labels.size());
          double probability = probabilities[from + best];
          if (Double.isNaN(probability)) {
            throw new IllegalStateException(
                "The network answers NaN; expected a probability. Its weights are infinite or no numbers: train it again with a lower learning rate or with clipped gradients.");
          }
          answers.get(sentence).best[word] = best;
          answers.get(sentence).probabilities[word] = probability;
        };
    if (inferences.isPresent()) {
      inferences
          .get()
          .ask(
              network -> {
                LabelProbabilities.of(network, pieces, encoder.vectorSize(), labels.size(), heard);
                return null;
              });
      return answers;
    }
    networks.ask(
        network -> {
          LabelProbabilities.of(network, pieces, encoder.vectorSize(), labels.size(), heard);
          return null;
        });
    return answers;
  }

  /**
   * Loads a tagger, which answers as the saved one did, to the bit.
   *
   * @param file a file that {@link #save} made; it may lie within a jar, too
   * @throws ModelFileException if the file is missing, damaged, of another kind, for another task
   *     or in a newer format
   */
  public static SequenceTagger load(Path file) {
    return TYPE.load(file);
  }

  /**
   * As {@link #load(Path)}, from a stream, such as {@code
   * Main.class.getResourceAsStream("/model.zip")}.
   *
   * @param model is read to its end and not closed
   */
  public static SequenceTagger load(InputStream model) {
    return TYPE.load(model);
  }

  /**
   * A pretrained tagger, from the artifact recurrent-zoo-pretrained on the class path; nothing is
   * downloaded. {@link Presets} tells which there are.
   *
   * @param name such as {@code pos-lstm}
   * @throws UnknownPresetException if there is none of that name for this task, or the artifact is
   *     missing
   * @throws ModelFileException if the file is not the one that belongs to it
   */
  public static SequenceTagger pretrained(String name) {
    return TYPE.pretrained(name);
  }

  private static SequenceTagger read(ModelEntries entries, ModelInfo info) {
    List<String> words = entries.distinct(VOCABULARY);
    List<String> labels = entries.distinct(LABEL_ENTRY);
    entries.checkInteger(info, "maxLength", 1, Integer.MAX_VALUE);
    entries.checkSize(VOCABULARY, words.size() + 2, entries.inputSize(SequenceTagging.EMBEDDING));
    entries.checkSize(LABEL_ENTRY, labels.size(), entries.outputSize(SequenceTagging.LABELS));
    int buckets = 0;
    if (Boolean.TRUE.equals(info.option("affixes"))) {
      buckets = entries.inputSize(Affix.PREFIX.input() + "-embedding");
      entries.checkInteger(info, "affixBuckets", Math.max(2, buckets), buckets);
      for (Affix affix : Affix.values()) {
        String table = affix.input() + "-embedding";
        entries.checkSize(table, buckets, entries.inputSize(table));
      }
    }
    return new SequenceTagger(
        entries.network(),
        new TagEncoder(
            Vocabulary.ofWords(words), buckets, vectors(entries, info), info.integer("maxLength")),
        labels,
        Set.copyOf(entries.distinct(RARE)),
        info);
  }

  private static Optional<VectorTable> vectors(ModelEntries entries, ModelInfo info) {
    if (!Boolean.TRUE.equals(info.option("englishVectors"))) {
      return Optional.empty();
    }
    VectorTable english = VectorTable.english();
    Vectors read = entries.read(VECTORS, Vectors.class);
    if (read.checksum() != english.checksum()) {
      throw entries.damaged(
          VECTORS,
          "names other English word vectors (checksum %d) than those on the class path (%d); get recurrent-zoo-pretrained in the version that the model was trained with"
              .formatted(read.checksum(), english.checksum()));
    }
    return Optional.of(english);
  }

  /** The entry {@code vectors.json}: which vectors are read beside the model. */
  record Vectors(String name, int size, long checksum) {}

  @Override
  public PipelineType<SequenceTagger> type() {
    return TYPE;
  }

  @Override
  protected Map<String, Object> entries() {
    Map<String, Object> entries = new LinkedHashMap<>();
    entries.put(VOCABULARY, encoder.vocabulary().words());
    entries.put(LABEL_ENTRY, labels);
    entries.put(RARE, rare.stream().sorted().toList());
    encoder
        .vectors()
        .ifPresent(
            table -> entries.put(VECTORS, new Vectors("english", table.size(), table.checksum())));
    return entries;
  }

  /** Of words; affixes are put into buckets by a hash, see docs/tagging.md. */
  @Override
  protected Map<String, Integer> onnxIds() {
    return Vocabulary.IDS;
  }

  /** As users ask: sentences of several lengths at once, which need a mask. */
  @Override
  protected void answerOnce() {
    FeedForwardLayer head =
        (FeedForwardLayer) trained().getLayer(SequenceTagging.LABELS).conf().getLayer();
    if (head.getNOut() != labels.size()) {
      throw new IllegalStateException(
          "it answers %d numbers for %d labels".formatted(head.getNOut(), labels.size()));
    }
    answers(List.of(List.of("a", "few", "words"), List.of("word")));
  }

  /**
   * The labels in the order of the output units: alphabetical (by UTF-16 code units), or as {@link
   * #of} got them.
   */
  public List<String> labels() {
    return labels;
  }

  /** Whether the labels mark spans, such as names, in IOB2 or a scheme like it. */
  public boolean marksSpans() {
    return SpanLabels.areSpans(labels);
  }

  /** The words with a vector of their own, in lower case. */
  public Vocabulary vocabulary() {
    return encoder.vocabulary();
  }
}
