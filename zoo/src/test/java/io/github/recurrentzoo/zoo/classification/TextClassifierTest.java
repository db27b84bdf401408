package io.github.recurrentzoo.zoo.classification;

import static io.github.recurrentzoo.zoo.Learning.assertAtLeast;
import static io.github.recurrentzoo.zoo.Learning.assertBelow;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.Learning;
import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.model.ModelFile;
import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.training.Provenance;
import io.github.recurrentzoo.zoo.training.TrainingDivergedException;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingProgress;
import io.github.recurrentzoo.zoo.training.TrainingProgress.BatchEvent;
import io.github.recurrentzoo.zoo.training.TrainingProgress.EpochEvent;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

class TextClassifierTest {
  private static final String[] FILLERS = "the a of with and some very old new".split(" ", -1);

  /** Texts whose class is decided by one word among fillers. */
  private static List<LabeledText> rows(int size, String... labels) {
    Random random = new Random(4);
    List<LabeledText> rows = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      String label = labels[i % labels.length];
      List<String> words = new ArrayList<>();
      int length = 1 + random.nextInt(6);
      for (int w = 0; w < length; w++) {
        words.add(FILLERS[random.nextInt(FILLERS.length)]);
      }
      words.add(random.nextInt(length + 1), "is" + label + random.nextInt(2));
      rows.add(new LabeledText(String.join(" ", words), label));
    }
    return rows;
  }

  private static TextClassification.Builder small(Recurrence recurrence) {
    return TextClassification.builder()
        .recurrence(recurrence)
        .embeddingSize(8)
        .hiddenSize(8)
        .updater(new Adam(0.02));
  }

  private static TrainingOptions epochs(int epochs) {
    return TrainingOptions.builder().epochs(epochs).batchSize(16).patience(epochs).build();
  }

  @TempDir Path folder;

  /** The network in the classifier, by way of its file. */
  private ComputationGraph network(TextClassifier classifier) {
    Path file = folder.resolve("network.zip");
    classifier.save(file);
    return ModelFile.read(file, "text-classification").network();
  }

  private static TextClassifier train(List<LabeledText> rows, TextClassification.Builder entry) {
    return TextClassifier.train(rows, entry.build(), epochs(2));
  }

  @Tag("learning")
  @ParameterizedTest
  @EnumSource(Recurrence.class)
  void itLearnsWhatCanBeLearned(Recurrence recurrence) {
    for (String[] labels : new String[][] {{"x", "y"}, {"x", "y", "z"}}) {
      TextClassifier classifier =
          TextClassifier.train(
              rows(300, labels),
              small(recurrence).seed(Learning.seed()).build(),
              TrainingOptions.builder().epochs(12).batchSize(16).seed(Learning.seed()).build());
      double accuracy = classifier.evaluate(rows(90, labels)).accuracy();
      assertAtLeast("accuracy of " + recurrence, accuracy, 0.98, "1");
      assertEquals("y", classifier.predict("the very old isy1").label());
    }
  }

  @ParameterizedTest
  @EnumSource(Recurrence.class)
  void theSameSeedGivesTheSameClassifierToTheBit(Recurrence recurrence) {
    List<LabeledText> rows = rows(120, "x", "y", "z");
    TextClassification.Builder entry = small(recurrence).dropout(0.3).bidirectional(true).layers(2);
    TextClassifier classifier = train(rows, entry);
    Prediction first = classifier.predict("the isx1");
    INDArray weights = network(classifier).params();
    Nd4j.getRandom().setSeed(77);
    Nd4j.rand(100);
    TextClassifier again = train(rows, entry);
    assertEquals(first, again.predict("the isx1"));
    assertArrayEquals(weights.toFloatVector(), network(again).params().toFloatVector());
    assertNotEquals(first, train(rows, entry.seed(6)).predict("the isx1"));
    entry.seed(42);
    TrainingOptions otherSeed = TrainingOptions.builder().epochs(2).batchSize(16).seed(6).build();
    assertNotEquals(
        first, TextClassifier.train(rows, entry.build(), otherSeed).predict("the isx1"));
  }

  /** Hears all and keeps it. */
  private static final class Recorder implements TrainingProgress {
    final List<BatchEvent> batches = new ArrayList<>();
    final List<EpochEvent> epochs = new ArrayList<>();

    @Override
    public void onBatch(BatchEvent event) {
      batches.add(event);
    }

    @Override
    public void onEpoch(EpochEvent event) {
      epochs.add(event);
    }
  }

  /** Three epochs at least, a hundred at most: nobody is told the time of a hundred. */
  @Test
  void theTimeLeftKnowsOfEarlyStopping() {
    Recorder recorder = new Recorder();
    TrainingOptions training =
        TrainingOptions.builder().epochs(100).patience(2).batchSize(16).build();
    TextClassification.Builder entry =
        small(Recurrence.LSTM)
            .updater(new Adam(new ExponentialSchedule(ScheduleType.EPOCH, 1e-9, 0.5)));
    TextClassifier.train(rows(100, "x", "y"), entry.build(), training, TrainingRun.of(recorder));
    BatchEvent first = recorder.batches.get(0);
    assertEquals(90, recorder.batches.get(5).rows());
    assertEquals(1e-9, first.learningRate());
    assertEquals(0.5e-9, recorder.batches.get(6).learningRate());
    double part = (double) first.remaining().toNanos() / first.longest().toNanos();
    double done = first.rows() / 90.0;
    assertEquals((3 - done) / (100 - done), part, 0.01);
    assertTrue(recorder.batches.stream().allMatch(b -> b.remaining().compareTo(b.longest()) < 0));
    assertTrue(recorder.batches.stream().noneMatch(b -> b.remaining().isNegative()));
  }

  @Test
  void progressIsTold() {
    Recorder recorder = new Recorder();
    TextClassifier.train(
        rows(100, "x", "y"),
        small(Recurrence.SIMPLE_RNN).build(),
        epochs(3),
        TrainingRun.of(recorder));
    assertEquals(3 * 6, recorder.batches.size(), "90 rows in batches of 16, three times");
    BatchEvent seventh = recorder.batches.get(6);
    assertEquals(2, seventh.epoch());
    assertEquals(3, seventh.epochs());
    assertEquals(1, seventh.step());
    assertEquals(6, seventh.steps());
    assertTrue(recorder.batches.get(0).remaining().toNanos() > 0);
    assertTrue(recorder.batches.get(17).remaining().isZero());
    EpochEvent first = recorder.epochs.get(0);
    assertEquals(recorder.batches.get(5).loss(), first.trainingLoss(), 1e-9);
    assertEquals(recorder.batches.get(5).metric(), first.trainingMetric());
    assertTrue(first.best() && !first.stopsHere());
    assertTrue(recorder.epochs.get(2).stopsHere());
    assertTrue(recorder.epochs.get(2).elapsed().compareTo(first.elapsed()) > 0);
  }

  /** With an updater that changes nothing, training answers equal those of the first network. */
  @Test
  void trainingAccuracyIsThatOfTheTrainingRows() {
    Recorder recorder = new Recorder();
    List<LabeledText> rows = rows(100, "x", "y", "z");
    TrainingOptions one = epochs(1);
    TextClassifier classifier =
        TextClassifier.train(
            rows,
            small(Recurrence.LSTM).updater(new Sgd(0)).build(),
            one,
            TrainingRun.of(recorder));
    List<LabeledText> training =
        io.github.recurrentzoo.zoo.classification.StratifiedSplit.split(
                rows, one.validationSplit(), one.seed())
            .training();
    EpochEvent epoch = recorder.epochs.get(0);
    assertEquals(classifier.evaluate(training).accuracy(), epoch.trainingMetric().value(), 1e-12);
    double loss =
        training.stream()
            .mapToDouble(
                row -> -Math.log(classifier.predict(row.text()).probabilities().get(row.label())))
            .average()
            .orElseThrow();
    assertEquals(loss, epoch.trainingLoss(), 1e-5);
  }

  @Tag("learning")
  @Test
  void trainingStopsEarlyAndTheBestWeightsStay() {
    Recorder recorder = new Recorder();
    List<LabeledText> rows = new ArrayList<>(rows(60, "x", "y"));
    Random random = new Random(1);
    // Labels at random cannot be learned, only learned by heart: the validation loss must rise.
    rows.replaceAll(row -> new LabeledText(row.text(), random.nextBoolean() ? "x" : "y"));
    TrainingOptions options =
        TrainingOptions.builder()
            .epochs(40)
            .batchSize(8)
            .patience(2)
            .validationSplit(0.3)
            .seed(Learning.seed())
            .build();
    TextClassifier classifier =
        TextClassifier.train(
            rows,
            small(Recurrence.LSTM).seed(Learning.seed()).build(),
            options,
            TrainingRun.of(recorder));
    assertBelow("epochs of random labels", recorder.epochs.size(), 40, "10");
    EpochEvent best =
        recorder.epochs.stream()
            .min(Comparator.comparingDouble(EpochEvent::validationLoss))
            .orElseThrow();
    assertEquals(best.epoch() + 2, recorder.epochs.size(), "patience is 2");
    assertEquals(best.epoch(), classifier.provenance().bestEpoch());
    List<LabeledText> validation = StratifiedSplit.split(rows, 0.3, Learning.seed()).test();
    double loss =
        validation.stream()
            .mapToDouble(
                row -> -Math.log(classifier.predict(row.text()).probabilities().get(row.label())))
            .average()
            .orElseThrow();
    assertEquals(best.validationLoss(), loss, 1e-6, "the weights are those of the best epoch");
    assertEquals(loss, classifier.provenance().validationLoss(), 1e-6);
    ComputationGraph network = network(classifier);
    assertEquals(best.epoch(), network.getEpochCount());
    int steps = recorder.batches.get(0).steps();
    assertEquals(best.epoch() * steps, network.getIterationCount());
  }

  @Test
  void oneTextIsAnsweredAsAmongMany() {
    TextClassifier classifier = train(rows(90, "x", "y", "z"), small(Recurrence.LSTM));
    List<String> texts = List.of("isx0", "the very old new isy1 of some", "", "a isz0 old");
    List<Prediction> together = classifier.predict(texts);
    for (int i = 0; i < texts.size(); i++) {
      Prediction alone = classifier.predict(texts.get(i));
      assertEquals(alone.label(), together.get(i).label());
      assertEquals(alone.probability(), together.get(i).probability(), 1e-6);
    }
    Prediction one = together.get(0);
    assertEquals(one.label(), one.probabilities().keySet().iterator().next());
    assertEquals(1, one.probabilities().values().stream().mapToDouble(p -> p).sum(), 1e-6);
    assertTrue(one.probabilities().values().stream().allMatch(p -> p <= one.probability()));
    assertEquals(List.of(), classifier.predict(List.of()));
  }

  @Test
  void aTextWithoutWordsIsOneUnknownWord() {
    TextClassifier classifier = train(rows(60, "x", "y"), small(Recurrence.LSTM));
    Prediction unknown = classifier.predict("neverheard");
    for (String text : new String[] {"", "   ", "...!", "\n"}) {
      assertEquals(unknown.probabilities(), classifier.predict(text).probabilities());
    }
    String message =
        assertThrows(NullPointerException.class, () -> classifier.predict((String) null))
            .getMessage();
    assertTrue(message.contains("text is null"), message);
  }

  @Test
  void theBeginningOfALongTextIsKept() {
    TextClassifier classifier = train(rows(60, "x", "y"), small(Recurrence.LSTM).maxLength(3));
    Prediction longer = classifier.predict("the old isx0 new isy1");
    assertEquals(classifier.predict("the old isx0").probabilities(), longer.probabilities());
    assertEquals(2, longer.unreadWords());
    assertNotEquals(classifier.predict("the old isx0"), classifier.predict("the old isy0"));
  }

  @Test
  void aLearningRateScheduleFollowsTheEpochs() {
    List<LabeledText> rows = rows(60, "x", "y");
    TextClassification.Builder entry =
        small(Recurrence.LSTM)
            .updater(
                new Sgd(
                    new MapSchedule.Builder(ScheduleType.EPOCH)
                        .add(0, 0.5)
                        .add(1, 0)
                        .add(2, 0.5)
                        .build()));
    Recorder recorder = new Recorder();
    TextClassifier.train(rows, entry.build(), epochs(3), TrainingRun.of(recorder));
    double[] losses = recorder.epochs.stream().mapToDouble(EpochEvent::validationLoss).toArray();
    assertEquals(losses[0], losses[1], 0, "a rate of 0 in the second epoch changes nothing");
    assertNotEquals(losses[1], losses[2], "the third epoch has its rate again");
  }

  @Test
  void theVocabularyIsThatOfTheTrainingRowsAlone() {
    List<LabeledText> rows = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      rows.add(new LabeledText("common word" + i, i % 2 == 0 ? "x" : "y"));
    }
    TextClassifier classifier = train(rows, small(Recurrence.SIMPLE_RNN));
    assertEquals(2 + 1 + 36, classifier.vocabulary().size(), "4 of 40 rows are for validation");
    TextClassifier bounded = train(rows, small(Recurrence.SIMPLE_RNN).vocabularySize(5));
    assertEquals(5, bounded.vocabulary().size());
    assertTrue(bounded.parameters() < classifier.parameters());
  }

  @Test
  void labelsAreSortedWhateverTheOrderOfTheRows() {
    assertEquals(
        List.of("10", "9", "B", "a"),
        train(rows(40, "a", "9", "B", "10"), small(Recurrence.SIMPLE_RNN)).labels());
  }

  @Test
  void provenanceTellsRowsApart() {
    List<LabeledText> rows = rows(40, "x", "y");
    Provenance one = train(rows, small(Recurrence.SIMPLE_RNN)).provenance();
    Provenance same = train(rows, small(Recurrence.SIMPLE_RNN)).provenance();
    List<LabeledText> changed = new ArrayList<>(rows);
    changed.set(3, new LabeledText(rows.get(3).text() + ".", rows.get(3).label()));
    Provenance other = train(changed, small(Recurrence.SIMPLE_RNN)).provenance();
    assertEquals(one.rowsSha256(), same.rowsSha256());
    assertNotEquals(one.rowsSha256(), other.rowsSha256());
    assertEquals(64, one.rowsSha256().length());
    assertEquals("1.0.0-M2.1", one.deeplearning4j());
    assertEquals(40, one.rows());
    assertEquals(42, one.seed());
  }

  @Test
  void rowsThatCannotBeLearnedFromAreRefused() {
    TextClassification.Builder entry = small(Recurrence.LSTM);
    assertRefused("no rows", List.of(), entry);
    assertRefused("label \"x\"", rows(10, "x"), entry);
    List<LabeledText> wordless = new ArrayList<>(rows(10, "x", "y"));
    wordless.replaceAll(row -> new LabeledText("...", row.label()));
    assertRefused("not one word", wordless, entry);
    assertRefused("No label of the 2 rows", rows(2, "x", "y"), entry);
  }

  @Test
  void aLabelOfASingleRowIsLearned() {
    List<LabeledText> rows = new ArrayList<>(rows(10, "x", "y"));
    rows.add(new LabeledText("lonely", "z"));
    TextClassifier classifier = train(rows, small(Recurrence.LSTM));
    assertEquals(List.of("x", "y", "z"), classifier.labels());
  }

  private static void assertRefused(
      String reason, List<LabeledText> rows, TextClassification.Builder entry) {
    String message = assertThrows(DataException.class, () -> train(rows, entry)).getMessage();
    assertTrue(message.contains(reason), message);
  }

  @Test
  void rowsThatCannotBeEvaluatedAreRefused() {
    TextClassifier classifier = train(rows(40, "x", "y"), small(Recurrence.SIMPLE_RNN));
    assertThrows(DataException.class, () -> classifier.evaluate(List.of()));
    List<LabeledText> unknown = List.of(new LabeledText("a", "x"), new LabeledText("b", "X"));
    String message =
        assertThrows(DataException.class, () -> classifier.evaluate(unknown)).getMessage();
    assertTrue(message.contains("Row 2") && message.contains("\"X\""), message);
    assertTrue(message.contains("[x, y]"), message);
  }

  @Test
  void aLossThatIsNoNumberStopsWithAdvice() {
    TextClassification.Builder wild =
        small(Recurrence.SIMPLE_RNN).activation(Activation.IDENTITY).updater(new Sgd(1e20));
    String message =
        assertThrows(
                TrainingDivergedException.class,
                () -> TextClassifier.train(rows(60, "x", "y", "z"), wild.build(), epochs(5)))
            .getMessage();
    assertTrue(message.contains("epoch") && message.contains("learning rate"), message);
  }

  /** The step that spoils the weights is the last one, so that only validation can see it. */
  @Test
  void aValidationLossThatIsNoNumberStopsWithAdvice() {
    List<LabeledText> rows = rows(40, "x", "y", "z");
    TextClassification.Builder wild =
        small(Recurrence.SIMPLE_RNN).activation(Activation.RELU).updater(new Sgd(1e30));
    TrainingOptions oneStep = TrainingOptions.builder().epochs(1).batchSize(100).build();
    String message =
        assertThrows(
                TrainingDivergedException.class,
                () -> TextClassifier.train(rows, wild.build(), oneStep))
            .getMessage();
    assertTrue(message.contains("validation loss became NaN after epoch 1"), message);
    assertTrue(message.contains("learning rate"), message);
  }

  @Test
  void probabilitiesThatAreNoNumbersAreRefused() {
    ComputationGraph network = small(Recurrence.LSTM).vocabularySize(5).build().init();
    network.params().assign(Float.NaN);
    String message =
        assertThrows(
                IllegalStateException.class,
                () -> ClassProbabilities.of(network, TextInputs.of(List.of(new int[] {2, 3}))))
            .getMessage();
    assertTrue(message.contains("NaN"), message);
  }

  @Test
  void anExceptionOfTheListenerStopsTraining() {
    IllegalStateException stop = new IllegalStateException("stop");
    TrainingProgress stopping =
        new TrainingProgress() {
          @Override
          public void onBatch(BatchEvent event) {
            throw stop;
          }
        };
    assertSame(
        stop,
        assertThrows(
            IllegalStateException.class,
            () ->
                TextClassifier.train(
                    rows(40, "x", "y"),
                    small(Recurrence.SIMPLE_RNN).build(),
                    epochs(1),
                    TrainingRun.of(stopping))));
  }

  @Test
  void severalThreadsMayAsk() {
    TextClassifier classifier = train(rows(60, "x", "y", "z"), small(Recurrence.LSTM));
    List<String> texts = Stream.of("isx0", "the isy1", "of the isz1 old", "new").toList();
    List<Prediction> expected = texts.stream().map(classifier::predict).toList();
    List<CompletableFuture<Boolean>> answers =
        Stream.iterate(0, i -> i + 1)
            .limit(40)
            .map(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> classifier.predict(texts.get(i % 4)).equals(expected.get(i % 4))))
            .toList();
    assertFalse(answers.stream().map(CompletableFuture::join).toList().contains(false));
  }
}
