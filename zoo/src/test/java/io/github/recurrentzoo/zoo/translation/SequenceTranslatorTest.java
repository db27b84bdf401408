package io.github.recurrentzoo.zoo.translation;

import static io.github.recurrentzoo.zoo.Learning.assertAtLeast;
import static io.github.recurrentzoo.zoo.Learning.assertBelow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.Learning;
import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.model.ModelFile;
import io.github.recurrentzoo.zoo.model.ModelFileException;
import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.report.CrossValidation;
import io.github.recurrentzoo.zoo.text.SymbolUnit;
import io.github.recurrentzoo.zoo.training.Checkpoints;
import io.github.recurrentzoo.zoo.training.FineTuneOptions;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.learning.config.Adam;

class SequenceTranslatorTest {
  private static final List<TextPair> PAIRS = PairData.reversals(400, 3);

  @TempDir Path folder;

  private static SequenceToSequence.Builder architecture(Recurrence recurrence) {
    return SequenceToSequence.builder()
        .recurrence(recurrence)
        .hiddenSize(24)
        .embeddingSize(8)
        .maxInputLength(6)
        .maxOutputLength(6)
        .updater(new Adam(0.02));
  }

  private static TrainingOptions.Builder training(int epochs) {
    return TrainingOptions.builder().epochs(epochs).batchSize(16).patience(epochs);
  }

  private static SequenceTranslator train(Recurrence recurrence, TrainingOptions training) {
    return SequenceTranslator.train(PAIRS, architecture(recurrence).build(), training);
  }

  /** The same answer for all inputs would be right for one of six at most. */
  @Tag("learning")
  @ParameterizedTest
  @EnumSource
  void learnsToReverse(Recurrence recurrence) {
    List<TextPair> pairs = PairData.signedReversals(500);
    SequenceTranslator translator =
        SequenceTranslator.train(
            pairs,
            architecture(recurrence)
                .seed(Learning.seed())
                .clipNorm(1)
                .updater(new Adam(0.005))
                .build(),
            training(16).batchSize(8).seed(Learning.seed()).build());
    TranslationReport report = translator.evaluate(pairs);
    assertAtLeast("exact match of " + recurrence, report.exactMatch(), 0.9, "1");
    assertBelow("symbol error rate of " + recurrence, report.symbolErrorRate(), 0.1, "0");
    assertTrue(translator.translate("ab").logProbability() < 0);
    assertEquals("exact match", translator.provenance().validationMetric().name());
  }

  @Test
  void theMetricOfTrainingIsWhatGreedyDecodingReaches() {
    SequenceTranslator translator = train(Recurrence.LSTM, training(4).build());
    List<TextPair> held = PairSplit.bySource(PAIRS, 0.1, 42).test();
    // The report counts a source once, and so must this.
    List<TextPair> once = new ArrayList<>(new LinkedHashSet<>(held));
    int right = 0;
    for (TextPair pair : held) {
      right += translator.translate(pair.source()).text().equals(pair.target()) ? 1 : 0;
    }
    assertEquals(
        (double) right / held.size(), translator.provenance().validationMetric().value(), 1e-9);
    long rightOnce =
        once.stream()
            .filter(pair -> translator.translate(pair.source()).text().equals(pair.target()))
            .count();
    assertEquals((double) rightOnce / once.size(), translator.evaluate(held).exactMatch(), 1e-9);
  }

  @ParameterizedTest
  @EnumSource
  void trainingIsDeterministicAndLoadingGivesTheSame(Recurrence recurrence) {
    SequenceTranslator first = train(recurrence, training(2).teacherForcing(0.7).build());
    SequenceTranslator second = train(recurrence, training(2).teacherForcing(0.7).build());
    Path file = folder.resolve("model.zip");
    first.save(file);
    SequenceTranslator loaded = SequenceTranslator.load(file);
    List<String> texts = List.of("abcd", "d", "ca", "aaaaaa");
    for (DecodingOptions decoding : List.of(DecodingOptions.GREEDY, new DecodingOptions(3, 0.5))) {
      List<Translation> expected = first.translate(texts, decoding);
      assertEquals(expected, second.translate(texts, decoding));
      assertEquals(expected, loaded.translate(texts, decoding));
    }
    assertEquals(first.provenance(), loaded.provenance());
    assertEquals(first.parameters(), loaded.parameters());
    assertEquals(400, first.provenance().rows());
  }

  @Test
  void deeplearning4jReadsTheNetwork() throws Exception {
    Path file = folder.resolve("model.zip");
    SequenceTranslator translator = train(Recurrence.LSTM, training(1).build());
    translator.save(file);
    assertEquals(
        translator.parameters(),
        ModelSerializer.restoreComputationGraph(file.toFile()).params().length());
  }

  @Test
  void teacherForcingChangesWhatIsLearned() {
    double full = lossAfterOneEpoch(1, 1);
    assertNotEquals(full, lossAfterOneEpoch(0.5, 1));
    assertNotEquals(lossAfterOneEpoch(0.5, 1), lossAfterOneEpoch(0, 1));
    // The decay begins after the first epoch.
    assertEquals(full, lossAfterOneEpoch(1, 0.1));
    assertNotEquals(lossAfterTwoEpochs(1, 1), lossAfterTwoEpochs(1, 0.1));
  }

  private static double lossAfterOneEpoch(double rate, double decay) {
    return loss(rate, decay, 1);
  }

  private static double lossAfterTwoEpochs(double rate, double decay) {
    return loss(rate, decay, 2);
  }

  private static double loss(double rate, double decay, int epochs) {
    TrainingOptions options =
        training(epochs).teacherForcing(rate).teacherForcingDecay(decay).build();
    // A rate so low that the second epoch is better than the first, of which no loss would be told.
    SequenceToSequence network = architecture(Recurrence.LSTM).updater(new Adam(0.003)).build();
    return SequenceTranslator.train(PAIRS, network, options).provenance().validationLoss();
  }

  @Tag("learning")
  @Test
  void fineTuningGoesOnFromTheWeights() {
    List<TextPair> pairs = PairData.signedReversals(500);
    TrainingOptions training = training(4).batchSize(8).seed(Learning.seed()).build();
    SequenceTranslator first =
        SequenceTranslator.train(
            pairs,
            architecture(Recurrence.LSTM).seed(Learning.seed()).updater(new Adam(0.005)).build(),
            training);
    Translation before = first.translate("abcd");
    double loss = first.provenance().validationLoss();
    SequenceTranslator tuned = first.trainOn(pairs, training);
    double now = tuned.provenance().validationLoss();
    assertBelow("loss after fine-tuning / loss before", now / loss, 0.5, "0.1");
    assertEquals(before, first.translate("abcd"), "the first one is left as it was");
    assertEquals(first.targetVocabulary().symbols(), tuned.targetVocabulary().symbols());
    DataException unanswerable =
        assertThrows(
            DataException.class,
            () ->
                first.trainOn(
                    List.of(new TextPair("a", "A"), new TextPair("b", "Z")), training(1).build()));
    assertTrue(unanswerable.getMessage().contains("has the symbol \"Z\""));
  }

  @Test
  void inputsThatCannotBeRead() {
    SequenceTranslator translator = train(Recurrence.LSTM, training(1).build());
    String longest =
        assertThrows(DataException.class, () -> translator.translate("abcdabc")).getMessage();
    assertEquals(
        "The input \"abcdabc\" has 7 characters, but 6 at most are allowed. Shorten it, or train"
            + " with a larger bound.",
        longest);
    assertTrue(
        assertThrows(DataException.class, () -> translator.translate(" "))
            .getMessage()
            .startsWith("The input is empty"));
    assertEquals(2, translator.translate("a\uD83D\uDE00x").unknownSymbols());
    assertEquals(0, translator.translate("abc").unknownSymbols());
    assertEquals(List.of(), translator.translate(List.of(), DecodingOptions.GREEDY));
  }

  @Test
  void pairsThatCannotBeLearned() {
    assertMessage(
        "the target", new TextPair("a", "AAAAAAA"), "The target \"AAAAAAA\" has 7 characters");
    assertMessage(
        "the source", new TextPair("abcdabc", "A"), "The input \"abcdabc\" has 7 characters");
    DataException one =
        assertThrows(
            DataException.class,
            () ->
                SequenceTranslator.train(
                    List.of(new TextPair("a", "A"), new TextPair("a", "B")),
                    architecture(Recurrence.LSTM).build(),
                    training(1).build()));
    assertTrue(
        one.getMessage().startsWith("There are 2 pairs with 1 different sources"),
        one.getMessage());
    assertThrows(
        DataException.class, () -> train(Recurrence.LSTM, training(1).build()).evaluate(List.of()));
  }

  private static void assertMessage(String which, TextPair bad, String start) {
    List<TextPair> pairs = new ArrayList<>(PAIRS.subList(0, 20));
    pairs.add(bad);
    DataException refused =
        assertThrows(
            DataException.class,
            () ->
                SequenceTranslator.train(
                    pairs, architecture(Recurrence.LSTM).build(), training(1).build()),
            which);
    assertTrue(refused.getMessage().startsWith(start), refused.getMessage());
  }

  @Tag("learning")
  @Test
  void tokensOnOneSide() {
    Map<String, String> tokens = Map.of("A", "AH ", "B", "BE ", "C", "CE ");
    List<TextPair> pairs = new ArrayList<>();
    for (TextPair pair : PairData.signedReversals(500)) {
      String target =
          pair.target()
              .chars()
              .mapToObj(Character::toString)
              .map(tokens::get)
              .reduce("", String::concat);
      pairs.add(new TextPair(pair.source(), target));
    }
    SequenceTranslator translator =
        SequenceTranslator.train(
            pairs,
            architecture(Recurrence.LSTM)
                .targetUnit(SymbolUnit.TOKENS)
                .seed(Learning.seed())
                .updater(new Adam(0.005))
                .build(),
            training(12).batchSize(8).seed(Learning.seed()).build());
    assertEquals(
        List.of("AH", "BE", "CE"),
        translator.targetVocabulary().symbols().stream().sorted().toList());
    assertAtLeast("exact match", translator.evaluate(pairs).exactMatch(), 0.9, "1");
    assertEquals("BE AH", translator.translate("a.b").text());
  }

  @Test
  void damagedFiles() {
    Path file = folder.resolve("model.zip");
    SequenceTranslator translator = train(Recurrence.LSTM, training(1).build());
    translator.save(file);
    ModelFile model = ModelFile.read(file, "sequence-to-sequence");
    List<String> symbols = translator.targetVocabulary().symbols();
    Map<String, Object> architecture = translator.info().architecture();

    Map<String, Object> noLength = new LinkedHashMap<>(architecture);
    noLength.put("maxOutputLength", 0);
    assertDamaged(model, symbols, noLength, "architecture.maxOutputLength");
    Map<String, Object> noUnit = new LinkedHashMap<>(architecture);
    noUnit.put("sourceUnit", "BYTES");
    assertDamaged(model, symbols, noUnit, "architecture.sourceUnit");
    assertDamaged(model, symbols.subList(1, 3), architecture, "6 elements");
  }

  private void assertDamaged(
      ModelFile model, List<String> targetSymbols, Map<String, Object> architecture, String part) {
    Path file = folder.resolve("damaged.zip");
    Map<?, ?> options = model.entry("options", Map.class);
    ModelFile.write(
        file,
        model.network(),
        "sequence-to-sequence",
        Map.of(
            "source-symbols",
            model.entry("source-symbols", List.class),
            "target-symbols",
            targetSymbols,
            "options",
            Map.of("architecture", architecture, "training", options.get("training")),
            "provenance",
            model.entry("provenance", Map.class)));
    ModelFileException refused =
        assertThrows(ModelFileException.class, () -> SequenceTranslator.load(file));
    assertTrue(refused.getMessage().contains(part), refused.getMessage());
  }

  @Test
  void pairsOfOnesOwnValidateAndWithoutThemAllEpochsAreTrained() {
    List<TextPair> pairs = PairData.reversals(40, 3);
    SequenceToSequence network =
        SequenceToSequence.builder().embeddingSize(4).hiddenSize(4).build();
    TrainingOptions training = TrainingOptions.builder().epochs(3).patience(1).build();
    List<TextPair> others = List.of(new TextPair("xyz", "A"));
    SequenceTranslator validated =
        SequenceTranslator.train(
            new PairSplit(pairs, others), network, training, TrainingRun.SILENT);
    assertEquals(41, validated.provenance().rows());
    assertEquals(0, validated.sourceVocabulary().symbols().stream().filter("x"::equals).count());
    PairSplit all = new PairSplit(pairs, List.of());
    SequenceTranslator last = SequenceTranslator.train(all, network, training, TrainingRun.SILENT);
    assertEquals(3, last.provenance().bestEpoch());
    FineTuneOptions tuning = FineTuneOptions.builder().training(training).build();
    assertEquals(3, last.fineTune(all, tuning, TrainingRun.SILENT).provenance().bestEpoch());
    CrossValidation folds =
        SequenceTranslator.crossValidate(pairs, 2, network, training, TrainingRun.SILENT);
    assertEquals(pairs.stream().map(TextPair::source).distinct().count(), folds.rows());
    TrainingRun written =
        TrainingRun.builder().checkpoints(Checkpoints.builder(Path.of("none")).build()).build();
    assertThrows(
        IllegalArgumentException.class,
        () -> SequenceTranslator.crossValidate(pairs, 2, network, training, written));
  }
}
