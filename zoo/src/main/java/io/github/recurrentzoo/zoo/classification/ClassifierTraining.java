package io.github.recurrentzoo.zoo.classification;

import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.network.NativeThreads;
import io.github.recurrentzoo.zoo.network.Networks;
import io.github.recurrentzoo.zoo.pipeline.Training;
import io.github.recurrentzoo.zoo.report.CrossValidation;
import io.github.recurrentzoo.zoo.text.ClassTexts;
import io.github.recurrentzoo.zoo.text.Evidence;
import io.github.recurrentzoo.zoo.text.EvidenceFit;
import io.github.recurrentzoo.zoo.text.TextUnit;
import io.github.recurrentzoo.zoo.text.Vocabulary;
import io.github.recurrentzoo.zoo.text.WordMean;
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
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** The trainings of a {@link TextClassifier}: from nothing, further, and on other labels. */
final class ClassifierTraining {
  private final TextClassifier classifier;
  private final ComputationGraph network;
  private final TextEncoder encoder;
  private final List<String> labels;

  /**
   * For the trainings that begin with a classifier.
   *
   * @param network its own one, which stays as it is
   */
  ClassifierTraining(TextClassifier classifier, ComputationGraph network, TextEncoder encoder) {
    this.classifier = classifier;
    this.network = network;
    this.encoder = encoder;
    this.labels = classifier.labels();
  }

  /** Makes something when it is first asked for. */
  private static final class Once<T> implements Supplier<T> {
    private Supplier<T> maker; // with the rows, until it has made it
    private T made;

    Once(Supplier<T> maker) {
      this.maker = maker;
    }

    @Override
    public synchronized T get() {
      if (made == null) {
        made = maker.get();
        maker = null;
      }
      return made;
    }
  }

  /**
   * See {@link TextClassifier#train(LabeledRows, TextClassification, TrainingOptions,
   * TrainingRun)}.
   */
  static TextClassifier train(
      LabeledRows rows,
      TextClassification architecture,
      TrainingOptions training,
      TrainingRun run) {
    NativeThreads.useOne();
    training.refuseTeacherForcing("a text classifier");
    List<String> labels = labelsOf(rows.rows());
    StratifiedSplit split = rows.split(training);
    TextEncoder encoder =
        TextEncoder.of(split.training().stream().map(LabeledText::text).toList(), architecture);
    if (encoder.vocabulary().words().isEmpty()) {
      throw noWords(split.training().size());
    }
    Optional<TextVectors> vectors =
        architecture
            .embeddings()
            .map(source -> TextVectors.of(source, encoder.vocabulary(), wordsOf(rows.all())));
    Vocabulary words = vectors.map(TextVectors::inTraining).orElse(encoder.vocabulary());
    TextClassification entry =
        architecture.toBuilder().vocabularySize(words.size()).classes(labels.size()).build();
    ComputationGraph network = entry.init();
    vectors.ifPresent(known -> known.fill(network));
    Optional<EvidenceFit> fit =
        entry.evidence() == Evidence.NONE
            ? Optional.empty()
            : Optional.of(
                fit(
                    entry.evidence(),
                    encoder.unit(),
                    split.training(),
                    labels,
                    vectors.map(known -> TextVectors.means(network, words)).orElse(null),
                    training));
    fit.ifPresent(
        counted -> {
          ClassHead.beginWithEvidence(network, labels.size());
          ClassHead.beginWithPriors(network, counted.logPriors());
        });
    Map<String, Object> description = entry.describe();
    description.put(
        "vocabularySize", vectors.map(TextVectors::all).orElse(encoder.vocabulary()).size());
    return trained(
        network,
        encoder.with(words),
        fit,
        vectors,
        labels,
        rows,
        split,
        description,
        training,
        null,
        run);
  }

  private static Iterable<List<String>> wordsOf(List<LabeledText> rows) {
    return TextEncoder.words(TextUnit.WORDS, rows.stream().map(LabeledText::text).toList());
  }

  private static EvidenceFit fit(
      Evidence kind,
      TextUnit unit,
      List<LabeledText> rows,
      List<String> labels,
      WordMean means,
      TrainingOptions training) {
    return EvidenceFit.of(
        kind,
        new ClassTexts(
            unit,
            rows.stream().map(LabeledText::text).toList(),
            IntStream.of(TextEncoder.classes(rows, labels)).boxed().toList(),
            labels.size()),
        means,
        training.seed());
  }

  /** See {@link TextClassifier#trainOn(List, TrainingOptions, TrainingRun)}. */
  TextClassifier further(List<LabeledText> rows, TrainingOptions training, TrainingRun run) {
    NativeThreads.useOne();
    training.refuseTeacherForcing("a text classifier");
    labelsOf(rows);
    TextEncoder.classes(rows, labels); // refuses unknown labels by the number of their row
    LabeledRows learned = LabeledRows.of(rows);
    return trained(
        classifier.network(),
        encoder,
        Optional.empty(),
        Optional.empty(),
        labels,
        learned,
        learned.split(training),
        classifier.info().architecture(),
        training,
        new FineTuneOrigin(classifier.provenance(), null, null),
        run);
  }

  /** See {@link TextClassifier#fineTune(LabeledRows, FineTuneOptions, TrainingRun)}. */
  TextClassifier fineTune(LabeledRows rows, FineTuneOptions options, TrainingRun run) {
    NativeThreads.useOne();
    TrainingOptions training = options.training();
    training.refuseTeacherForcing("a text classifier");
    List<String> newLabels = labelsOf(rows.rows());
    StratifiedSplit split = rows.split(training);
    List<String> texts = split.training().stream().map(LabeledText::text).toList();
    // A word that the vectors do not know would get one that is drawn and never trained.
    int newWords = classifier.info().option("embeddings") == null ? options.newWords() : 0;
    TextEncoder extended = encoder.extended(texts, newWords);
    FineTuneMapping mapping = mapping(newLabels, texts, extended.vocabulary());
    TunedNetwork tuned = new TunedNetwork(network, options, TextClassification.OUTPUT);
    tuned.inputs("embedding", extended.vocabulary().size()).newHead();
    OutputLayer head = (OutputLayer) tuned.layer(TextClassification.OUTPUT);
    TextClassification.setClasses(head, newLabels.size());
    Optional<EvidenceFit> fit = Optional.empty();
    if (encoder.evidence() != null) {
      fit =
          Optional.of(
              fit(
                  ClassifierFile.evidenceOf(classifier.info()),
                  encoder.unit(),
                  split.training(),
                  newLabels,
                  classifier.info().option("embeddings") == null
                      ? null
                      : TextVectors.means(network, encoder.vocabulary()),
                  training));
      head.setNIn(
          head.getNIn()
              - TextClassification.evidenceSize(labels.size())
              + TextClassification.evidenceSize(newLabels.size()));
    }
    ComputationGraph copy = tuned.start();
    ClassHead.copy(network, labels, copy, newLabels);
    fit.ifPresent(counted -> ClassHead.beginWithEvidence(copy, newLabels.size()));
    Map<String, Object> architecture = tuned.describe(classifier.info().architecture());
    architecture.put("vocabularySize", extended.vocabulary().size());
    architecture.put("classes", newLabels.size());
    TextClassifier result =
        trained(
            copy,
            extended,
            fit,
            Optional.empty(),
            newLabels,
            rows,
            split,
            architecture,
            training,
            new FineTuneOrigin(classifier.provenance(), options, mapping),
            run);
    tuned.finish();
    return result;
  }

  /** See {@link TextClassifier#crossValidate}. */
  static CrossValidation crossValidate(
      LabeledRows rows,
      int folds,
      TextClassification architecture,
      TrainingOptions training,
      TrainingRun run) {
    run.refuseCheckpoints("cross-validation");
    List<CrossValidation.Fold> measured = new ArrayList<>();
    for (StratifiedSplit fold : StratifiedSplit.folds(rows.rows(), folds, training.seed())) {
      ClassificationReport report =
          train(
                  new LabeledRows(
                      fold.training(), rows.validation().filter(List::isEmpty), rows.weights()),
                  architecture,
                  training,
                  run)
              .evaluate(fold.test());
      measured.add(
          new CrossValidation.Fold(
              report.rows(),
              (int) Math.round(report.accuracy() * report.rows()),
              new ClassificationPart(report, List.of()).figures()));
    }
    return new CrossValidation(measured);
  }

  private FineTuneMapping mapping(List<String> newLabels, List<String> texts, Vocabulary extended) {
    List<String> words = new ArrayList<>();
    TextEncoder.words(encoder.unit(), texts).forEach(words::addAll);
    FineTuneMapping.Symbols counts =
        FineTuneMapping.Symbols.of("words", words, encoder.vocabulary().words(), extended.words());
    if (counts.known() + counts.added() == 0) {
      throw new DataException(
          "The classifier knows none of the "
              + counts.unknown()
              + " different words of the "
              + texts.size()
              + " texts to learn from, and may not add any. Check that the right column was taken"
              + " for the texts and that they are in the language of the model; or let words be"
              + " added (newWords), with nothing frozen.");
    }
    return new FineTuneMapping(
        List.of(FineTuneMapping.Names.of("labels", labels, newLabels)), List.of(counts));
  }

  private static TextClassifier trained(
      ComputationGraph network,
      TextEncoder words,
      Optional<EvidenceFit> fit,
      Optional<TextVectors> vectors,
      List<String> labels,
      LabeledRows rows,
      StratifiedSplit split,
      Map<String, Object> architecture,
      TrainingOptions training,
      FineTuneOrigin origin,
      TrainingRun run) {
    List<LabeledText> all = rows.all();
    TextEncoder encoder = fit.map(EvidenceFit::evidence).map(words::with).orElse(words);
    TokenRows learned = encoder.rows(split.training(), labels);
    if (fit.isPresent()) {
      learned = learned.with(fit.get().inputs());
    }
    TokenRows validation = encoder.rows(split.test(), labels);
    Supplier<NaiveBayes> baseline =
        new Once<>(() -> NaiveBayes.train(encoder.unit(), split.training(), split.test()));
    return new Training(
            TextClassification.TASK,
            network,
            architecture,
            training,
            all.size(),
            digest(all),
            origin)
        .dependsOnGiven("validation rows", rows.validation().map(List::size).orElse(null))
        .dependsOnGiven("class weights", rows.weights().isNone() ? null : rows.weights())
        .run(
            new ClassificationTask(
                rows.weights().of(labels, split.training().stream().map(LabeledText::label)),
                learned,
                validation,
                training.batchSize(split.training().size()),
                architecture.get("labelSmoothing") instanceof Double smoothing ? smoothing : 0),
            run,
            info -> {
              boolean mends = fit.isPresent() && origin == null;
              ComputationGraph made =
                  vectors
                      .map(known -> known.withAll(network))
                      .orElseGet(() -> mends ? Networks.copyToTrainOn(network) : network);
              if (mends) {
                ClassHead.addEvidence(made, labels.size(), validation);
              }
              return new TextClassifier(
                  made,
                  vectors
                      .map(known -> encoder.with(known.all(), TextVectors.means(made, known.all())))
                      .orElse(encoder),
                  labels,
                  calibration(made, validation),
                  baseline,
                  info);
            });
  }

  static Calibration calibration(ComputationGraph network, TokenRows validation) {
    return Calibration.fit(
        ClassProbabilities.unchecked(network, validation.inputs()), validation.classes());
  }

  static DataException noWords(long texts) {
    return new DataException(
        "There is not one word in the "
            + texts
            + " texts to learn from; expected some at least. Check that the right column was"
            + " taken for the texts.");
  }

  private static RowDigest digest(List<LabeledText> rows) {
    RowDigest digest = new RowDigest();
    rows.forEach(row -> digest.add(row.label()).add(row.text()));
    return digest;
  }

  private static List<String> labelsOf(List<LabeledText> rows) {
    if (rows.isEmpty()) {
      throw new DataException(
          "There are no rows to learn from; expected two rows of each of two labels at least.");
    }
    TreeSet<String> labels = new TreeSet<>();
    rows.forEach(row -> labels.add(row.label()));
    if (labels.size() == 1) {
      throw new DataException(
          "All "
              + rows.size()
              + " rows have the label \""
              + labels.first()
              + "\"; a classifier needs two labels at least. Add rows of another label, and check"
              + " that the right column was taken for the labels.");
    }
    return List.copyOf(labels);
  }
}
