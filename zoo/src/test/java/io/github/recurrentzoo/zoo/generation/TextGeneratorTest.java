package io.github.recurrentzoo.zoo.generation;

import static io.github.recurrentzoo.zoo.Learning.assertBelow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.Learning;
import io.github.recurrentzoo.zoo.classification.TextClassifier;
import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.model.ModelFile;
import io.github.recurrentzoo.zoo.model.ModelFileException;
import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.text.CharacterVocabulary;
import io.github.recurrentzoo.zoo.training.FineTuneOptions;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

class TextGeneratorTest {
  private static final String SMILE = "\uD83D\uDE00";
  private static final String LINE = "the cat " + SMILE + " sat on the mat.\n";
  private static final String TEXT = LINE.repeat(60);

  @TempDir Path folder;

  private static TextGeneration.Builder small() {
    return TextGeneration.builder()
        .embeddingSize(8)
        .hiddenSize(24)
        .segmentLength(16)
        .seed(Learning.seed())
        .updater(new Adam(0.02));
  }

  private static TrainingOptions.Builder training() {
    return TrainingOptions.builder().epochs(12).batchSize(4).seed(Learning.seed());
  }

  private static TextGenerator trained(TextGeneration.Builder entry) {
    return TextGenerator.train(List.of(TEXT), entry.build(), training().build());
  }

  private static GenerationOptions greedy(int length) {
    return GenerationOptions.builder().temperature(0).length(length).build();
  }

  @Tag("learning")
  @ParameterizedTest
  @EnumSource(value = Recurrence.class, mode = Mode.EXCLUDE, names = "PEEPHOLE_LSTM")
  void learnsALineByHeart(Recurrence recurrence) {
    TextGenerator generator = trained(small().recurrence(recurrence));
    // Not from "the " on, behind which both "cat" and "mat" come.
    assertEquals(SMILE + " sat on the mat.\nthe", generator.generate("the cat ", greedy(21)));
    GenerationReport report =
        generator.evaluate(TEXT, CharacterNGrams.of(TEXT, generator.vocabulary(), 5));
    double bits = report.bitsPerCharacter();
    assertBelow("bits per character of " + recurrence, bits, 0.3, "0.02; 4 at first");
    assertEquals(TEXT.codePointCount(0, TEXT.length()) - 1, report.characters());
    assertEquals(0, report.unknown());
    assertTrue(report.toString().contains("5-gram"), report::toString);
  }

  @Test
  void theSameSeedsGiveTheSameGenerator() {
    TrainingOptions options = training().epochs(2).teacherForcing(0.8).build();
    List<String> documents = List.of(LINE.repeat(9), "other " + LINE, LINE + LINE, "more", "end");
    GenerationOptions sample = GenerationOptions.builder().length(80).temperature(1).build();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      TextGenerator generator =
          TextGenerator.train(documents, small().dropout(0.2).build(), options);
      texts.add(generator.generate("the", sample));
      texts.add(generator.generate("the", sample));
      assertEquals(5, generator.provenance().rows());
    }
    assertEquals(1, texts.stream().distinct().count(), texts::toString);
  }

  /** Each recurrence and setting; a prompt of several, of one and of no characters. */
  @ParameterizedTest
  @CsvSource({"SIMPLE_RNN, 1", "LSTM, 2", "GRU, 2", "RRNN, 1"})
  void aLoadedGeneratorWritesTheSame(Recurrence recurrence, int layers) {
    TextGenerator saved =
        TextGenerator.train(
            List.of(TEXT),
            small().recurrence(recurrence).layers(layers).dropout(0.1).vocabularySize(12).build(),
            training().epochs(1).build());
    Path file = folder.resolve("model.zip");
    saved.save(file);
    TextGenerator loaded = TextGenerator.load(file);
    GenerationOptions options = GenerationOptions.builder().length(60).temperature(1.2).build();
    for (String prompt : List.of("the cat", "t", "", "\u4f60 unknown")) {
      assertEquals(saved.generate(prompt, options), loaded.generate(prompt, options), prompt);
    }
    assertEquals(saved.vocabulary().characters(), loaded.vocabulary().characters());
    assertEquals(12, loaded.vocabulary().size());
    assertEquals(saved.provenance(), loaded.provenance());
    assertEquals(saved.parameters(), loaded.parameters());
    Path again = folder.resolve("again.zip");
    loaded.save(again);
    assertEquals(saved.generate("a", options), TextGenerator.load(again).generate("a", options));
  }

  @Test
  void plainDeeplearning4jOpensTheFile() throws Exception {
    TextGenerator saved =
        TextGenerator.train(List.of(TEXT), small().build(), training().epochs(1).build());
    Path file = folder.resolve("model.zip");
    saved.save(file);
    ComputationGraph plain = ModelSerializer.restoreComputationGraph(file.toFile());
    INDArray ids = UnitStreams.array(new int[][] {saved.vocabulary().ids("the cat")});
    INDArray next = plain.output(ids)[0];
    int best = Nd4j.argMax(next.slice(0).getColumn(6)).getInt(0);
    assertEquals(
        saved.generate("the cat", greedy(1)),
        Character.toString(saved.vocabulary().character(best)));
  }

  /** What a step reads is what reading the whole text gives. */
  @Test
  void stepByStepAsAllAtOnce() {
    TextGenerator generator = trained(small());
    StringBuilder text = new StringBuilder("the");
    for (int i = 0; i < 30; i++) {
      text.append(generator.generate(text.toString(), greedy(1)));
    }
    assertEquals(text.toString(), "the" + generator.generate("the", greedy(30)));
  }

  /** Greedily, the likeliest character by Deeplearning4j's own steps is the one that is written. */
  @ParameterizedTest
  @CsvSource({"SIMPLE_RNN, 1", "LSTM, 2", "GRU, 1", "RRNN, 2", "RRNN_UPDATED, 1"})
  void writesWhatTheNetworkSays(Recurrence recurrence, int layers) {
    TextGeneration architecture = small().recurrence(recurrence).layers(layers).build();
    TextGenerator generator =
        TextGenerator.train(List.of(TEXT), architecture, training().epochs(2).build());
    assertTrue(generator.hasSteps(), recurrence + " is left to Deeplearning4j");
    ComputationGraph network = generator.network();
    CharacterVocabulary vocabulary = generator.vocabulary();
    String prompt = "the cat";
    String written = generator.generate(prompt, greedy(40));
    int[] all = vocabulary.ids(prompt + written);
    int first = vocabulary.ids(prompt).length;
    assertEquals(first + 40, all.length);
    for (int i = 0; i < all.length - 1; i++) {
      INDArray id = Nd4j.create(new float[] {all[i]}, 1, 1, 1);
      float[] answer = network.rnnTimeStep(id)[0].dup('c').data().asFloat();
      if (i >= first - 1) {
        float largest = 0;
        for (int symbol = 1; symbol < answer.length; symbol++) { // 0 is never written
          largest = Math.max(largest, answer[symbol]);
        }
        assertEquals(largest, answer[all[i + 1]], 1e-5, "character " + i);
      }
    }
  }

  @Tag("learning")
  @Test
  void codePointsComeWholeAndOneByOne() {
    List<Integer> characters = new ArrayList<>();
    trained(small()).generate("the cat ", greedy(3), characters::add);
    assertEquals(List.of(0x1F600, (int) ' ', (int) 's'), characters);
  }

  @Tag("learning")
  @Test
  void endsBeforeTheCharacterThatStopsIt() {
    GenerationOptions options =
        GenerationOptions.builder().temperature(0).stopAt('.').length(100).build();
    assertEquals("sat on the mat", trained(small()).generate("the cat " + SMILE + " ", options));
  }

  @Test
  void severalThreads() throws Exception {
    TextGenerator generator = trained(small());
    GenerationOptions options = GenerationOptions.builder().length(60).temperature(1.5).build();
    List<String> prompts = List.of("the", "cat", "mat", "sat", "on", "e");
    List<String> expected = prompts.stream().map(p -> generator.generate(p, options)).toList();
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      List<Future<String>> answers =
          prompts.stream().map(p -> threads.submit(() -> generator.generate(p, options))).toList();
      for (int i = 0; i < answers.size(); i++) {
        assertEquals(expected.get(i), answers.get(i).get());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aListenerMayAskTheGenerator() {
    TextGenerator generator = trained(small());
    String alone = generator.generate("the", greedy(5));
    List<String> asked = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    generator.generate(
        "the",
        greedy(5),
        c -> {
          text.appendCodePoint(c);
          asked.add(generator.generate("the", greedy(5)));
        });
    assertEquals(alone, text.toString());
    assertEquals(Collections.nCopies(5, alone), asked);
  }

  @Tag("learning")
  @Test
  void fineTuningGoesOnFromTheseWeightsAndLeavesThem() {
    TextGenerator generator = trained(small());
    String other = "the mat sat on the cat.\n".repeat(60);
    String before = generator.generate("the ", greedy(20));
    TextGenerator tuned = generator.trainOn(List.of(other), training().epochs(6).build());
    double loss = tuned.provenance().validationLoss();
    assertBelow("loss of a character", loss, 0.3, "0.02");
    assertEquals(" on the cat.", tuned.generate("the mat sat", greedy(12)));
    assertEquals(before, generator.generate("the ", greedy(20)));
    assertEquals(generator.vocabulary().characters(), tuned.vocabulary().characters());
    assertNotEquals(generator.provenance().rowsSha256(), tuned.provenance().rowsSha256());
    assertTrue(
        assertThrows(
                DataException.class,
                () -> generator.trainOn(List.of("\u4f60\u597d".repeat(200)), training().build()))
            .getMessage()
            .contains("none of the characters"));
  }

  /** The number after the last epoch is what evaluate counts on the end of the text. */
  @Test
  void validationIsAsEvaluation() {
    TrainingOptions options = training().epochs(1).validationSplit(0.25).build();
    TextGenerator generator = TextGenerator.train(List.of(TEXT), small().build(), options);
    int characters = TEXT.codePointCount(0, TEXT.length());
    String end = TEXT.substring(TEXT.offsetByCodePoints(0, (int) (characters * 0.75)));
    GenerationReport report =
        generator.evaluate(end, CharacterNGrams.of(TEXT, generator.vocabulary(), 2));
    assertEquals("bits per character", generator.provenance().validationMetric().name());
    assertEquals(
        report.bitsPerCharacter(), generator.provenance().validationMetric().value(), 1e-9);
    assertEquals(
        report.bitsPerCharacter(), generator.provenance().validationLoss() / Math.log(2), 1e-9);
  }

  /** In one stream, as one character after the other would be predicted by hand. */
  @Test
  void bitsAreCountedWithCarriedState() {
    TextGenerator generator =
        TextGenerator.train(List.of(TEXT), small().build(), training().epochs(1).build());
    Path file = folder.resolve("model.zip");
    generator.save(file);
    ComputationGraph network = ModelFile.read(file, "text-generation").network();
    String text = LINE.repeat(8) + "\u4f60 ?" + LINE;
    int[] ids = generator.vocabulary().ids(text);
    double bits = 0;
    int unknown = 0;
    for (int i = 0; i + 1 < ids.length; i++) {
      INDArray next = network.rnnTimeStep(UnitStreams.array(new int[][] {{ids[i]}}))[0];
      bits -= Math.log(next.getDouble(0, ids[i + 1])) / Math.log(2);
      if (ids[i + 1] == CharacterVocabulary.UNKNOWN) {
        bits += generator.vocabulary().bitsPerUnknown();
        unknown++;
      }
    }
    GenerationReport report =
        generator.evaluate(text, CharacterNGrams.of(TEXT, generator.vocabulary(), 5));
    assertEquals(2, unknown);
    assertEquals(2, report.unknown());
    assertEquals(bits / (ids.length - 1), report.bitsPerCharacter(), 1e-4);
  }

  @Test
  void everyOptionCanBeSaved() {
    TextGeneration.Builder entry =
        small()
            .recurrence(Recurrence.RRNN)
            .l1(1e-6)
            .l2(1e-6)
            .activation(Activation.SOFTSIGN)
            .clipValue(0.5)
            .restartEvery(0)
            .embeddingSize(5);
    TextGenerator saved =
        TextGenerator.train(List.of(TEXT), entry.build(), training().epochs(1).build());
    Path file = folder.resolve("model.zip");
    saved.save(file);
    Map<?, ?> options = ModelFile.read(file, "text-generation").entry("options", Map.class);
    Map<?, ?> architecture = (Map<?, ?>) options.get("architecture");
    assertEquals(0.5, architecture.get("clipValue"));
    assertEquals(0.0, architecture.get("clipNorm"));
    assertEquals(5, architecture.get("embeddingSize"));
    assertEquals(16, architecture.get("segmentLength"));
    assertEquals(0, architecture.get("restartEvery"));
    assertEquals(saved.generate("a", greedy(9)), TextGenerator.load(file).generate("a", greedy(9)));
  }

  @Test
  void damagedFiles() {
    TextGenerator saved =
        TextGenerator.train(List.of(TEXT), small().build(), training().epochs(1).build());
    Path file = folder.resolve("model.zip");
    saved.save(file);
    List<String> characters = saved.vocabulary().characters();
    assertDamaged(file, "vocabulary", List.of("ab", "c"), "one character");
    assertDamaged(file, "vocabulary", List.of("a", "a"), "twice");
    assertDamaged(file, "vocabulary", characters.subList(1, characters.size()), "do not belong");
    TrainingOptions training = saved.info().training();
    assertDamaged(
        file, "options", Map.of("architecture", Map.of(), "training", training), "segmentLength");
    assertDamaged(
        file,
        "options",
        Map.of("architecture", Map.of("segmentLength", 4), "training", training),
        "restartEvery");
    assertThrows(ModelFileException.class, () -> TextGenerator.load(folder.resolve("none.zip")));
    assertThrows(ModelFileException.class, () -> TextClassifier.load(file));
  }

  private void assertDamaged(Path file, String entry, Object value, String part) {
    ModelFile model = ModelFile.read(file, "text-generation");
    Map<String, Object> entries = new HashMap<>();
    for (String name : List.of("vocabulary", "options", "provenance")) {
      entries.put(name, model.entry(name, Object.class));
    }
    entries.put(entry, value);
    Path damaged = folder.resolve("damaged.zip");
    ModelFile.write(damaged, model.network(), "text-generation", entries);
    String message =
        assertThrows(ModelFileException.class, () -> TextGenerator.load(damaged)).getMessage();
    assertTrue(message.contains(part) && message.contains("damaged.zip"), message);
  }

  @Test
  void textsThatCannotBeLearnedFrom() {
    assertTooShort("", 0);
    assertTooShort("too short", 8);
    String message =
        assertThrows(
                DataException.class,
                () -> TextGenerator.train(List.of(), small().build(), training().build()))
            .getMessage();
    assertTrue(message.contains("too short"), message);
    TextGenerator generator = trained(small());
    assertTrue(
        assertThrows(
                DataException.class,
                () -> generator.evaluate("x", CharacterNGrams.of(TEXT, generator.vocabulary(), 2)))
            .getMessage()
            .contains("two at least"));
    CharacterNGrams other = CharacterNGrams.of("abc", CharacterVocabulary.of("abc", 9), 2);
    assertThrows(IllegalArgumentException.class, () -> generator.evaluate("the", other));
  }

  private static void assertTooShort(String text, int training) {
    String message =
        assertThrows(
                DataException.class,
                () -> TextGenerator.train(List.of(text), small().build(), training().build()))
            .getMessage();
    assertTrue(message.contains(training + " characters to train on"), message);
    assertTrue(message.contains("segment of 16"), message);
  }

  /** The shortest text, in the fewest streams. */
  @Test
  void aTextOfOneSegment() {
    String text = "abcdefgh".repeat(3).substring(0, 20);
    TextGenerator generator =
        TextGenerator.train(
            List.of(text),
            small().build(),
            training().epochs(1).validationSplit(0.11).batchSize(64).build());
    assertEquals(5, generator.generate("a", greedy(5)).length());
  }

  @Test
  void theEntry() {
    TextGeneration entry = small().vocabularySize(9).restartEvery(7).build();
    assertEquals(9, entry.vocabularySize());
    assertEquals(16, entry.segmentLength());
    assertEquals(7, entry.restartEvery());
    String message =
        assertThrows(IllegalArgumentException.class, () -> small().bidirectional(true).build())
            .getMessage();
    assertTrue(message.contains("bidirectional") && message.contains("next"), message);
    assertThrows(IllegalArgumentException.class, () -> small().vocabularySize(1));
    assertThrows(IllegalArgumentException.class, () -> small().segmentLength(0));
    assertThrows(IllegalArgumentException.class, () -> small().clipNorm(1).clipValue(1).build());
    assertEquals(5.0, TextGeneration.builder().build().describe().get("clipNorm"));
    assertEquals(0.0, TextGeneration.builder().clipValue(1).build().describe().get("clipNorm"));
  }

  /** With plain fit, as on the copy task: only the steps count whose mask says so. */
  @Test
  void maskedStepsDoNotTrain() {
    TextGeneration entry = small().vocabularySize(4).segmentLength(6).clipNorm(0).build();
    ComputationGraph one = entry.init();
    ComputationGraph other = entry.init();
    INDArray ids = Nd4j.zeros(DataType.FLOAT, 2, 6);
    INDArray mask = Nd4j.zeros(DataType.FLOAT, 2, 6);
    mask.putScalar(0, 5, 1);
    mask.putScalar(1, 4, 1);
    INDArray labels = Nd4j.zeros(DataType.FLOAT, 2, 4, 6);
    INDArray otherLabels = Nd4j.zeros(DataType.FLOAT, 2, 4, 6);
    for (int t = 0; t < 6; t++) {
      for (int b = 0; b < 2; b++) {
        labels.putScalar(b, 1, t, 1);
        otherLabels.putScalar(b, mask.getInt(b, t) == 1 ? 1 : 2, t, 1);
      }
    }
    INDArray before = one.params().dup();
    INDArray[] masks = {mask};
    one.fit(new INDArray[] {ids}, new INDArray[] {labels}, null, masks);
    other.fit(new INDArray[] {ids}, new INDArray[] {otherLabels}, null, masks);
    assertEquals(one.params(), other.params());
    assertFalse(before.equals(one.params()));
    one.fit(new INDArray[] {ids}, new INDArray[] {otherLabels}, null, null);
    other.fit(new INDArray[] {ids}, new INDArray[] {labels}, null, null);
    assertFalse(other.params().equals(one.params()));
  }

  @Test
  void documentsAreJoinedByLines() {
    assertEquals("a\nb\n", TextGenerator.join(List.of("a", "b")));
    GenerationText text =
        GenerationText.of(
            IntStream.range(0, 20).mapToObj(i -> "d" + i).toList(),
            training().validationSplit(0.1).build());
    assertEquals(18, text.training().lines().count());
    assertEquals(2, text.validation().lines().count());
    assertFalse(text.training().startsWith("d0\nd1\nd2\n"), "in a random order");
  }

  @Test
  void aTextOfOnesOwnValidatesAndWithoutOneAllEpochsAreTrained() {
    TrainingOptions options = training().epochs(3).patience(1).build();
    TextGenerator validated =
        TextGenerator.train(TEXT, "xyz of others", small().build(), options, TrainingRun.SILENT);
    assertFalse(validated.vocabulary().characters().contains("x"));
    TextGenerator last =
        TextGenerator.train(TEXT, "", small().build(), options, TrainingRun.SILENT);
    assertEquals(3, last.provenance().bestEpoch());
    FineTuneOptions tuning = FineTuneOptions.builder().training(options).build();
    assertEquals(3, last.fineTune(TEXT, "", tuning, TrainingRun.SILENT).provenance().bestEpoch());
  }
}
