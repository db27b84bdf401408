package io.github.recurrentzoo.zoo.generation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.text.CharacterVocabulary;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CharacterNGramsTest {

  private static final double LN2 = Math.log(2);

  private static String text(int seed, int length) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      // Each letter is often followed by the next one.
      char before = text.isEmpty() ? 'a' : text.charAt(i - 1);
      text.append(
          random.nextInt(3) > 0
              ? (char) ('a' + (before - 'a' + 1) % 5)
              : (char) ('a' + random.nextInt(5)));
    }
    return text.toString();
  }

  /** The equations over maps of strings. */
  private record Naive(String text, int order, CharacterVocabulary vocabulary) {

    Map<String, Integer> counts(int k) {
      Map<String, Integer> counts = new HashMap<>();
      if (k == order) {
        for (int i = 0; i + k <= text.length(); i++) {
          counts.merge(text.substring(i, i + k), 1, Integer::sum);
        }
        return counts;
      }
      Set<String> longer = new HashSet<>();
      for (int i = 0; i + k + 1 <= text.length(); i++) {
        longer.add(text.substring(i, i + k + 1));
      }
      longer.forEach(gram -> counts.merge(gram.substring(1), 1, Integer::sum));
      return counts;
    }

    double p(String history, char w, int k) {
      if (k == 0) {
        return 1.0 / vocabulary.size();
      }
      if (history.length() < k - 1) {
        return p(history, w, k - 1);
      }
      String h = history.substring(history.length() - k + 1);
      Map<String, Integer> counts = counts(k);
      double total = 0;
      double types = 0;
      for (Map.Entry<String, Integer> entry : counts.entrySet()) {
        if (entry.getKey().startsWith(h)) {
          total += entry.getValue();
          types++;
        }
      }
      double lower = p(history, w, k - 1);
      if (total == 0) {
        return lower;
      }
      double n1 = counts.values().stream().filter(c -> c == 1).count();
      double n2 = counts.values().stream().filter(c -> c == 2).count();
      double d = n1 == 0 ? 0.5 : n1 / (n1 + 2 * n2);
      return Math.max(counts.getOrDefault(h + w, 0) - d, 0) / total + d * types / total * lower;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5})
  void agreesWithTheEquations(int order) {
    String text = text(1, 60);
    CharacterVocabulary vocabulary = CharacterVocabulary.of(text, 100);
    CharacterNGrams model = CharacterNGrams.of(text, vocabulary, order);
    Naive naive = new Naive(text, order, vocabulary);
    String other = text(2, 25);
    double bits = 0;
    for (int i = 0; i < other.length(); i++) {
      String history = other.substring(Math.max(0, i - order + 1), i);
      bits -= Math.log(naive.p(history, other.charAt(i), Math.min(order, i + 1))) / LN2;
    }
    assertEquals(bits / other.length(), model.bitsPerCharacter(other), 1e-10);
  }

  /** Of all continuations of a history, the unknown character included. */
  @Test
  void probabilitiesAddUpToOne() {
    String text = text(3, 3_000);
    CharacterVocabulary vocabulary = CharacterVocabulary.of(text, 100);
    CharacterNGrams model = CharacterNGrams.of(text, vocabulary, 5);
    for (String history : new String[] {"", "a", "abcd", "aaaaa", "eaecb", "??a", "zzzz"}) {
      double sum = 0;
      double before = history.isEmpty() ? 0 : bits(model, history);
      TreeSet<String> all = new TreeSet<>(vocabulary.characters());
      for (String w : all) {
        sum += Math.pow(2, before - bits(model, history + w));
      }
      sum += Math.pow(2, before - bits(model, history + "?") + vocabulary.bitsPerUnknown());
      assertEquals(1, sum, 1e-9, history);
    }
  }

  private static double bits(CharacterNGrams model, String text) {
    return model.bitsPerCharacter(text) * text.codePointCount(0, text.length());
  }

  @Test
  void longerNGramsPredictBetterWhereThereIsSomethingToPredict() {
    String text = "the cat sat on the mat and the dog sat on the log. ".repeat(20);
    String training = text.substring(0, 700);
    CharacterVocabulary vocabulary = CharacterVocabulary.of(training, 100);
    double one = CharacterNGrams.of(training, vocabulary, 1).bitsPerCharacter(text.substring(700));
    double five = CharacterNGrams.of(training, vocabulary, 5).bitsPerCharacter(text.substring(700));
    assertTrue(five < 0.5 && one > 2.5, five + " and " + one);
  }

  /** A thousand different ones, so that the trie has to grow. */
  @Test
  void manyCharacters() {
    StringBuilder text = new StringBuilder();
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      text.appendCodePoint(0x20000 + random.nextInt(1_000));
    }
    CharacterVocabulary vocabulary = CharacterVocabulary.of(text.toString(), 5_000);
    double bits =
        CharacterNGrams.of(text.toString(), vocabulary, 3)
            .bitsPerCharacter(
                new StringBuilder().appendCodePoint(0x20005).appendCodePoint(0x20007).toString());
    assertEquals(Math.log(1_000) / LN2, bits, 3);
  }

  @Test
  void whatCannotBe() {
    CharacterVocabulary vocabulary = CharacterVocabulary.of("abc", 10);
    CharacterNGrams model = CharacterNGrams.of("abc", vocabulary, 2);
    assertThrows(IllegalArgumentException.class, () -> model.bitsPerCharacter(""));
    for (int order : new int[] {0, 21}) {
      String message =
          assertThrows(
                  IllegalArgumentException.class,
                  () -> CharacterNGrams.of("abc", vocabulary, order))
              .getMessage();
      assertTrue(message.contains("" + order) && message.contains("1 to 20"), message);
    }
  }
}
