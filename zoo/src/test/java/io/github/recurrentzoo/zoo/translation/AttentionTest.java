package io.github.recurrentzoo.zoo.translation;

import static io.github.recurrentzoo.zoo.Learning.assertAtLeast;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.Learning;
import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.preset.Recipe;
import io.github.recurrentzoo.zoo.training.FineTuneOptions;
import io.github.recurrentzoo.zoo.training.Freeze;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.learning.config.Adam;

/** What attention is for: copying, order, and to say what an output rests on. */
class AttentionTest {
  @TempDir Path folder;

  private static SequenceToSequence.Builder small() {
    return SequenceToSequence.builder()
        .hiddenSize(16)
        .embeddingSize(8)
        .maxInputLength(9)
        .maxOutputLength(9)
        .updater(new Adam(0.01));
  }

  private static SequenceTranslator once(SequenceToSequence.Builder architecture) {
    return SequenceTranslator.train(
        PairData.reversals(60, 5),
        architecture.build(),
        TrainingOptions.builder().epochs(1).build());
  }

  /** With the recipe for one's own pairs, on what was not seen in training. */
  private static double exactMatch(List<TextPair> pairs, int hiddenSize, int epochs) {
    Recipe recipe = SequenceToSequence.recipe("pairs", Recurrence.LSTM);
    PairSplit split = PairSplit.bySource(pairs, 0.1, Learning.seed());
    SequenceTranslator translator =
        SequenceTranslator.train(
            split.training(),
            SequenceToSequence.builder()
                .recipe(recipe)
                .hiddenSize(hiddenSize)
                .seed(Learning.seed())
                .build(),
            TrainingOptions.builder().recipe(recipe).epochs(epochs).seed(Learning.seed()).build());
    return translator.evaluate(split.test()).exactMatch();
  }

  @Tag("learning")
  @Test
  void learnsToCopyProductCodes() {
    List<TextPair> codes = PairData.productCodes(900, Learning.seed());
    assertAtLeast("exact match of product codes", exactMatch(codes, 64, 25), 0.6, "0.97");
  }

  @Tag("learning")
  @Test
  void learnsToReverseAndToSort() {
    UnaryOperator<String> reversed = word -> new StringBuilder(word).reverse().toString();
    UnaryOperator<String> sorted =
        word ->
            word.chars()
                .sorted()
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    double backwards = exactMatch(PairData.words(1500, 20, reversed, Learning.seed()), 48, 30);
    assertAtLeast("exact match of reversed words", backwards, 0.5, "0.95");
    double inOrder = exactMatch(PairData.words(1500, 6, sorted, Learning.seed()), 48, 30);
    assertAtLeast("exact match of sorted letters", inOrder, 0.5, "0.95");
  }

  @Tag("learning")
  @Test
  void learnsNumbersInWords() {
    List<TextPair> numbers = PairData.spelledNumbers(1500, Locale.ENGLISH, Learning.seed());
    assertAtLeast("exact match of numbers", exactMatch(numbers, 48, 25), 0.5, "0.95");
  }

  @ParameterizedTest
  @EnumSource
  void explainsWhatItAnswers(Recurrence recurrence) {
    SequenceTranslator translator = once(small().recurrence(recurrence));
    for (DecodingOptions decoding : List.of(DecodingOptions.GREEDY, DecodingOptions.beam(3))) {
      Alignment alignment = translator.explain("abc", decoding);
      Translation translation = translator.translate(List.of("abc"), decoding).get(0);
      assertEquals(translation, alignment.translation());
      assertEquals(List.of("a", "b", "c"), alignment.input());
      assertEquals(translation.text(), String.join("", alignment.output()));
      for (int t = 0; t < alignment.output().size(); t++) {
        double sum = 0;
        for (int j = 0; j < 3; j++) {
          assertTrue(alignment.weight(t, j) > 0);
          sum += alignment.weight(t, j);
        }
        assertEquals(1, sum, 1e-5);
      }
      assertEquals(alignment.output().size(), alignment.toString().lines().count());
      assertEquals(alignment.output(), alignment.toMap().get("outputSymbols"));
    }
  }

  @Test
  void theTextOfAnAlignment() {
    Alignment alignment =
        new Alignment(
            new Translation("B-10", -1, true, 0),
            List.of("a", "b"),
            List.of("B", "-10"),
            new double[][] {{0.05, 0.95}, {0.5, 0.5}});
    assertEquals(
        List.of("B    <-  b (2) 0.95", "-10  <-  a (1) 0.50, b (2) 0.50"),
        alignment.toString().lines().toList());
  }

  @Test
  void anAnswerWithoutAttentionCannotBeExplained() {
    SequenceTranslator translator = once(small().attention(false));
    assertFalse(translator.hasAttention());
    IllegalStateException refused =
        assertThrows(IllegalStateException.class, () -> translator.explain("abc"));
    assertTrue(refused.getMessage().contains("has no attention"), refused.getMessage());
  }

  @Test
  void attentionIsAnOption() {
    assertEquals(true, SequenceToSequence.builder().build().describe().get("attention"));
    assertTrue(SequenceToSequence.builder().build().attention());
    SequenceToSequence without = SequenceToSequence.builder().attention(false).build();
    assertEquals(false, without.describe().get("attention"));
    assertFalse(without.toBuilder().build().attention());
    assertTrue(
        SequenceToSequence.builder().build().parameters() > without.parameters(),
        "attention has weights");
  }

  /** New symbols enlarge the embeddings; the attention keeps its weights, and learns on. */
  @Test
  void fineTuningKeepsTheAttention() {
    SequenceTranslator translator = once(small());
    for (Freeze freeze : new Freeze[] {Freeze.NOTHING, Freeze.ALL_BUT_HEAD}) {
      FineTuneOptions options =
          FineTuneOptions.builder()
              .freeze(freeze)
              .newWords(freeze == Freeze.NOTHING ? 10 : 0)
              .learningRate(1e-9)
              .training(TrainingOptions.builder().epochs(1).build())
              .build();
      List<TextPair> others =
          freeze == Freeze.NOTHING
              ? List.of(new TextPair("axe", "EXA"), new TextPair("ba", "AB"))
              : List.of(new TextPair("ab", "BA"), new TextPair("ba", "AB"));
      SequenceTranslator tuned = translator.fineTune(others, options);
      for (String key : new String[] {"attention_W", "attention_Wc", "attention_b"}) {
        assertTrue(
            translator
                .network()
                .paramTable()
                .get(key)
                .equalsWithEps(tuned.network().paramTable().get(key), 1e-6),
            key);
      }
      Path file = folder.resolve(freeze + ".zip");
      tuned.save(file);
      assertEquals(
          tuned.explain("ba").toMap(), SequenceTranslator.load(file).explain("ba").toMap());
    }
  }
}
