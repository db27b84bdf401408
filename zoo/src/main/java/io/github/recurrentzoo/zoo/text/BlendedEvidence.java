package io.github.recurrentzoo.zoo.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * {@link TextEvidence} of naive Bayes and logistic regression together.
 *
 * <pre>
 * evidence = r (w b + (1 - w) ((1 - v) g + v p))
 * </pre>
 *
 * b is that of {@link NaiveBayesEvidence}, g and p those of {@link RegressionEvidence}: g of what
 * naive Bayes counts, p of the parts of words, where few texts are learned from. The shares w (of
 * 0, 0.25 ... 1) and v (of 0, 0.25, 0.5, 0.75) are those with the lowest cross-entropy on left-out
 * folds, and r makes probabilities of the sum, see {@link EvidenceFit}. The priors of naive Bayes
 * are left out. Immutable.
 *
 * @param naiveBayes r w b; null for w = 0
 * @param regression r (1 - w) (1 - v) g; null for w = 1
 * @param parts r (1 - w) v p; null for none
 */
public record BlendedEvidence(
    NaiveBayesEvidence naiveBayes, RegressionEvidence regression, RegressionEvidence parts)
    implements TextEvidence {
  private static final double[] SHARES = {0, 0.25, 0.5, 0.75, 1};
  private static final double[] SHARES_OF_PARTS = {0, 0.25, 0.5, 0.75};

  /**
   * Refuses models that do not fit together.
   *
   * @throws IllegalArgumentException if all are missing, or they are of different classes
   */
  public BlendedEvidence {
    List<Integer> classes =
        Stream.of(naiveBayes, regression, parts)
            .filter(Objects::nonNull)
            .map(TextEvidence::classes)
            .distinct()
            .toList();
    if (classes.size() != 1) {
      throw new IllegalArgumentException(
          classes.isEmpty()
              ? "it lacks all models"
              : "its models are of %s classes".formatted(classes));
    }
  }

  /** Shares of the fits, and the scale of what they give. */
  private record Candidate(List<Double> shares, EvidenceFit.Scaled scaled) {
    double factor(int fit) {
      return shares.get(fit) * scaled.scale();
    }
  }

  /**
   * Blends fits of the same rows.
   *
   * @param parts null for none
   */
  static EvidenceFit fit(
      EvidenceFit naiveBayes, EvidenceFit regression, EvidenceFit parts, int[] classOf) {
    List<EvidenceFit> fits =
        Stream.of(naiveBayes, regression, parts).filter(Objects::nonNull).toList();
    int step = 1 + classOf.length / EvidenceFit.ROWS_TO_CHOOSE;
    int[] some = IntStream.range(0, classOf.length).filter(row -> row % step == 0).toArray();
    int[] expected = IntStream.of(some).map(row -> classOf[row]).toArray();
    Candidate best =
        shares(parts != null).stream()
            .map(
                shares ->
                    new Candidate(
                        shares,
                        EvidenceFit.scaled(
                            IntStream.of(some)
                                .mapToObj(row -> scores(sum(fits, row, shares)))
                                .toArray(double[][]::new),
                            expected)))
            .min(Comparator.comparingDouble(each -> each.scaled.loss()))
            .orElseThrow();
    List<Double> factors = IntStream.range(0, fits.size()).mapToObj(best::factor).toList();
    return new EvidenceFit(
        new BlendedEvidence(
            factors.get(0) == 0
                ? null
                : ((NaiveBayesEvidence) naiveBayes.evidence()).times(factors.get(0)),
            times(regression, factors.get(1)),
            parts == null ? null : times(parts, factors.get(2))),
        IntStream.range(0, classOf.length).mapToObj(row -> sum(fits, row, factors)).toList(),
        Collections.nCopies(naiveBayes.evidence().classes(), 0.0));
  }

  private static RegressionEvidence times(EvidenceFit regression, double factor) {
    return factor == 0 ? null : ((RegressionEvidence) regression.evidence()).times(factor);
  }

  /** The shares of naive Bayes, regression and perhaps parts that are tried. */
  private static List<List<Double>> shares(boolean parts) {
    List<List<Double>> all = new ArrayList<>();
    for (double w : SHARES) {
      for (double v : parts && w < 1 ? SHARES_OF_PARTS : new double[1]) {
        all.add(parts ? List.of(w, (1 - w) * (1 - v), (1 - w) * v) : List.of(w, 1 - w));
      }
    }
    return all;
  }

  private static float[] sum(List<EvidenceFit> fits, int row, List<Double> factors) {
    float[] sum = new float[fits.get(0).inputs().get(row).length];
    for (int i = 0; i < fits.size(); i++) {
      add(sum, fits.get(i).inputs().get(row), factors.get(i));
    }
    return sum;
  }

  private static void add(float[] sum, float[] other, double factor) {
    for (int c = 0; c < sum.length; c++) {
      sum[c] += (float) (factor * other[c]);
    }
  }

  /** Scores of the classes whose centred input this is. */
  private static double[] scores(float[] input) {
    return input.length == 1
        ? RegressionEvidence.scores(new double[] {input[0]})
        : IntStream.range(0, input.length).mapToDouble(c -> input[c]).toArray();
  }

  private List<TextEvidence> models() {
    return Stream.<TextEvidence>of(naiveBayes, regression, parts).filter(Objects::nonNull).toList();
  }

  @Override
  public int classes() {
    return models().get(0).classes();
  }

  @Override
  public float[] of(String text) {
    List<TextEvidence> models = models();
    float[] sum = models.get(0).of(text);
    models.stream().skip(1).forEach(model -> add(sum, model.of(text), 1));
    return sum;
  }

  @Override
  public float[][] parts(List<String> units) {
    List<TextEvidence> models = models();
    float[][] sums = models.get(0).parts(units);
    for (TextEvidence model : models.subList(1, models.size())) {
      float[][] others = model.parts(units);
      Arrays.setAll(
          sums,
          t -> {
            add(sums[t], others[t], 1);
            return sums[t];
          });
    }
    return sums;
  }

  @Override
  public BlendedEvidence with(WordMean words) {
    return regression == null
        ? this
        : new BlendedEvidence(naiveBayes, regression.with(words), parts);
  }

  /** As a model file holds it; each may be null, but not all. */
  public record Entry(
      NaiveBayesEvidence.Entry naiveBayes,
      RegressionEvidence.Entry regression,
      RegressionEvidence.Entry parts) {}

  @Override
  public Entry entry() {
    return new Entry(
        naiveBayes == null ? null : naiveBayes.entry(),
        regression == null ? null : regression.entry(),
        parts == null ? null : parts.entry());
  }

  /**
   * The evidence of an entry.
   *
   * @param unit of what it counts
   * @param words asked for the vectors where the entry needs them
   * @throws IllegalArgumentException if its parts do not fit together
   */
  public static BlendedEvidence of(Entry entry, TextUnit unit, Supplier<WordMean> words) {
    return new BlendedEvidence(
        entry.naiveBayes() == null ? null : NaiveBayesEvidence.of(entry.naiveBayes(), unit),
        entry.regression() == null ? null : RegressionEvidence.of(entry.regression(), unit, words),
        entry.parts() == null ? null : RegressionEvidence.of(entry.parts(), Grams.OF_PARTS, words));
  }
}
