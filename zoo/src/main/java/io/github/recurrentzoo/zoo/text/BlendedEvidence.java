package io.github.recurrentzoo.zoo.text;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * {@link TextEvidence} of naive Bayes and logistic regression together.
 *
 * <pre>
 * evidence = r (w b + (1 - w) g)          b of {@link NaiveBayesEvidence}, g of {@link RegressionEvidence}
 * </pre>
 *
 * The share w is the one of {@code 0, 0.25, 0.5, 0.75, 1} with the lowest cross-entropy on left-out
 * folds, and r makes probabilities of the sum, see {@link EvidenceFit}. The priors of naive Bayes
 * are left out. Immutable.
 *
 * @param naiveBayes r w b; null for w = 0
 * @param regression r (1 - w) g; null for w = 1
 */
public record BlendedEvidence(NaiveBayesEvidence naiveBayes, RegressionEvidence regression)
    implements TextEvidence {
  private static final double[] SHARES = {0, 0.25, 0.5, 0.75, 1};

  /**
   * Refuses parts that do not fit together.
   *
   * @throws IllegalArgumentException if both are missing, or they are of different classes
   */
  public BlendedEvidence {
    if (naiveBayes == null && regression == null) {
      throw new IllegalArgumentException("it lacks both models");
    }
    if (naiveBayes != null && regression != null && naiveBayes.classes() != regression.classes()) {
      throw new IllegalArgumentException(
          "naive Bayes of %d classes, regression of %d"
              .formatted(naiveBayes.classes(), regression.classes()));
    }
  }

  /** A share of naive Bayes, and the scale of what it gives. */
  private record Candidate(double share, EvidenceFit.Scaled scaled) {
    double ofNaiveBayes() {
      return share * scaled.scale();
    }

    double ofRegression() {
      return (1 - share) * scaled.scale();
    }
  }

  /** Blends two fits of the same rows. */
  static EvidenceFit fit(EvidenceFit naiveBayes, EvidenceFit regression, int[] classOf) {
    int classes = naiveBayes.evidence().classes();
    int step = 1 + classOf.length / EvidenceFit.ROWS_TO_CHOOSE;
    int[] some = IntStream.range(0, classOf.length).filter(row -> row % step == 0).toArray();
    int[] expected = IntStream.of(some).map(row -> classOf[row]).toArray();
    Candidate best =
        DoubleStream.of(SHARES)
            .mapToObj(
                share ->
                    new Candidate(
                        share,
                        EvidenceFit.scaled(
                            IntStream.of(some)
                                .mapToObj(
                                    row ->
                                        scores(
                                            sum(
                                                naiveBayes.inputs().get(row),
                                                share,
                                                regression.inputs().get(row),
                                                1 - share)))
                                .toArray(double[][]::new),
                            expected)))
            .min(Comparator.comparingDouble(each -> each.scaled.loss()))
            .orElseThrow();
    return new EvidenceFit(
        new BlendedEvidence(
            best.share == 0
                ? null
                : ((NaiveBayesEvidence) naiveBayes.evidence()).times(best.ofNaiveBayes()),
            best.share == 1
                ? null
                : ((RegressionEvidence) regression.evidence()).times(best.ofRegression())),
        IntStream.range(0, classOf.length)
            .mapToObj(
                row ->
                    sum(
                        naiveBayes.inputs().get(row),
                        best.ofNaiveBayes(),
                        regression.inputs().get(row),
                        best.ofRegression()))
            .toList(),
        Collections.nCopies(classes, 0.0));
  }

  private static float[] sum(float[] a, double ofA, float[] b, double ofB) {
    float[] sum = new float[a.length];
    for (int c = 0; c < sum.length; c++) {
      sum[c] = (float) (ofA * a[c] + ofB * b[c]);
    }
    return sum;
  }

  /** Scores of the classes whose centred input this is. */
  private static double[] scores(float[] input) {
    return input.length == 1
        ? RegressionEvidence.scores(new double[] {input[0]})
        : IntStream.range(0, input.length).mapToDouble(c -> input[c]).toArray();
  }

  @Override
  public int classes() {
    return naiveBayes == null ? regression.classes() : naiveBayes.classes();
  }

  @Override
  public float[] of(String text) {
    if (naiveBayes == null || regression == null) {
      return naiveBayes == null ? regression.of(text) : naiveBayes.of(text);
    }
    return sum(naiveBayes.of(text), 1, regression.of(text), 1);
  }

  @Override
  public float[][] parts(List<String> units) {
    if (naiveBayes == null || regression == null) {
      return naiveBayes == null ? regression.parts(units) : naiveBayes.parts(units);
    }
    float[][] counted = naiveBayes.parts(units);
    float[][] weighed = regression.parts(units);
    return IntStream.range(0, counted.length)
        .mapToObj(t -> sum(counted[t], 1, weighed[t], 1))
        .toArray(float[][]::new);
  }

  @Override
  public BlendedEvidence with(WordMean words) {
    return regression == null ? this : new BlendedEvidence(naiveBayes, regression.with(words));
  }

  /** As a model file holds it; one of the two may be null. */
  public record Entry(NaiveBayesEvidence.Entry naiveBayes, RegressionEvidence.Entry regression) {}

  @Override
  public Entry entry() {
    return new Entry(
        naiveBayes == null ? null : naiveBayes.entry(),
        regression == null ? null : regression.entry());
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
        entry.regression() == null ? null : RegressionEvidence.of(entry.regression(), unit, words));
  }
}
