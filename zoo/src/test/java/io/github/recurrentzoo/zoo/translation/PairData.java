package io.github.recurrentzoo.zoo.translation;

import com.ibm.icu.text.RuleBasedNumberFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Small data sets of pairs. */
public final class PairData {
  private PairData() {}

  /** Rows of ids from 4 on with the given lengths of source and target. */
  public static PairRows rows(int symbols, int[] sources, int[] targets) {
    Random random = new Random(7);
    List<int[]> sourceIds = new ArrayList<>();
    List<int[]> targetIds = new ArrayList<>();
    for (int i = 0; i < sources.length; i++) {
      sourceIds.add(random.ints(sources[i], 4, symbols).toArray());
      targetIds.add(random.ints(targets[i], 4, symbols).toArray());
    }
    return new PairRows(sourceIds, targetIds);
  }

  /** Words of letters a to d, each with the same letters the other way round, in capitals. */
  public static List<TextPair> reversals(int count, int longest) {
    return reversals(count, longest, 4);
  }

  private static List<TextPair> reversals(int count, int longest, int letters) {
    Random random = new Random(11);
    List<TextPair> pairs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      StringBuilder word = new StringBuilder();
      int length = 1 + random.nextInt(longest);
      for (int c = 0; c < length; c++) {
        word.append((char) ('a' + random.nextInt(letters)));
      }
      String reversed = new StringBuilder(word).reverse().toString();
      pairs.add(new TextPair(word.toString(), reversed.toUpperCase(Locale.ROOT)));
    }
    return pairs;
  }

  /**
   * Words of one or two letters a to c with up to three signs among them, each with its letters the
   * other way round, in capitals. There are 12 words and hundreds of ways to write each, so that
   * what is kept from training is like what is trained on. No two rows are the same.
   */
  static List<TextPair> signedReversals(int count) {
    Random random = new Random(11);
    Set<TextPair> pairs = new LinkedHashSet<>();
    for (TextPair pair : reversals(10 * count, 2, 3)) {
      StringBuilder source = new StringBuilder(pair.source());
      for (int signs = random.nextInt(4); signs > 0; signs--) {
        source.insert(random.nextInt(source.length() + 1), ".-+".charAt(random.nextInt(3)));
      }
      pairs.add(new TextPair(source.toString(), pair.target()));
    }
    return new ArrayList<>(pairs).subList(0, count);
  }

  /**
   * Product codes in four notations, each with the one that all are to have: {@code ab-1234/x},
   * {@code 1234.ab x}, {@code x:ab1234} and {@code ab x #1234} become {@code AB1234X}. No two
   * sources are the same.
   */
  public static List<TextPair> productCodes(int count, long seed) {
    Random random = new Random(seed);
    Map<String, TextPair> pairs = new LinkedHashMap<>();
    while (pairs.size() < count) {
      String type = symbols(random, 2, 'a', 26);
      String number = symbols(random, 3 + random.nextInt(3), '0', 10);
      String variant = symbols(random, 1, 'a', 26);
      String source =
          switch (random.nextInt(4)) {
            case 0 -> type + "-" + number + "/" + variant;
            case 1 -> number + "." + type + " " + variant;
            case 2 -> variant + ":" + type + number;
            default -> type + " " + variant + " #" + number;
          };
      String target = (type + number + variant).toUpperCase(Locale.ROOT);
      pairs.put(source, new TextPair(source, target));
    }
    return new ArrayList<>(pairs.values());
  }

  /** Different words of 3 to 8 of the first letters, each with what a function makes of it. */
  static List<TextPair> words(int count, int letters, UnaryOperator<String> function, long seed) {
    Random random = new Random(seed);
    Set<String> words = new LinkedHashSet<>();
    while (words.size() < count) {
      words.add(symbols(random, 3 + random.nextInt(6), 'a', letters));
    }
    return words.stream().map(word -> new TextPair(word, function.apply(word))).toList();
  }

  /** Numbers below a million as a language spells them, each with its digits. */
  static List<TextPair> spelledNumbers(int count, Locale language, long seed) {
    RuleBasedNumberFormat format =
        new RuleBasedNumberFormat(language, RuleBasedNumberFormat.SPELLOUT);
    Random random = new Random(seed);
    Set<Integer> numbers = new LinkedHashSet<>();
    while (numbers.size() < count) {
      numbers.add(random.nextInt((int) Math.pow(10, 1 + random.nextInt(6))));
    }
    return numbers.stream()
        .map(number -> new TextPair(format.format(number), Integer.toString(number)))
        .toList();
  }

  private static String symbols(Random random, int count, char first, int different) {
    StringBuilder symbols = new StringBuilder();
    for (int i = 0; i < count; i++) {
      symbols.append((char) (first + random.nextInt(different)));
    }
    return symbols.toString();
  }

  /** All arrays of a batch, in the order source, target, their masks, labels. */
  static INDArray[] arrays(PairRows rows, int symbols, DataType type) {
    int[] all = new int[rows.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = i;
    }
    PairBatch batch = PairBatch.of(rows, all);
    long steps = batch.target().tokens().size(1);
    INDArray labels = Nd4j.zeros(type, all.length, symbols, steps);
    for (int b = 0; b < all.length; b++) {
      int[] answer = batch.answers().get(b);
      for (int t = 0; t < answer.length; t++) {
        labels.putScalar(b, answer[t], t, 1);
      }
    }
    return new INDArray[] {
      batch.source().tokens().castTo(type),
      batch.target().tokens().castTo(type),
      batch.source().mask().castTo(type),
      batch.target().mask().castTo(type),
      labels
    };
  }

  /** A small minibatch of {@link SequenceToSequence}, for tests of all entries. */
  public static MultiDataSet dataSet() {
    PairRows rows = rows(9, new int[] {3, 5, 1, 4}, new int[] {2, 1, 5, 3});
    INDArray[] arrays = arrays(rows, 9, DataType.FLOAT);
    return new MultiDataSet(
        new INDArray[] {arrays[0], arrays[1]},
        new INDArray[] {arrays[4]},
        new INDArray[] {arrays[2], arrays[3]},
        new INDArray[] {arrays[3]});
  }
}
