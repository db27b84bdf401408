package io.github.recurrentzoo.zoo.tagging;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Sentences and minibatches for tests. */
public final class TagData {
  private TagData() {}

  /** A sentence written as "word/label word/label". */
  public static TaggedText row(String tokens) {
    List<String> words = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    for (String token : tokens.split(" ", -1)) {
      int slash = token.lastIndexOf('/');
      words.add(token.substring(0, slash));
      labels.add(token.substring(slash + 1));
    }
    return new TaggedText(words, labels);
  }

  /**
   * Sentences of made-up words, so that most words of other sentences are new: words in -ing are V,
   * those with a capital N, "to" P; "run" is V behind "to" and N elsewhere.
   */
  public static List<TaggedText> grammar(int count, long seed) {
    Random random = new Random(seed);
    List<TaggedText> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<String> words = new ArrayList<>();
      List<String> labels = new ArrayList<>();
      int length = 3 + random.nextInt(6);
      while (words.size() < length) {
        switch (random.nextInt(4)) {
          case 0 -> add(words, labels, made(random) + "ing", "V");
          case 1 -> {
            String name = made(random);
            add(
                words,
                labels,
                name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1),
                "N");
          }
          case 2 -> add(words, labels, "run", "N");
          default -> {
            add(words, labels, "to", "P");
            add(words, labels, "run", "V");
          }
        }
      }
      rows.add(new TaggedText(words, labels));
    }
    return rows;
  }

  private static void add(List<String> words, List<String> labels, String word, String label) {
    words.add(word);
    labels.add(label);
  }

  private static String made(Random random) {
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < 5; i++) {
      word.append((char) ('a' + random.nextInt(26)));
    }
    return word.toString();
  }

  /** A minibatch for a network that reads words and affixes. */
  public static MultiDataSet dataSet(int words, int buckets, int labels, int... lengths) {
    Random random = new Random(7);
    int steps = Arrays.stream(lengths).max().orElseThrow();
    INDArray mask = Nd4j.zeros(lengths.length, steps);
    INDArray right = Nd4j.zeros(lengths.length, labels, steps);
    INDArray[] inputs = new INDArray[1 + Affix.values().length];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = Nd4j.zeros(lengths.length, steps);
    }
    for (int b = 0; b < lengths.length; b++) {
      for (int t = 0; t < lengths[b]; t++) {
        mask.putScalar(b, t, 1);
        right.putScalar(b, random.nextInt(labels), t, 1);
        for (int i = 0; i < inputs.length; i++) {
          inputs[i].putScalar(b, t, 1 + random.nextInt((i == 0 ? words : buckets) - 1));
        }
      }
    }
    INDArray[] masks = new INDArray[inputs.length];
    Arrays.fill(masks, mask);
    return new MultiDataSet(inputs, new INDArray[] {right}, masks, new INDArray[] {mask});
  }
}
