package io.github.recurrentzoo.zoo.generation;

import static io.github.recurrentzoo.zoo.Learning.assertBelow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.Learning;
import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.model.ModelFile;
import io.github.recurrentzoo.zoo.model.ModelFileException;
import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.text.CharacterVocabulary;
import io.github.recurrentzoo.zoo.text.TextPieces;
import io.github.recurrentzoo.zoo.text.TextUnit;
import io.github.recurrentzoo.zoo.text.Vocabulary;
import io.github.recurrentzoo.zoo.training.FineTuneOptions;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;

/** Generators whose units are words. */
class WordGeneratorTest {
  private static final String LINE = "\"The cat,\" he said, \"isn't on the mat.\"\n";
  private static final String TEXT = LINE.repeat(80);

  @TempDir Path folder;

  /** What a word is that is unknown, the network learns of those that come once. */
  @Test
  void wordsThatComeOnceAreUnknown() {
    List<String> known = WordUnits.of("a cat, a mat, a dog", 100).vocabulary().words();
    assertTrue(known.containsAll(List.of(" a", ",")), known.toString());
    assertFalse(known.contains(" dog"), known.toString());
    assertEquals(List.of(" only", "once"), WordUnits.of("once only", 100).vocabulary().words());
  }

  private static TextGeneration.Builder small() {
    return TextGeneration.builder()
        .unit(TextUnit.WORDS)
        .embeddingSize(8)
        .hiddenSize(20)
        .segmentLength(12)
        .seed(Learning.seed())
        .updater(new Adam(0.02));
  }

  private static TrainingOptions.Builder training() {
    return TrainingOptions.builder().epochs(10).batchSize(4).seed(Learning.seed());
  }

  private static TextGenerator trained(TextGeneration.Builder entry, int epochs) {
    return TextGenerator.train(List.of(TEXT), entry.build(), training().epochs(epochs).build());
  }

  private static GenerationOptions greedy(int length) {
    return GenerationOptions.builder().temperature(0).length(length).build();
  }

  @Tag("learning")
  @ParameterizedTest
  @EnumSource(names = {"LSTM", "GRU", "RRNN"})
  void learnsALineByHeartAndPutsItTogether(Recurrence recurrence) {
    TextGenerator generator = trained(small().recurrence(recurrence), 12);
    assertTrue(generator.hasSteps());
    assertEquals(
        " cat,\" he said, \"isn't on the mat.\"\n\"The", generator.generate("\"The", greedy(40)));
    GenerationReport report = generator.evaluate(TEXT, generator.nGrams(TEXT, 5));
    assertBelow("bits per character", report.bitsPerCharacter(), 0.2, "0.01; 0.9 at first");
    GenerationReport.Words words = report.words().orElseThrow();
    assertEquals(TextPieces.cut(TEXT).size() - 1, words.count());
    assertEquals(TEXT.length() - 1, report.characters());
    assertEquals(
        report.bitsPerCharacter() * report.characters(), words.bitsPerWord() * words.count(), 1e-6);
    assertTrue(report.toString().contains("5-grams of characters"), report::toString);
    assertTrue(report.toString().contains("bits per word"), report::toString);
    assertTrue(report.toMap().containsKey("words"), () -> report.toMap().toString());
  }

  @Tag("learning")
  @Test
  void aBlankAtTheEndOfThePromptIsTheNextWords() {
    TextGenerator generator = trained(small(), 12);
    String behind = generator.generate("\"The cat,\" he", greedy(12));
    assertEquals(" said, \"", behind.substring(0, 8));
    assertEquals("said, \"", generator.generate("\"The cat,\" he ", greedy(12)).substring(0, 7));
  }

  @Tag("learning")
  @Test
  void aWordIsNotCutAndACharacterStopsTheText() {
    TextGenerator generator = trained(small(), 12);
    assertEquals(" cat,\" he", generator.generate("\"The", greedy(12)));
    assertEquals("", generator.generate("\"The", greedy(3)));
    GenerationOptions toTheEnd =
        GenerationOptions.builder().temperature(0).length(200).stopAt('\n').build();
    assertEquals(" on the mat.\"", generator.generate("\"The cat,\" he said, \"isn't", toTheEnd));
  }

  @Test
  void aLoadedGeneratorWritesTheSame() {
    TextGenerator saved = trained(small().vocabularySize(12).layers(2), 1);
    Path file = folder.resolve("model.zip");
    saved.save(file);
    TextGenerator loaded = TextGenerator.load(file);
    GenerationOptions options = GenerationOptions.builder().length(60).temperature(1.2).build();
    for (String prompt : List.of("The cat", " ", "", "unknown cat")) {
      assertEquals(saved.generate(prompt, options), loaded.generate(prompt, options), prompt);
    }
    assertEquals(TextUnit.WORDS, loaded.unit());
    assertEquals(saved.words().words(), loaded.words().words());
    assertEquals(12, loaded.words().size());
    assertEquals("bits per word", loaded.provenance().validationMetric().name());
    assertEquals(saved.parameters(), loaded.parameters());
    assertTrue(
        assertThrows(IllegalStateException.class, loaded::vocabulary)
            .getMessage()
            .contains("words()"));
  }

  /** Half of the text is unknown words, which the network expects and never writes. */
  @Test
  void unknownWordsAreNeverWritten() {
    TextGenerator generator = trained(small().vocabularySize(6), 2);
    GenerationOptions options = GenerationOptions.builder().length(400).temperature(2).build();
    String written = generator.generate("\"The", options);
    assertFalse(written.contains("<"), written);
    String known =
        generator.words().words().stream().map(Pattern::quote).collect(Collectors.joining("|"));
    assertTrue(written.matches("(" + known + ")+"), written);
  }

  /** The bits of the ids, one after the other by hand, and those of the letters of the unknown. */
  @Test
  void bitsAreThoseOfTheText() {
    TextGenerator generator = trained(small(), 1);
    Path file = folder.resolve("model.zip");
    generator.save(file);
    ComputationGraph network = ModelFile.read(file, "text-generation").network();
    String text = LINE.repeat(3) + "A dog on  the mat.\n" + LINE;
    List<String> pieces = TextPieces.cut(text);
    int[] ids = generator.words().ids(pieces);
    Spelling spelling = Spelling.of(generator.words().words());
    double bits = 0;
    int unknown = 0;
    int characters = 0;
    for (int i = 0; i + 1 < ids.length; i++) {
      INDArray next = network.rnnTimeStep(UnitStreams.array(new int[][] {{ids[i]}}))[0];
      bits -= Math.log(next.getDouble(0, ids[i + 1])) / Math.log(2);
      characters += pieces.get(i + 1).length();
      if (ids[i + 1] == Vocabulary.UNKNOWN) {
        bits += spelling.bits(pieces.get(i + 1));
        unknown++;
      }
    }
    GenerationReport report = generator.evaluate(text);
    assertEquals(2, unknown);
    assertEquals(2, report.words().orElseThrow().unknown());
    assertEquals("A dog".length(), report.unknown());
    assertEquals(characters, report.characters());
    assertEquals(bits / characters, report.bitsPerCharacter(), 1e-4);
    assertEquals(bits / (ids.length - 1), report.words().orElseThrow().bitsPerWord(), 1e-3);
  }

  /** All words of up to three letters together have a probability of at most 1. */
  @Test
  void spellingsAreProbabilities() {
    Spelling spelling = Spelling.of(List.of("ab", "b", "bab"));
    double sum = 0;
    String letters = "ab";
    for (int length = 0; length <= 9; length++) {
      for (int n = 0; n < 1 << length; n++) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < length; i++) {
          word.append(letters.charAt(n >> i & 1));
        }
        sum += Math.pow(2, -spelling.bits(word.toString()));
      }
    }
    assertTrue(sum > 0.7 && sum <= 1, "sum " + sum);
    assertTrue(spelling.bits("ba") < spelling.bits("xy"));
  }

  @Test
  void fineTuningAddsWords() {
    TextGenerator generator = trained(small(), 1);
    TextGenerator tuned =
        generator.fineTune(
            List.of("The dog said: \"On the mat.\"\n".repeat(60)),
            FineTuneOptions.builder().newWords(2).training(training().epochs(1).build()).build());
    assertEquals(generator.words().size() + 2, tuned.words().size());
    assertTrue(tuned.words().words().contains(" dog"), tuned.words().words()::toString);
    assertEquals(
        generator.words().words(),
        tuned.words().words().subList(0, generator.words().words().size()));
    assertTrue(
        assertThrows(
                DataException.class,
                () -> generator.trainOn(List.of("nobody knows ".repeat(90)), training().build()))
            .getMessage()
            .contains("none of the words"));
  }

  @Test
  void aNetworkOfOnesOwn() {
    Vocabulary words = Vocabulary.ofWords(List.of("a", " b", ".", "\n"));
    TextGeneration entry = small().vocabularySize(words.size()).build();
    TextGenerator generator = TextGenerator.ofWords(entry.init(), entry, words);
    assertEquals(TextUnit.WORDS, generator.unit());
    assertTrue(generator.provenance().trainedOutside());
    assertThrows(
        IllegalArgumentException.class,
        () -> TextGenerator.ofWords(entry.init(), entry, Vocabulary.ofWords(List.of("a  b"))));
    TextGenerator characters =
        TextGenerator.of(
            TextGeneration.builder().vocabularySize(3).build().init(),
            TextGeneration.builder().build(),
            CharacterVocabulary.of("ab", 9));
    assertTrue(
        assertThrows(IllegalStateException.class, characters::words)
            .getMessage()
            .contains("vocabulary()"));
  }

  @Test
  void damagedFilesAndShortTexts() {
    TextGenerator saved = trained(small(), 1);
    Path file = folder.resolve("model.zip");
    saved.save(file);
    ModelFile model = ModelFile.read(file, "text-generation");
    Map<String, Object> entries = new HashMap<>();
    for (String name : List.of("vocabulary", "options", "provenance")) {
      entries.put(name, model.entry(name, Object.class));
    }
    entries.put("vocabulary", List.of("two words at  once"));
    Path damaged = folder.resolve("damaged.zip");
    ModelFile.write(damaged, model.network(), "text-generation", entries);
    assertTrue(
        assertThrows(ModelFileException.class, () -> TextGenerator.load(damaged))
            .getMessage()
            .contains("holds what is no word"));
    assertTrue(
        assertThrows(
                DataException.class,
                () -> TextGenerator.train(List.of("a b"), small().build(), training().build()))
            .getMessage()
            .contains(" words to train on"));
  }

  /** Thirty words in any order, the first of them a quarter of the text, the last a hundredth. */
  @Tag("learning")
  @Test
  void thePenaltyLowersRepetitionsOfWords() {
    Random random = new Random(Learning.seed());
    StringBuilder text = new StringBuilder("word0");
    for (int i = 0; i < 4_000; i++) {
      text.append(" word").append((int) (Math.exp(random.nextDouble() * Math.log(31)) - 1));
    }
    TextGenerator generator =
        TextGenerator.train(
            List.of(text.toString()), small().build(), training().epochs(2).build());
    long[] repetitions = new long[2];
    for (int i = 0; i < 2; i++) {
      for (long seed = 1; seed <= 20; seed++) {
        GenerationOptions options =
            GenerationOptions.builder()
                .length(120)
                .temperature(1)
                .seed(seed)
                .repetitionPenalty(i == 0 ? 1 : 3)
                .build();
        List<String> words = TextPieces.cut(generator.generate("word0", options));
        repetitions[i] += words.size() - words.stream().distinct().count();
      }
    }
    assertTrue(
        repetitions[1] < 0.8 * repetitions[0],
        () -> repetitions[0] + " repetitions without, " + repetitions[1] + " with the penalty");
  }
}
