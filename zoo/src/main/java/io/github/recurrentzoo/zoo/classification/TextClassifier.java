package io.github.recurrentzoo.zoo.classification;

import io.github.recurrentzoo.layers.inference.Inference;
import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.model.ModelFileException;
import io.github.recurrentzoo.zoo.network.Replicas;
import io.github.recurrentzoo.zoo.onnx.OnnxPart;
import io.github.recurrentzoo.zoo.pipeline.ModelInfo;
import io.github.recurrentzoo.zoo.pipeline.Pipeline;
import io.github.recurrentzoo.zoo.pipeline.PipelineType;
import io.github.recurrentzoo.zoo.pipeline.TrainedOutside;
import io.github.recurrentzoo.zoo.preset.Presets;
import io.github.recurrentzoo.zoo.preset.UnknownPresetException;
import io.github.recurrentzoo.zoo.report.CrossValidation;
import io.github.recurrentzoo.zoo.text.Evidence;
import io.github.recurrentzoo.zoo.text.TextUnit;
import io.github.recurrentzoo.zoo.text.Vocabulary;
import io.github.recurrentzoo.zoo.text.WordSegmenter;
import io.github.recurrentzoo.zoo.training.FineTuneOptions;
import io.github.recurrentzoo.zoo.training.Provenance;
import io.github.recurrentzoo.zoo.training.TrainingDivergedException;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import io.github.recurrentzoo.zoo.training.TrainingStoppedException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * Puts texts into classes that it learned from labelled rows.
 *
 * <pre>{@code
 * TextClassifier classifier =
 *     TextClassifier.train(
 *         rows, TextClassification.builder().build(), TrainingOptions.builder().build());
 * Prediction prediction = classifier.predict("a small bird of the tropics");
 * }</pre>
 *
 * <p>Texts are cut into lower-cased words; the network reads the first {@code maxLength} of them
 * and knows the most frequent ones of the rows it learned from. A text without any word is read as
 * one unknown word.
 *
 * <p>Safe for use by several threads. As many answers are worked on at the same time as there are
 * processors, each in a network of its own with the same weights, which is made when it is needed.
 *
 * <p>To train or to ask sets the number of native threads per operation to one, unless the
 * environment variable OMP_NUM_THREADS is set: more of them make recurrent networks slower, often
 * many times. In ND4J's own operations that holds for the calling thread, in BLAS for the process.
 */
public final class TextClassifier extends Pipeline {
  /** What it is among the pipelines of the zoo. */
  public static final PipelineType<TextClassifier> TYPE =
      new PipelineType<>(TextClassification.TASK, TextClassifier.class, ClassifierFile::read);

  private static final int PROBE_WORDS = 50;

  private final TextEncoder encoder;
  private final List<String> labels;
  private final Calibration calibration;
  private final Supplier<NaiveBayes> baseline; // null for a classifier that was loaded
  private final Replicas<ComputationGraph> networks;
  private final Optional<Replicas<Inference>> inferences;
  private final Replicas<TextContributions> contributions;

  TextClassifier(
      ComputationGraph network,
      TextEncoder encoder,
      List<String> labels,
      Calibration calibration,
      Supplier<NaiveBayes> baseline,
      ModelInfo info) {
    super(network, info);
    this.encoder = encoder;
    this.labels = labels;
    this.calibration = calibration;
    this.baseline = baseline;
    networks = Replicas.of(network);
    inferences = Replicas.inferences(network, TextClassification.OUTPUT);
    contributions = new Replicas<>(() -> new TextContributions(network, encoder.maxLength()));
  }

  /**
   * Trains a new network.
   *
   * <p>A part of the rows, the same fraction of each label, is kept out of training and of the
   * vocabulary; after each epoch it decides by its loss which weights are the best so far, and
   * these are the ones that the classifier has. The same rows, options and seeds give the same
   * classifier to the bit, on the same machine with the same number of threads.
   *
   * @param rows at least two labels; a label of a single row is learned, but not validated
   * @param architecture the network; its vocabulary size is an upper bound, and its number of
   *     classes is replaced by the number of labels
   * @param training how to train
   * @throws DataException if the rows cannot be learned from: there are none, no label has two of
   *     them, there is only one label, or the texts have no words
   * @throws TrainingDivergedException if the loss becomes infinite or no number
   */
  public static TextClassifier train(
      List<LabeledText> rows, TextClassification architecture, TrainingOptions training) {
    return train(rows, architecture, training, TrainingRun.SILENT);
  }

  /**
   * As {@link #train(List, TextClassification, TrainingOptions)}, within a run, which hears how the
   * training goes on and may stop it.
   *
   * @throws TrainingStoppedException if the run stops it
   */
  public static TextClassifier train(
      List<LabeledText> rows,
      TextClassification architecture,
      TrainingOptions training,
      TrainingRun run) {
    return train(LabeledRows.of(rows), architecture, training, run);
  }

  /**
   * As {@link #train(List, TextClassification, TrainingOptions, TrainingRun)}, with validation rows
   * of one's own, without any, or with weights of the labels.
   *
   * @throws DataException also if a validation row or a weight has a label that no row has
   */
  public static TextClassifier train(
      LabeledRows rows,
      TextClassification architecture,
      TrainingOptions training,
      TrainingRun run) {
    return ClassifierTraining.train(rows, architecture, training, run);
  }

  /**
   * Trains a new network as {@link TextDefaults} says is good for such rows: no option is needed.
   * Few rows are all learned from, see {@link TextDefaults#rows}.
   */
  public static TextClassifier train(List<LabeledText> rows) {
    return train(rows, TrainingRun.SILENT);
  }

  /**
   * As {@link #train(List)}, within a run, which hears how the training goes on and may stop it.
   *
   * @throws TrainingStoppedException if the run stops it
   */
  public static TextClassifier train(List<LabeledText> rows, TrainingRun run) {
    TextDefaults defaults = TextDefaults.of(rows);
    return train(defaults.rows(rows), defaults.network().build(), defaults.training().build(), run);
  }

  /**
   * Puts a network that was trained in a loop of your own into a classifier. {@link
   * Provenance#trainedOutside} is true for it.
   *
   * @param network made by {@code architecture}; it is copied and stays as it is
   * @param architecture the entry that made it, without {@code evidence}; its vocabulary size and
   *     number of classes are replaced
   * @param vocabulary the words whose ids the network was trained with
   * @param labels two at least, in the order of the output units, none of them twice
   * @throws IllegalArgumentException if the network has other weights than vocabulary, labels and
   *     architecture ask for; the message names both shapes
   */
  public static TextClassifier of(
      ComputationGraph network,
      TextClassification architecture,
      Vocabulary vocabulary,
      List<String> labels) {
    if (Set.copyOf(labels).size() < labels.size()) {
      throw new IllegalArgumentException("The labels " + labels + " name a label twice");
    }
    if (architecture.evidence() != Evidence.NONE) {
      throw new IllegalArgumentException(
          "evidence is %s, but a network that was trained outside has no linear model to read; leave it at NONE"
              .formatted(architecture.evidence()));
    }
    if (architecture.embeddings().isPresent()) {
      throw new IllegalArgumentException(
          "embeddings is given, but a network that was trained outside brings its own word"
              + " vectors; leave it out");
    }
    TextClassification entry =
        architecture.toBuilder().vocabularySize(vocabulary.size()).classes(labels.size()).build();
    TextEncoder encoder = new TextEncoder(entry.unit(), vocabulary, entry.maxLength(), null);
    return TrainedOutside.put(
        entry,
        network,
        (copy, info) ->
            new TextClassifier(copy, encoder, List.copyOf(labels), Calibration.NONE, null, info));
  }

  /**
   * Trains this classifier's network further, on other rows or with other options. Words, labels
   * and the updater with its state stay as they are; this classifier is left as it is. Words that
   * it does not know are read as unknown ones.
   *
   * <p>A learning rate that has fallen to nearly 0, as with {@link TextDefaults}, stays there, so
   * that little is learned: {@link #fineTune} has a rate of its own.
   *
   * <p>The rows should be others than those it learned from: naive Bayes beside the network has
   * counted these, and on them it would seem better than it is.
   *
   * @param rows at least two labels, all of them known
   * @param training how to train
   * @return a new classifier
   * @throws DataException as for {@link #train}, or if the classifier does not know a label
   * @throws TrainingDivergedException if the loss becomes infinite or no number
   */
  public TextClassifier trainOn(List<LabeledText> rows, TrainingOptions training) {
    return trainOn(rows, training, TrainingRun.SILENT);
  }

  /**
   * As {@link #trainOn(List, TrainingOptions)}, within a run, which hears how the training goes on
   * and may stop it.
   *
   * @throws TrainingStoppedException if the run stops it
   */
  public TextClassifier trainOn(List<LabeledText> rows, TrainingOptions training, TrainingRun run) {
    return new ClassifierTraining(this, trained(), encoder).further(rows, training, run);
  }

  /**
   * Fits the network to other rows, from the weights that it has, and leaves this classifier as it
   * is. The new classifier answers with the labels of the rows: those that this one knows keep
   * their output weights, new ones get new weights, and those that the rows do not have are
   * dropped. Words keep their vectors; the most frequent new ones get new vectors, as many as the
   * options allow. {@link Provenance#origin} of the new classifier says what was mapped to what.
   *
   * <p>Which rows validate, and what is the same to the bit, is as in {@link #train}.
   *
   * @param rows at least two labels, which may be others
   * @param options what is frozen, and how to train
   * @return a new classifier
   * @throws DataException as for {@link #train}, or if the classifier knows none of the words and
   *     may not add any
   * @throws TrainingDivergedException if the loss becomes infinite or no number
   */
  public TextClassifier fineTune(List<LabeledText> rows, FineTuneOptions options) {
    return fineTune(rows, options, TrainingRun.SILENT);
  }

  /**
   * As {@link #fineTune(List, FineTuneOptions)}, within a run, which hears how the training goes on
   * and may stop it.
   *
   * @throws TrainingStoppedException if the run stops it
   */
  public TextClassifier fineTune(List<LabeledText> rows, FineTuneOptions options, TrainingRun run) {
    return fineTune(LabeledRows.of(rows), options, run);
  }

  /**
   * As {@link #fineTune(List, FineTuneOptions, TrainingRun)}, with validation rows of one's own,
   * without any, or with weights of the labels.
   *
   * @throws DataException also if a validation row or a weight has a label that no row has
   */
  public TextClassifier fineTune(LabeledRows rows, FineTuneOptions options, TrainingRun run) {
    return new ClassifierTraining(this, trained(), encoder).fineTune(rows, options, run);
  }

  /**
   * Stratified cross-validation: trains a classifier for each fold of the rows, on all others, and
   * measures it on this one.
   *
   * @param rows two of each label at least; a part of each fold's is drawn for validation, unless
   *     the rows are without validation. Validation rows of one's own are not used
   * @param folds how many, from two to the number of rows
   * @param run hears of each training one after the other; without checkpoints, as those belong to
   *     one training
   * @throws DataException as for {@link #train}, or if a label has a single row
   */
  public static CrossValidation crossValidate(
      LabeledRows rows,
      int folds,
      TextClassification architecture,
      TrainingOptions training,
      TrainingRun run) {
    return ClassifierTraining.crossValidate(rows, folds, architecture, training, run);
  }

  /**
   * Asks for the label of each row and counts how often it is right. A classifier that was just
   * trained (not loaded) is set beside {@link NaiveBayes}, trained on the same rows.
   *
   * @param rows with labels that the classifier knows
   * @throws DataException if there are no rows or one has a label that was not in training
   */
  public ClassificationReport evaluate(List<LabeledText> rows) {
    if (rows.isEmpty()) {
      throw new DataException("There are no rows to evaluate on; expected one at least.");
    }
    TokenRows encoded = encoder.rows(rows, labels);
    double[][] probabilities = probabilities(encoded.inputs());
    int[] expected = encoded.classes();
    int[] answered = Stream.of(probabilities).mapToInt(ClassProbabilities::best).toArray();
    ClassificationReport report =
        ClassificationReport.of(labels, expected, answered)
            .with(
                count(rows),
                ClassificationReport.Confidence.of(labels, rows, probabilities, expected));
    return baseline == null ? report : report.beside(baseline.get().evaluate(rows));
  }

  /** How much of the rows' texts is read, and how many of their words are known. */
  public TextCounts count(List<LabeledText> rows) {
    return TextCounts.of(encoder, rows.stream().map(LabeledText::text).toList());
  }

  /**
   * The label of a text. Probabilities are those of the network, at the temperature that makes
   * those of the validation rows the most likely, if their expected calibration error is lower so.
   *
   * @param text any text; without a word it is read as one unknown word
   * @throws NullPointerException if the text is null
   */
  public Prediction predict(String text) {
    return predict(Collections.singletonList(text)).get(0);
  }

  /**
   * The labels of texts, in their order. Many at once are answered faster than one by one, and
   * equally but for rounding.
   *
   * @throws NullPointerException if a text is null
   */
  public List<Prediction> predict(List<String> texts) {
    double[][] probabilities = probabilities(encoder.inputs(texts));
    List<Prediction> predictions = new ArrayList<>(probabilities.length);
    for (int i = 0; i < probabilities.length; i++) {
      predictions.add(Prediction.of(labels, probabilities[i], encoder.reading(texts.get(i))));
    }
    return predictions;
  }

  /**
   * The label of a text, and how much each of its words contributes to it: gradient times input,
   *
   * <pre>
   * contribution_t = sum_d  e_td  dz_c / de_td
   * </pre>
   *
   * e_t being the embedding of the word at step t and z_c the logit of the answer c: what goes into
   * the softmax, or into the sigmoid (its negative for the first of two labels). To first order it
   * is what the logit would lose without the word. Sources: Denil et al., Extraction of salient
   * sentences from labelled documents, 2014; Shrikumar et al., Not just a black box, 2016.
   *
   * <p>The first call makes another network, with the same weights but for the embedding.
   *
   * @param text any text; words behind the maximal length were not read, and are left out
   * @throws NullPointerException if the text is null
   */
  public Explanation explain(String text) {
    Prediction prediction = predict(text);
    int[] ids = encoder.ids(text);
    int answered = labels.indexOf(prediction.label());
    List<WordSegmenter.Span> spans = encoder.spans(text);
    float[][] evidence = encoder.evidenceParts(text, ids.length);
    double[] parts = contributions.ask(each -> each.of(ids, evidence, answered, labels.size()));
    List<Explanation.Word> words = new ArrayList<>(spans.size());
    for (int t = 0; t < spans.size(); t++) {
      WordSegmenter.Span span = spans.get(t);
      words.add(
          new Explanation.Word(
              span.start(), span.end(), span.word(), ids[t] != Vocabulary.UNKNOWN, parts[t]));
    }
    return new Explanation(text, prediction, words);
  }

  private double[][] probabilities(TextInputs texts) {
    double[][] probabilities =
        inferences.isPresent()
            ? inferences.get().ask(each -> ClassProbabilities.of(each, texts))
            : networks.ask(each -> ClassProbabilities.of(each, texts));
    return calibration.applied(probabilities);
  }

  /**
   * Loads a classifier, which answers as the saved one did, to the bit.
   *
   * @param file a file that {@link #save} made; it may lie within a jar, too
   * @throws ModelFileException if the file is missing, damaged, of another kind, for another task
   *     or in a newer format
   */
  public static TextClassifier load(Path file) {
    return TYPE.load(file);
  }

  /**
   * As {@link #load(Path)}, from a stream, such as {@code
   * Main.class.getResourceAsStream("/model.zip")}.
   *
   * @param model is read to its end and not closed
   */
  public static TextClassifier load(InputStream model) {
    return TYPE.load(model);
  }

  /**
   * A pretrained classifier, from the artifact recurrent-zoo-pretrained on the class path; nothing
   * is downloaded. {@link Presets} tells which there are.
   *
   * @param name such as {@code wordnet-lstm}
   * @throws UnknownPresetException if there is none of that name for this task, or the artifact is
   *     missing
   * @throws ModelFileException if the file is not the one that belongs to it
   */
  public static TextClassifier pretrained(String name) {
    return TYPE.pretrained(name);
  }

  @Override
  public PipelineType<TextClassifier> type() {
    return TYPE;
  }

  @Override
  protected List<OnnxPart> onnx() {
    return List.of(OnnxPart.whole(calibration.temperature()));
  }

  @Override
  protected Map<String, Integer> onnxIds() {
    return Vocabulary.IDS;
  }

  @Override
  protected Map<String, Object> entries() {
    return ClassifierFile.entries(encoder, labels, calibration);
  }

  /** As users ask: texts of several lengths at once, which need a mask, and for an explanation. */
  @Override
  protected void answerOnce() {
    int[] text =
        IntStream.range(0, Math.min(encoder.maxLength(), PROBE_WORDS))
            .map(t -> t % encoder.vocabulary().size())
            .toArray();
    List<float[]> evidence =
        encoder.evidence() == null ? List.of() : Collections.nCopies(2, encoder.evidence().of(""));
    for (double[] row : probabilities(new TextInputs(List.of(text, encoder.ids("")), evidence))) {
      if (row.length != labels.size()) {
        throw new IllegalStateException(
            "it answers %d numbers for %d labels".formatted(row.length, labels.size()));
      }
    }
    float[][] none = encoder.evidenceParts("", text.length);
    double[] parts = new TextContributions(trained(), text.length).of(text, none, 0, labels.size());
    if (DoubleStream.of(parts).anyMatch(Double::isNaN)) {
      throw new IllegalStateException("its explanations are NaN");
    }
  }

  /**
   * The labels in the order of the output units: alphabetical (by UTF-16 code units), or as {@link
   * #of} got them.
   */
  public List<String> labels() {
    return labels;
  }

  /** What it reads of a text step by step. */
  public TextUnit unit() {
    return encoder.unit();
  }

  /** The words that the network knows. */
  public Vocabulary vocabulary() {
    return encoder.vocabulary();
  }
}
