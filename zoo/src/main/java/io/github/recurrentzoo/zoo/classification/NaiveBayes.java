package io.github.recurrentzoo.zoo.classification;

import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.text.TextUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Multinomial naive Bayes on words and pairs of neighbouring words, or on sequences of one to three
 * characters: what a text classifier has to beat. It learns in seconds, and on few rows it is hard
 * to beat.
 *
 * <pre>
 * answer = argmax_c  log p(c) + sum_f n_f log p(f | c)
 * p(c)     = rows of c / rows
 * p(f | c) = (n_fc + a) / (n_c + a V)
 * </pre>
 *
 * n_f is how often the feature f is in the text, n_fc how often in the training texts of class c,
 * n_c = sum_f n_fc, V the number of different features. The smoothing a is the one of {@code 1,
 * 0.5, 0.2, 0.1, 0.05, 0.02, 0.01} that answers most validation rows (see {@link #train}) rightly,
 * the largest of several. Features that are in no training text are left out. Texts are read to
 * their end.
 *
 * <p>Source: McCallum and Nigam, A comparison of event models for naive Bayes text classification,
 * 1998. Immutable, safe for use by many threads.
 */
public final class NaiveBayes {
  /** What tables call it. */
  static final String NAME = "naive Bayes";

  private static final double[] SMOOTHINGS = {1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01};
  private static final int LONGEST_GRAM = 3;
  private static final int FOLDS = 5;
  private static final int ROWS_FOR_FOLDS = 20;
  private static final int MOST_ROWS_FOR_FOLDS = 2_000;

  private final TextUnit unit;
  private final List<String> labels;
  private final Map<String, Integer> words;
  private final long[] keys; // ascending: feature * classes + class
  private final int[] counts; // of each key
  private final double[] logPriors;
  private final long[] totals; // n_c
  private final long features; // V
  private final double smoothing;

  private NaiveBayes(NaiveBayes other, double smoothing) {
    unit = other.unit;
    labels = other.labels;
    words = other.words;
    keys = other.keys;
    counts = other.counts;
    logPriors = other.logPriors;
    totals = other.totals;
    features = other.features;
    this.smoothing = smoothing;
  }

  private NaiveBayes(TextUnit unit, List<LabeledText> rows) {
    this.unit = unit;
    labels = List.copyOf(new TreeSet<>(rows.stream().map(LabeledText::label).toList()));
    words = new HashMap<>();
    smoothing = SMOOTHINGS[0];
    Map<String, Integer> classes = new HashMap<>();
    labels.forEach(label -> classes.put(label, classes.size()));
    List<int[]> texts = new ArrayList<>(rows.size());
    logPriors = new double[labels.size()];
    for (LabeledText row : rows) {
      texts.add(
          parts(row.text()).stream()
              .mapToInt(word -> words.computeIfAbsent(word, w -> words.size()))
              .toArray());
      logPriors[classes.get(row.label())]++;
    }
    long[] all =
        LongStream.range(0, rows.size())
            .flatMap(
                row -> {
                  int c = classes.get(rows.get((int) row).label());
                  return features(texts.get((int) row)).map(f -> f * labels.size() + c);
                })
            .sorted()
            .toArray();
    keys = LongStream.of(all).distinct().toArray();
    counts = new int[keys.length];
    totals = new long[labels.size()];
    for (int i = 0, k = 0; i < all.length; i++) {
      k += all[i] == keys[k] ? 0 : 1;
      counts[k]++;
      totals[(int) (all[i] % labels.size())]++;
    }
    features = LongStream.of(keys).map(key -> key / labels.size()).distinct().count();
    for (int c = 0; c < logPriors.length; c++) {
      logPriors[c] = Math.log(logPriors[c] / rows.size());
    }
  }

  /**
   * Learns from rows.
   *
   * @param training rows to count; one at least
   * @param validation rows that choose the smoothing; without any, up to {@value
   *     #MOST_ROWS_FOR_FOLDS} of the rows to count do so in {@value #FOLDS} folds, and below
   *     {@value #ROWS_FOR_FOLDS} rows it is 1
   * @throws DataException if there is no row to count
   */
  public static NaiveBayes train(List<LabeledText> training, List<LabeledText> validation) {
    return train(TextUnit.WORDS, training, validation);
  }

  /**
   * As {@link #train(List, List)}, on what a network reads: of characters it counts all sequences
   * of one to three.
   */
  public static NaiveBayes train(
      TextUnit unit, List<LabeledText> training, List<LabeledText> validation) {
    if (training.isEmpty()) {
      throw new DataException("There are no rows to learn from; expected one at least.");
    }
    NaiveBayes counted = new NaiveBayes(unit, training);
    int[] right = new int[SMOOTHINGS.length];
    if (!validation.isEmpty()) {
      counted.addRight(validation, right);
    } else if (training.size() >= ROWS_FOR_FOLDS) {
      List<LabeledText> shuffled = new ArrayList<>(training);
      Collections.shuffle(shuffled, new Random(training.size()));
      shuffled = shuffled.subList(0, Math.min(MOST_ROWS_FOR_FOLDS, shuffled.size()));
      for (StratifiedSplit fold : StratifiedSplit.dealt(shuffled, FOLDS)) {
        new NaiveBayes(unit, fold.training()).addRight(fold.test(), right);
      }
    }
    int best = 0;
    for (int i = 1; i < right.length; i++) {
      best = right[i] > right[best] ? i : best;
    }
    return new NaiveBayes(counted, SMOOTHINGS[best]);
  }

  /** Adds, by smoothing, how many of the rows it answers rightly. */
  private void addRight(List<LabeledText> rows, int[] right) {
    for (LabeledText row : rows) {
      double[][] scores = scores(row.text(), SMOOTHINGS);
      for (int i = 0; i < right.length; i++) {
        right[i] += labels.get(ClassProbabilities.best(scores[i])).equals(row.label()) ? 1 : 0;
      }
    }
  }

  /** Words, or all sequences of one to three characters. */
  private List<String> parts(String text) {
    if (unit == TextUnit.WORDS) {
      return unit.cut(text);
    }
    List<String> characters = unit.cut(text);
    List<String> grams = new ArrayList<>(LONGEST_GRAM * characters.size());
    for (int start = 0; start < characters.size(); start++) {
      int longest = Math.min(characters.size(), start + LONGEST_GRAM);
      for (int end = start + 1; end <= longest; end++) {
        grams.add(String.join("", characters.subList(start, end)));
      }
    }
    return grams;
  }

  /**
   * The features of a text's words: each word, and each pair of neighbours. A word that no training
   * text has is -1, and is in none of them.
   */
  private LongStream features(int[] text) {
    if (unit == TextUnit.CHARACTERS) {
      return IntStream.of(text).filter(id -> id >= 0).asLongStream();
    }
    return LongStream.range(0, 2L * text.length)
        .filter(i -> text[(int) (i / 2)] >= 0)
        .filter(i -> i % 2 == 0 || (i > 1 && text[(int) (i / 2 - 1)] >= 0))
        .map(
            i -> {
              int t = (int) (i / 2);
              return i % 2 == 0 ? text[t] : (text[t - 1] + 1L) << Integer.SIZE | text[t];
            });
  }

  /** The most probable label of a text. */
  public String predict(String text) {
    return labels.get(ClassProbabilities.best(scores(text)));
  }

  /** log p(c) + sum_f n_f log p(f | c) of each class; classes without a feature have a / (...). */
  double[] scores(String text) {
    return scores(text, new double[] {smoothing})[0];
  }

  /** The same for each of some smoothings. */
  private double[][] scores(String text, double[] smoothings) {
    int[] ids = parts(text).stream().mapToInt(word -> words.getOrDefault(word, -1)).toArray();
    int classes = labels.size();
    double[][] scores = new double[smoothings.length][];
    Arrays.setAll(scores, i -> logPriors.clone());
    int[] known = {0};
    features(ids)
        .forEach(
            feature -> {
              int first = firstKey(feature * classes);
              if (first == keys.length || keys[first] / classes != feature) {
                return;
              }
              known[0]++;
              for (int k = first; k < keys.length && keys[k] / classes == feature; k++) {
                for (int i = 0; i < smoothings.length; i++) {
                  scores[i][(int) (keys[k] % classes)] += Math.log1p(counts[k] / smoothings[i]);
                }
              }
            });
    for (int i = 0; i < smoothings.length; i++) {
      for (int c = 0; c < classes; c++) {
        scores[i][c] += known[0] * Math.log(smoothings[i] / (totals[c] + smoothings[i] * features));
      }
    }
    return scores;
  }

  /** The index of the first key that is not smaller. */
  private int firstKey(long key) {
    int found = Arrays.binarySearch(keys, key);
    return found < 0 ? -found - 1 : found;
  }

  /**
   * How good it is on labelled rows.
   *
   * @param rows one at least; labels that it has not learned count as wrong
   * @throws DataException if there are no rows
   */
  public ClassificationReport evaluate(List<LabeledText> rows) {
    if (rows.isEmpty()) {
      throw new DataException("There are no rows to evaluate on; expected one at least.");
    }
    List<String> all = new ArrayList<>(labels);
    rows.stream()
        .map(LabeledText::label)
        .distinct()
        .filter(l -> !labels.contains(l))
        .forEach(all::add);
    Map<String, Integer> indices = new HashMap<>();
    all.forEach(label -> indices.put(label, indices.size()));
    return ClassificationReport.of(
        all,
        rows.stream().mapToInt(row -> indices.get(row.label())).toArray(),
        rows.stream().mapToInt(row -> indices.get(predict(row.text()))).toArray());
  }

  /** The labels that it answers with, in alphabetical order. */
  public List<String> labels() {
    return labels;
  }

  /** What it counts, for people. */
  static String counted(ClassificationReport report) {
    return report.texts().map(TextCounts::unit).orElse(TextUnit.WORDS) == TextUnit.WORDS
        ? "words and word pairs"
        : "sequences of one to three characters";
  }

  /** The smoothing a. */
  public double smoothing() {
    return smoothing;
  }
}
