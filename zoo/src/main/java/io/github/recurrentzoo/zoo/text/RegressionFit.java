package io.github.recurrentzoo.zoo.text;

import de.bwaldvogel.liblinear.Feature;
import de.bwaldvogel.liblinear.FeatureNode;
import de.bwaldvogel.liblinear.Linear;
import de.bwaldvogel.liblinear.Model;
import de.bwaldvogel.liblinear.Parameter;
import de.bwaldvogel.liblinear.Problem;
import de.bwaldvogel.liblinear.SolverType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Trains {@link RegressionEvidence}: L2-regularized logistic regression, min |w|^2 / 2 + C sum_i
 * log(1 + exp(-y_i w x_i)), by LIBLINEAR (Fan et al. 2008).
 *
 * <p>Without vectors C is 30, chosen among 1, 3, 10, 30 and 100 on reviews, definitions and
 * descriptions of packages, 100 to 2,000 texts; from 10 on it makes no difference of more than 2
 * points. With vectors, their mean m is read as well, as k (m - mean m) / sqrt(mean |m - mean
 * m|^2), beside tf-idf with a norm of 1; k and C are those of {@link #KINDS} with the lowest loss
 * on the rows of folds that were left out. From {@value #MOST_FOR_MEANS} texts on it is not read: a
 * recurrent network makes more of the vectors then.
 */
final class RegressionFit {
  private static final List<Kind> KINDS =
      List.of(new Kind(0, 30), new Kind(0.5, 30), new Kind(1, 10), new Kind(2, 10));
  private static final double LEAST_VARIANCE =
      1e-12; // less is rounding: vectors have lengths of 1 to 10
  private static final double TOLERANCE = 0.1; // LIBLINEAR's for this solver
  private static final int FOLDS = 10;
  private static final int FOLDS_OF_MANY = 5;
  private static final int MANY = 2000;
  private static final int MOST_FOR_MEANS = 1500;
  private static final int MOST_OTHERS = 50_000; // words beside those of the rows, in the model
  private static final long SO_MANY_AT_ONCE = 2_000_000;

  private final Grams grams;
  private final List<long[]> texts;
  private final List<double[]> means; // null for a text of which no word has a vector
  private final WordMean words; // null without vectors
  private final int[] classOf;
  private final int classes;
  private final long seed;

  private RegressionFit(ClassTexts texts, Grams grams, WordMean words, long seed) {
    this.grams = grams;
    this.texts = texts.features(grams);
    this.classOf = texts.classArray();
    this.classes = texts.classes();
    this.words =
        words != null
                && classOf.length < MOST_FOR_MEANS
                && (long) RegressionEvidence.units(classes)
                        * (words.vocabulary().size() + MOST_OTHERS)
                    <= MeanScores.MOST_SCORES
            ? words
            : null;
    this.means = new ArrayList<>();
    for (String text : this.words == null ? List.<String>of() : texts.texts()) {
      means.add(words.of(grams.cut(text)));
    }
    this.seed = seed;
    Linear.disableDebugOutput();
  }

  /**
   * How a model reads its texts.
   *
   * @param share k, of the mean of the vectors; 0 to read none
   * @param c C
   */
  private record Kind(double share, double c) {}

  /** A kind, the scores of each text by a model that has not learned it, and their scale. */
  private record Candidate(Kind kind, List<double[]> scores, EvidenceFit.Scaled scaled) {}

  /** See {@link EvidenceFit#of}. */
  static EvidenceFit of(ClassTexts texts, WordMean words, long seed) {
    return of(texts, texts.grams(), words, seed);
  }

  /** The same of other features. */
  static EvidenceFit of(ClassTexts texts, Grams grams, WordMean words, long seed) {
    RegressionFit fit = new RegressionFit(texts, grams, words, seed);
    boolean read = fit.means.stream().anyMatch(mean -> mean != null);
    Candidate best =
        (read ? KINDS : KINDS.subList(0, 1))
            .stream()
                .map(fit::candidate)
                .min(Comparator.comparingDouble(each -> each.scaled.loss()))
                .orElseThrow();
    double scale = best.scaled.scale();
    int[] all = IntStream.range(0, fit.classOf.length).toArray();
    return new EvidenceFit(
        fit.train(all, best.kind).evidence(scale),
        best.scores.stream().map(row -> TextEvidence.input(row, scale)).toList(),
        Collections.nCopies(fit.classes, 0.0)); // the biases of the regression hold them
  }

  private Candidate candidate(Kind kind) {
    double[][] scores = outOfFold(kind);
    return new Candidate(kind, List.of(scores), EvidenceFit.scaled(scores, classOf));
  }

  /** The scores of each text by a model that has not learned it. */
  private double[][] outOfFold(Kind kind) {
    int folds = classOf.length < MANY ? FOLDS : FOLDS_OF_MANY;
    int[] foldOf = EvidenceFit.foldOf(classOf, folds, seed);
    double[][] scores = new double[classOf.length][];
    IntStream each = IntStream.range(0, folds);
    long all = texts.stream().mapToLong(text -> text.length).sum();
    (all < SO_MANY_AT_ONCE ? each.parallel() : each) // a fold takes some 50 bytes of each feature
        .forEach(
            fold -> {
              int[] others =
                  IntStream.range(0, classOf.length).filter(row -> foldOf[row] != fold).toArray();
              Trained trained = train(others, kind);
              for (int row = 0; row < scores.length; row++) {
                if (foldOf[row] == fold) {
                  scores[row] = trained.scores(row);
                }
              }
            });
    return scores;
  }

  /** The means of some rows, centred and scaled. */
  private static final class Centred {
    private final double[] mean;
    private final double factor;

    Centred(List<double[]> means, double share) {
      mean = new double[means.get(0).length];
      for (double[] each : means) {
        for (int d = 0; d < mean.length; d++) {
          mean[d] += each[d] / means.size();
        }
      }
      double squares = 0;
      for (double[] each : means) {
        for (int d = 0; d < mean.length; d++) {
          squares += (each[d] - mean[d]) * (each[d] - mean[d]) / means.size();
        }
      }
      factor = squares > LEAST_VARIANCE ? share / Math.sqrt(squares) : 0;
    }

    double value(double[] of, int d) {
      return factor * (of[d] - mean[d]);
    }
  }

  /** A model. */
  private final class Trained {
    private final TfIdf features;
    private final Centred centred; // null without vectors
    private final double[] weights; // [features, then dimensions][units]
    private final double[] bias;

    Trained(TfIdf features, Centred centred) {
      this.features = features;
      this.centred = centred;
      int units = RegressionEvidence.units(classes);
      this.weights = new double[(features.features().length + dimensions()) * units];
      this.bias = new double[units];
    }

    private int dimensions() {
      return centred == null ? 0 : centred.mean.length;
    }

    /** Numbered from 1, with the bias at the end. */
    Feature[] nodes(int row) {
      TfIdf.Row of = features.row(texts.get(row));
      List<Feature> nodes = new ArrayList<>(of.size() + dimensions() + 1);
      for (int i = 0; i < of.size(); i++) {
        nodes.add(new FeatureNode(of.index(i) + 1, of.value(i)));
      }
      int next = features.features().length + 1;
      if (centred != null && means.get(row) != null) {
        for (int d = 0; d < dimensions(); d++) {
          nodes.add(new FeatureNode(next + d, centred.value(means.get(row), d)));
        }
      }
      nodes.add(new FeatureNode(next + dimensions(), 1));
      return nodes.toArray(Feature[]::new);
    }

    double[] scores(int row) {
      double[] units = bias.clone();
      for (Feature node : nodes(row)) {
        int at = (node.getIndex() - 1) * units.length;
        for (int u = 0; at < weights.length && u < units.length; u++) {
          units[u] += node.getValue() * weights[at + u];
        }
      }
      return RegressionEvidence.scores(units);
    }

    RegressionEvidence evidence(double scale) {
      int ofFeatures = features.features().length * bias.length;
      return RegressionEvidence.of(
          grams,
          classes,
          features,
          Arrays.copyOf(weights, ofFeatures),
          bias,
          scale,
          centred == null ? null : meanScores(ofFeatures));
    }

    private MeanScores meanScores(int from) {
      float[][] ofMeans = new float[dimensions()][bias.length];
      double[] offset = new double[bias.length];
      for (int d = 0; d < ofMeans.length; d++) {
        for (int u = 0; u < bias.length; u++) {
          double weight = centred.factor * weights[from + d * bias.length + u];
          ofMeans[d][u] = (float) weight;
          offset[u] -= weight * centred.mean[d];
        }
      }
      float[] offsets = new float[bias.length];
      for (int u = 0; u < offsets.length; u++) {
        offsets[u] = (float) offset[u];
      }
      return new MeanScores(ofMeans, offsets, words);
    }
  }

  private Trained train(int[] rows, Kind kind) {
    int units = RegressionEvidence.units(classes);
    int most =
        Math.min(
            RegressionEvidence.MOST_FEATURES, Math.max(1, RegressionEvidence.MOST_WEIGHTS / units));
    List<double[]> vectors =
        kind.share == 0
            ? List.of()
            : Arrays.stream(rows).mapToObj(means::get).filter(mean -> mean != null).toList();
    Trained trained =
        new Trained(
            TfIdf.of(Arrays.stream(rows).mapToObj(texts::get).toList(), most),
            vectors.isEmpty() ? null : new Centred(vectors, kind.share));
    if (IntStream.of(rows).map(row -> classOf[row]).distinct().count() < 2) {
      return trained; // nothing can be told apart
    }
    Problem problem = new Problem();
    problem.l = rows.length;
    problem.n = trained.weights.length / units + 1;
    problem.bias = 1;
    problem.x = Arrays.stream(rows).mapToObj(trained::nodes).toArray(Feature[][]::new);
    problem.y = Arrays.stream(rows).mapToDouble(row -> classOf[row]).toArray();
    Parameter parameter = new Parameter(SolverType.L2R_LR_DUAL, kind.c, TOLERANCE);
    parameter.setRandom(new Random(seed));
    copy(Linear.train(problem, parameter), trained.weights, trained.bias);
    return trained;
  }

  /** A class that no row has is as unlikely as the least likely one of the others. */
  private static void copy(Model model, double[] weights, double[] bias) {
    int[] labels = model.getLabels();
    int trained = labels.length == 2 ? 1 : labels.length;
    double[] from = model.getFeatureWeights();
    int units = bias.length;
    Arrays.fill(bias, Double.POSITIVE_INFINITY);
    for (int k = 0; k < labels.length; k++) {
      double sign = trained == 1 && k == 1 ? -1 : 1;
      int unit = units == 1 ? 0 : labels[k];
      if (units == 1 && labels[k] == 0) {
        continue; // it is class 1's negative
      }
      for (int f = 0; f * units < weights.length; f++) {
        weights[f * units + unit] = sign * from[f * trained + k % trained];
      }
      bias[unit] = sign * from[weights.length / units * trained + k % trained];
    }
    double lowest = Arrays.stream(bias).min().orElseThrow();
    Arrays.setAll(bias, u -> Double.isInfinite(bias[u]) ? lowest : bias[u]);
  }
}
