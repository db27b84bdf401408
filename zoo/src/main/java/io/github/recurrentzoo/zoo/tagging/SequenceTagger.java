package io.github.recurrentzoo.zoo.tagging;

import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.model.ModelFileException;
import io.github.recurrentzoo.zoo.network.Replicas;
import io.github.recurrentzoo.zoo.pipeline.ModelInfo;
import io.github.recurrentzoo.zoo.pipeline.Pipeline;
import io.github.recurrentzoo.zoo.pipeline.PipelineType;
import io.github.recurrentzoo.zoo.pipeline.TrainedOutside;
import io.github.recurrentzoo.zoo.preset.Presets;
import io.github.recurrentzoo.zoo.preset.UnknownPresetException;
import io.github.recurrentzoo.zoo.text.Vocabulary;
import io.github.recurrentzoo.zoo.training.FineTuneOptions;
import io.github.recurrentzoo.zoo.training.Provenance;
import io.github.recurrentzoo.zoo.training.TrainingDivergedException;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import io.github.recurrentzoo.zoo.training.TrainingStoppedException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;

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
      new PipelineType<>(
          SequenceTagging.TASK,
          SequenceTagger.class,
          (entries, info) ->
              new SequenceTagger(entries.network(), TaggerEntries.read(entries, info), info));

  private final TaggerEntries own;
  private final TaggerAnswers answers;
  private final Replicas<TagContributions> contributions;

  SequenceTagger(ComputationGraph network, TaggerEntries own, ModelInfo info) {
    super(network, info);
    this.own = own;
    answers = new TaggerAnswers(network, own.encoder(), own.labels().size());
    contributions = new Replicas<>(() -> new TagContributions(network, own.encoder()));
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
    return train(TaggedRows.of(rows), architecture, training, run);
  }

  /**
   * As {@link #train(List, SequenceTagging, TrainingOptions, TrainingRun)}, with validation rows of
   * one's own, without any, or with weights of the labels.
   *
   * @throws DataException also if a validation row has a label that no row has, or a weight is
   *     given to such a label
   * @throws IllegalArgumentException if there are weights of labels and a CRF
   */
  public static SequenceTagger train(
      TaggedRows rows, SequenceTagging architecture, TrainingOptions training, TrainingRun run) {
    return TaggerTraining.train(rows, architecture, training, run);
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
    TaggerEntries own =
        new TaggerEntries(TagEncoder.of(architecture, vocabulary), List.copyOf(labels), Set.of());
    return TrainedOutside.put(
        TaggerTraining.sized(architecture, own),
        network,
        (copy, info) -> new SequenceTagger(copy, own, info));
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
    return TaggerTraining.trainOn(network(), own, info(), TaggedRows.of(rows), training, run);
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
    return fineTune(TaggedRows.of(rows), options, run);
  }

  /**
   * As {@link #fineTune(List, FineTuneOptions, TrainingRun)}, with validation rows of one's own,
   * without any, or with weights of the labels.
   *
   * @throws DataException also if a validation row has a label that no row has, or a weight is
   *     given to such a label
   * @throws IllegalArgumentException if there are weights of labels and a CRF
   */
  public SequenceTagger fineTune(TaggedRows rows, FineTuneOptions options, TrainingRun run) {
    return TaggerTraining.fineTune(trained(), own, info(), rows, options, run);
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
    List<List<String>> found =
        answers.of(rows.stream().map(TaggedText::words).toList()).stream()
            .map(
                answer ->
                    IntStream.range(0, answer.size())
                        .mapToObj(t -> labels().get(answer.label(t)))
                        .toList())
            .toList();
    return TaggingCounts.of(labels(), rows, found, own::hasSeen);
  }

  /**
   * As {@link #evaluate(List)}, beside a baseline on the same rows.
   *
   * @param baseline trained on the rows that the tagger has learned from
   */
  public TaggingReport evaluate(List<TaggedText> rows, WordBaseline baseline) {
    List<List<String>> found = rows.stream().map(row -> baseline.tag(row.words())).toList();
    return evaluate(rows).beside(TaggingCounts.of(labels(), rows, found, own::hasSeen));
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
      List<List<TextCutter.Place>> cut = cut(text);
      places.add(cut);
      cut.forEach(sentence -> sentences.add(words(text, sentence)));
    }
    List<TaggerAnswers.Answer> found = answers.of(sentences);
    List<List<TaggedWord>> tagged = new ArrayList<>();
    int next = 0;
    for (List<List<TextCutter.Place>> text : places) {
      List<TaggedWord> words = new ArrayList<>();
      for (List<TextCutter.Place> sentence : text) {
        for (int t = 0; t < sentence.size(); t++) {
          TextCutter.Place place = sentence.get(t);
          words.add(
              word(sentences.get(next).get(t), found.get(next), t, place.start(), place.end()));
        }
        next++;
      }
      tagged.add(words);
    }
    return tagged;
  }

  private List<List<TextCutter.Place>> cut(String text) {
    return TextCutter.cut(text, word -> vocabulary().id(word) != Vocabulary.UNKNOWN);
  }

  private static List<String> words(String text, List<TextCutter.Place> sentence) {
    return sentence.stream().map(place -> text.substring(place.start(), place.end())).toList();
  }

  /**
   * The labels of a text, and how much each word of a sentence contributes to each of them:
   * gradient times input,
   *
   * <pre>
   * contribution_ts = sum_d  x_sd  dz_t / dx_sd
   * </pre>
   *
   * x_s being all that is read of word s, and z_t the score of the label of word t: what goes into
   * the softmax, or of a CRF the score without those of its neighbours. To first order it is what
   * the score would lose without the word. Sources: Denil et al., Extraction of salient sentences
   * from labelled documents, 2014; Shrikumar et al., Not just a black box, 2016.
   *
   * <p>The first call makes another network, with the same weights but for the tables.
   *
   * @param text any text
   * @return an explanation for each sentence; words stand where they stand in the text
   */
  public List<TagExplanation> explain(String text) {
    List<TaggedWord> words = tag(text);
    List<TagExplanation> explanations = new ArrayList<>();
    int from = 0;
    for (List<TextCutter.Place> sentence : cut(text)) {
      int to = from + sentence.size();
      explanations.add(explained(words.subList(from, to)));
      from = to;
    }
    return explanations;
  }

  /**
   * As {@link #explain}, of one sentence that was cut already.
   *
   * @throws DataException if there is an empty word
   */
  public TagExplanation explainWords(List<String> sentence) {
    return explained(tagWords(sentence));
  }

  private TagExplanation explained(List<TaggedWord> words) {
    return contributions.ask(each -> each.explain(words, own));
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
    List<TaggerAnswers.Answer> found = answers.of(sentences);
    List<List<TaggedWord>> tagged = new ArrayList<>();
    for (int i = 0; i < sentences.size(); i++) {
      List<TaggedWord> words = new ArrayList<>();
      int start = 0;
      for (int t = 0; t < sentences.get(i).size(); t++) {
        String word = sentences.get(i).get(t);
        words.add(word(word, found.get(i), t, start, start + word.length()));
        start += word.length() + 1;
      }
      tagged.add(words);
    }
    return tagged;
  }

  private TaggedWord word(String word, TaggerAnswers.Answer answer, int t, int start, int end) {
    return new TaggedWord(word, labels().get(answer.label(t)), answer.probability(t), start, end);
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

  @Override
  public PipelineType<SequenceTagger> type() {
    return TYPE;
  }

  @Override
  protected Map<String, Object> entries() {
    return own.entries();
  }

  /** Of words; affixes are put into buckets by a hash, see docs/tagging.md. */
  @Override
  protected Map<String, Integer> onnxIds() {
    return Vocabulary.IDS;
  }

  /** Of a CRF what follows what, since the graph gives scores: see docs/onnx.md. */
  @Override
  protected Map<String, Object> onnxEntries() {
    return LabelDecoder.of(trained())
        .crf()
        .<Map<String, Object>>map(
            crf -> Map.of("transitions", crf.transitions(), "start", crf.start(), "end", crf.end()))
        .orElse(Map.of());
  }

  /** As users ask: sentences of several lengths at once, which need a mask. */
  @Override
  protected void answerOnce() {
    FeedForwardLayer head =
        (FeedForwardLayer) trained().getLayer(SequenceTagging.LABELS).conf().getLayer();
    if (head.getNOut() != labels().size()) {
      throw new IllegalStateException(
          "it answers %d numbers for %d labels".formatted(head.getNOut(), labels().size()));
    }
    answers.of(List.of(List.of("a", "few", "words"), List.of("word")));
  }

  /**
   * The labels in the order of the output units: alphabetical (by UTF-16 code units), or as {@link
   * #of} got them.
   */
  public List<String> labels() {
    return own.labels();
  }

  /** Whether the labels mark spans, such as names, in IOB2 or a scheme like it. */
  public boolean marksSpans() {
    return SpanLabels.areSpans(labels());
  }

  /**
   * Whether anything is read of a word: it has a vector of its own, or how it is written is read,
   * or it has an English word vector. All others are the same to the tagger.
   */
  public boolean reads(String word) {
    TagEncoder.Word read = own.encoder().toAsk(List.of(List.of(word))).get(0).word(0);
    return vocabulary().id(TagEncoder.lower(List.of(word)).get(0)) != Vocabulary.UNKNOWN
        || read.affixes() > 0
        || read.vector() != null;
  }

  /** The words with a vector of their own, in lower case. */
  public Vocabulary vocabulary() {
    return own.encoder().vocabulary();
  }
}
