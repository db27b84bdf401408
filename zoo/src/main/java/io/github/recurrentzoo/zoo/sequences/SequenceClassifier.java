package io.github.recurrentzoo.zoo.sequences;

import io.github.recurrentzoo.layers.inference.Inference;
import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.model.ModelFileException;
import io.github.recurrentzoo.zoo.network.Replicas;
import io.github.recurrentzoo.zoo.onnx.OnnxPart;
import io.github.recurrentzoo.zoo.pipeline.ModelEntries;
import io.github.recurrentzoo.zoo.pipeline.ModelInfo;
import io.github.recurrentzoo.zoo.pipeline.Pipeline;
import io.github.recurrentzoo.zoo.pipeline.PipelineType;
import io.github.recurrentzoo.zoo.pipeline.TrainedOutside;
import io.github.recurrentzoo.zoo.preset.Presets;
import io.github.recurrentzoo.zoo.preset.UnknownPresetException;
import io.github.recurrentzoo.zoo.series.Scaler;
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
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * Puts sequences of numbers into classes that it learned from labelled rows: windows of sensors,
 * strokes, heart beats.
 *
 * <pre>{@code
 * List<LabeledSequence> rows = LabeledSequenceReader.builder().build().read(Path.of("moves.csv"));
 * SequenceClassifier classifier = SequenceClassifier.train(rows);
 * SequencePrediction prediction = classifier.predict(new double[][] {{0.1, 0.4, 0.2}});
 * }</pre>
 *
 * <p>Each channel is scaled to mean 0 and standard deviation 1 in the training rows. Sequences may
 * differ in length. A missing value, NaN, is read as such if values are missing in the training
 * rows, too; otherwise it is refused.
 *
 * <p>Safe for use by several threads, and sets the number of native threads per operation to one,
 * as {@code TextClassifier} is and does.
 */
public final class SequenceClassifier extends Pipeline {
  /** What it is among the pipelines of the zoo. */
  public static final PipelineType<SequenceClassifier> TYPE =
      new PipelineType<>(
          SequenceClassification.TASK, SequenceClassifier.class, SequenceClassifier::read);

  private static final String LABELS = "labels";
  private static final String CHANNELS = "channels";
  private static final int PROBE_STEPS = 50;

  private final SequenceEncoder encoder;
  private final Frames frames;
  private final List<String> labels;
  private final Replicas<ComputationGraph> networks;
  private final Optional<Replicas<Inference>> inferences; // none with a convolution

  SequenceClassifier(
      ComputationGraph network,
      SequenceEncoder encoder,
      Frames frames,
      List<String> labels,
      ModelInfo info) {
    super(network, info);
    this.encoder = encoder;
    this.frames = frames;
    this.labels = labels;
    networks = Replicas.of(network);
    inferences = Replicas.inferences(network, SequenceClassification.OUTPUT);
  }

  /**
   * Trains a new network. A part of the rows, the same fraction of each label, is kept out of
   * training; after each epoch, the loss there decides which weights are the best so far, and these
   * are the ones that stay. The same rows, options and seeds give the same classifier to the bit,
   * on the same machine with the same number of threads.
   *
   * @param rows at least two labels; a label of a single row is learned, but not validated. Rows of
   *     the same group are either learned from or validate
   * @param architecture the network; its numbers of channels and classes are replaced, and it reads
   *     missing values, too, if there are some in the rows
   * @param training how to train
   * @throws DataException if the rows cannot be learned from
   * @throws TrainingDivergedException if the loss becomes infinite or no number
   */
  public static SequenceClassifier train(
      List<LabeledSequence> rows, SequenceClassification architecture, TrainingOptions training) {
    return train(rows, architecture, training, TrainingRun.SILENT);
  }

  /**
   * As {@link #train(List, SequenceClassification, TrainingOptions)}, within a run, which hears how
   * the training goes on and may stop it.
   *
   * @throws TrainingStoppedException if the run stops it
   */
  public static SequenceClassifier train(
      List<LabeledSequence> rows,
      SequenceClassification architecture,
      TrainingOptions training,
      TrainingRun run) {
    return ClassifierTraining.train(
        SequenceRows.drawn(rows, training), architecture, training, run);
  }

  /**
   * As {@link #train(List, SequenceClassification, TrainingOptions, TrainingRun)}, with validation
   * rows of one's own.
   *
   * @param validation chooses the best epoch; if it is empty, all epochs are trained and the
   *     weights of the last one stay
   * @throws DataException also if a validation row has a label that no row has
   */
  public static SequenceClassifier train(
      List<LabeledSequence> rows,
      List<LabeledSequence> validation,
      SequenceClassification architecture,
      TrainingOptions training,
      TrainingRun run) {
    return ClassifierTraining.train(
        SequenceRows.given(rows, validation), architecture, training, run);
  }

  /** Trains a new network as {@link SequenceDefaults} says is good: no option is needed. */
  public static SequenceClassifier train(List<LabeledSequence> rows) {
    return train(rows, TrainingRun.SILENT);
  }

  /**
   * As {@link #train(List)}, within a run, which hears how the training goes on and may stop it.
   *
   * @throws TrainingStoppedException if the run stops it
   */
  public static SequenceClassifier train(List<LabeledSequence> rows, TrainingRun run) {
    SequenceDefaults defaults = SequenceDefaults.of(rows);
    return train(rows, defaults.network().build(), defaults.training().build(), run);
  }

  /**
   * Puts a network that was trained in a loop of your own into a classifier. {@link
   * Provenance#trainedOutside} is true for it.
   *
   * @param network made by {@code architecture}; it is copied and stays as it is
   * @param architecture the entry that made it; its numbers of channels and classes are replaced
   * @param scalers what the values of each channel were scaled by
   * @param labels two at least, in the order of the output units, none of them twice
   * @throws IllegalArgumentException if the network has other weights than channels, labels and
   *     architecture ask for; the message names both shapes
   */
  public static SequenceClassifier of(
      ComputationGraph network,
      SequenceClassification architecture,
      List<Scaler> scalers,
      List<String> labels) {
    if (Set.copyOf(labels).size() < labels.size()) {
      throw new IllegalArgumentException("The labels " + labels + " name a label twice");
    }
    SequenceClassification entry =
        architecture.toBuilder().channels(scalers.size()).classes(labels.size()).build();
    SequenceEncoder encoder = new SequenceEncoder(scalers, entry.missing());
    return TrainedOutside.put(
        entry,
        network,
        (copy, info) ->
            new SequenceClassifier(copy, encoder, entry.frames(), List.copyOf(labels), info));
  }

  /**
   * Trains this classifier's network further, on other rows or with other options. Scaling, labels
   * and the updater with its state stay as they are; this classifier is left as it is.
   *
   * @param rows with labels that the classifier knows
   * @param training how to train
   * @return a new classifier
   * @throws DataException as for {@link #train}, or if the classifier does not know a label
   * @throws TrainingDivergedException if the loss becomes infinite or no number
   */
  public SequenceClassifier trainOn(List<LabeledSequence> rows, TrainingOptions training) {
    return trainOn(rows, training, TrainingRun.SILENT);
  }

  /**
   * As {@link #trainOn(List, TrainingOptions)}, within a run, which hears how the training goes on
   * and may stop it.
   *
   * @throws TrainingStoppedException if the run stops it
   */
  public SequenceClassifier trainOn(
      List<LabeledSequence> rows, TrainingOptions training, TrainingRun run) {
    return new ClassifierTraining(this, trained(), encoder).further(rows, training, run);
  }

  /**
   * Fits the network to other rows, from the weights that it has, and leaves this classifier as it
   * is. The new classifier answers with the labels of the rows: those that this one knows keep
   * their output weights, new ones get new weights, and those that the rows do not have are
   * dropped. Values are scaled as they were. {@link Provenance#origin} of the new classifier says
   * what was mapped to what.
   *
   * @param rows with the same channels, and two labels at least, which may be others
   * @param options what is frozen, and how to train
   * @return a new classifier
   * @throws DataException as for {@link #train}, or if the rows have other channels
   * @throws TrainingDivergedException if the loss becomes infinite or no number
   */
  public SequenceClassifier fineTune(List<LabeledSequence> rows, FineTuneOptions options) {
    return fineTune(rows, options, TrainingRun.SILENT);
  }

  /**
   * As {@link #fineTune(List, FineTuneOptions)}, within a run, which hears how the training goes on
   * and may stop it.
   *
   * @throws TrainingStoppedException if the run stops it
   */
  public SequenceClassifier fineTune(
      List<LabeledSequence> rows, FineTuneOptions options, TrainingRun run) {
    return new ClassifierTraining(this, trained(), encoder)
        .fineTune(SequenceRows.drawn(rows, options.training()), options, run);
  }

  /**
   * As {@link #fineTune(List, FineTuneOptions, TrainingRun)}, with validation rows of one's own.
   *
   * @param validation chooses the best epoch; if it is empty, all epochs are trained and the
   *     weights of the last one stay
   * @throws DataException also if a validation row has a label that no row has
   */
  public SequenceClassifier fineTune(
      List<LabeledSequence> rows,
      List<LabeledSequence> validation,
      FineTuneOptions options,
      TrainingRun run) {
    return new ClassifierTraining(this, trained(), encoder)
        .fineTune(SequenceRows.given(rows, validation), options, run);
  }

  /** What the digest of rows is made of: of each sequence its label and its values. */
  public static List<String> parts(List<LabeledSequence> rows) {
    return SequenceRows.parts(rows);
  }

  /**
   * Asks for the label of each sequence and counts how often it is right.
   *
   * @param rows with labels that the classifier knows
   * @throws DataException if there are no rows or one has a label that was not in training
   */
  public SequenceReport evaluate(List<LabeledSequence> rows) {
    if (rows.isEmpty()) {
      throw new DataException("There are no sequences to evaluate on; expected one at least.");
    }
    List<Integer> expected = ClassifierTraining.classes(rows, labels);
    double[][] probabilities = probabilities(encoder.encode(rows));
    return SequenceReport.of(labels, rows, expected, probabilities);
  }

  /**
   * As {@link #evaluate(List)}, beside a baseline on the same rows.
   *
   * @param baseline that knows the rows that the classifier has learned from
   */
  public SequenceReport evaluate(List<LabeledSequence> rows, NearestNeighbor baseline) {
    return evaluate(rows).beside(baseline.name(), baseline.predict(rows), rows);
  }

  /**
   * The label of a sequence.
   *
   * @param channels [D][T], the channels in the order of the training; NaN for a missing value
   * @throws DataException if it has other channels, or lacks a value where none may be missing
   */
  public SequencePrediction predict(double[][] channels) {
    return predict(List.<double[][]>of(channels)).get(0);
  }

  /**
   * The labels of sequences, in their order. Many at once are answered faster than one by one, and
   * equally but for rounding.
   */
  public List<SequencePrediction> predict(List<double[][]> sequences) {
    List<LabeledSequence> rows = new ArrayList<>(sequences.size());
    for (int i = 0; i < sequences.size(); i++) {
      String name = sequences.size() == 1 ? "" : Integer.toString(i + 1);
      rows.add(LabeledSequence.unlabeled(name, sequences.get(i)));
    }
    return predictRows(rows);
  }

  /** As {@link #predict(List)}, of sequences whose labels do not matter. */
  public List<SequencePrediction> predictRows(List<LabeledSequence> rows) {
    double[][] probabilities = probabilities(encoder.encode(rows));
    return IntStream.range(0, rows.size())
        .mapToObj(i -> SequencePrediction.of(labels, probabilities[i], rows.get(i).length()))
        .toList();
  }

  private double[][] probabilities(List<float[]> rows) {
    return inferences.isPresent()
        ? inferences.get().ask(network -> SequenceProbabilities.of(network, rows, frames))
        : networks.ask(network -> SequenceProbabilities.of(network, rows, frames));
  }

  /**
   * Answers step by step, as the steps of a sequence come in.
   *
   * @return a stream at the beginning of a sequence, with weights of its own; for one thread at a
   *     time
   * @throws UnsupportedOperationException if the network reads in both directions: it has to see
   *     the end of a sequence first
   */
  public SequenceStream stream() {
    if (Boolean.TRUE.equals(info().option("bidirectional"))) {
      throw new UnsupportedOperationException(
          "The network reads sequences in both directions, so it cannot answer before it has seen the end. Train one in one direction (bidirectional false), or ask with predict.");
    }
    return new SequenceStream(trained(), encoder, frames, labels);
  }

  /**
   * Loads a classifier, which answers as the saved one did, to the bit.
   *
   * @param file a file that {@link #save} made; it may lie within a jar, too
   * @throws ModelFileException if the file is missing, damaged, of another kind, for another task
   *     or in a newer format
   */
  public static SequenceClassifier load(Path file) {
    return TYPE.load(file);
  }

  /**
   * As {@link #load(Path)}, from a stream, such as {@code
   * Main.class.getResourceAsStream("/model.zip")}.
   *
   * @param model is read to its end and not closed
   */
  public static SequenceClassifier load(InputStream model) {
    return TYPE.load(model);
  }

  /**
   * A pretrained classifier, from the artifact recurrent-zoo-pretrained on the class path; nothing
   * is downloaded. {@link Presets} tells which there are.
   *
   * @param name such as {@code control-charts-lstm}
   * @throws UnknownPresetException if there is none of that name for this task, or the artifact is
   *     missing
   * @throws ModelFileException if the file is not the one that belongs to it
   */
  public static SequenceClassifier pretrained(String name) {
    return TYPE.pretrained(name);
  }

  private static SequenceClassifier read(ModelEntries entries, ModelInfo info) {
    List<String> labels = entries.distinct(LABELS);
    entries.checkSize(LABELS, labels.size(), entries.outputSize(SequenceClassification.OUTPUT));
    Channels channels = entries.read(CHANNELS, Channels.class);
    if (channels.scalers() == null
        || channels.scalers().isEmpty()
        || channels.scalers().contains(null)) {
      throw entries.damaged(CHANNELS, "lacks the scaling of a channel");
    }
    SequenceEncoder encoder = new SequenceEncoder(channels.scalers(), channels.missing());
    entries.checkInteger(info, "filters", 0, Integer.MAX_VALUE);
    entries.checkInteger(info, "filterWidth", 1, 10_000);
    entries.checkInteger(info, "stride", 1, 10_000);
    boolean convolves = info.integer("filters") > 0;
    Frames frames =
        new Frames(
            encoder.size(),
            convolves ? info.integer("filterWidth") : 1,
            convolves ? info.integer("stride") : 1);
    if (convolves) {
      entries.checkSize(
          CHANNELS, frames.frameSize(), entries.inputSize(SequenceClassification.CONVOLUTION));
    }
    return new SequenceClassifier(entries.network(), encoder, frames, labels, info);
  }

  /** The entry {@code channels.json}. */
  record Channels(List<Scaler> scalers, boolean missing) {}

  @Override
  public PipelineType<SequenceClassifier> type() {
    return TYPE;
  }

  @Override
  protected Map<String, Object> entries() {
    return Map.of(LABELS, labels, CHANNELS, new Channels(encoder.scalers(), encoder.missing()));
  }

  @Override
  protected List<OnnxPart> onnx() {
    return List.of(OnnxPart.ofNumbers());
  }

  /** As users ask: sequences of several lengths at once, which need a mask. */
  @Override
  protected void answerOnce() {
    double[][] longer = new double[encoder.channels()][PROBE_STEPS];
    double[][] shorter = new double[encoder.channels()][PROBE_STEPS / 2];
    for (SequencePrediction answer : predict(List.of(longer, shorter))) {
      if (answer.probabilities().size() != labels.size()) {
        throw new IllegalStateException(
            "it answers %d numbers for %d labels"
                .formatted(answer.probabilities().size(), labels.size()));
      }
    }
  }

  /**
   * The labels in the order of the output units: alphabetical (by UTF-16 code units), or as {@link
   * #of} got them.
   */
  public List<String> labels() {
    return labels;
  }

  /** The number of channels. */
  public int channels() {
    return encoder.channels();
  }

  /** Whether values may be missing. */
  public boolean readsMissing() {
    return encoder.missing();
  }
}
