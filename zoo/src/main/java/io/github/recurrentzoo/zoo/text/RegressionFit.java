package io.github.recurrentzoo.zoo.text;

import de.bwaldvogel.liblinear.Feature;
import de.bwaldvogel.liblinear.FeatureNode;
import de.bwaldvogel.liblinear.Linear;
import de.bwaldvogel.liblinear.Model;
import de.bwaldvogel.liblinear.Parameter;
import de.bwaldvogel.liblinear.Problem;
import de.bwaldvogel.liblinear.SolverType;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Trains {@link RegressionEvidence}: L2-regularized logistic regression, min |w|^2 / 2 + {@value
 * #C} sum_i log(1 + exp(-y_i w x_i)), by LIBLINEAR (Fan et al. 2008).
 *
 * <p>C was chosen among 1, 3, 10, 30 and 100 on reviews, definitions and descriptions of packages,
 * 100 to 2,000 texts; from 10 on it makes no difference of more than 2 points.
 */
final class RegressionFit {
  private static final double C = 30;
  private static final double TOLERANCE = 0.1; // LIBLINEAR's for this solver
  private static final int FOLDS = 10;
  private static final int FOLDS_OF_MANY = 5;
  private static final int MANY = 2000;
  private static final long SO_MANY_AT_ONCE = 2_000_000;

  private final List<long[]> texts;
  private final int[] classOf;
  private final int classes;
  private final long seed;

  private RegressionFit(List<long[]> texts, int[] classOf, int classes, long seed) {
    this.texts = texts;
    this.classOf = classOf;
    this.classes = classes;
    this.seed = seed;
    Linear.disableDebugOutput();
  }

  /** See {@link EvidenceFit#of}. */
  static EvidenceFit of(List<String> texts, int[] classOf, int classes, long seed) {
    RegressionFit fit =
        new RegressionFit(
            texts.stream().map(WordEvidence::features).toList(), classOf, classes, seed);
    double[][] scores = fit.outOfFold();
    double scale = EvidenceFit.scale(scores, classOf);
    int[] all = IntStream.range(0, classOf.length).toArray();
    Trained trained = fit.train(all);
    return new EvidenceFit(
        RegressionEvidence.of(classes, trained.words, trained.weights, trained.bias, scale),
        Arrays.stream(scores).map(row -> TextEvidence.input(row, scale)).toList(),
        Collections.nCopies(classes, 0.0)); // the biases of the regression hold them
  }

  /** The scores of each text by a model that has not learned it. */
  private double[][] outOfFold() {
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
              Trained trained = train(others);
              for (int row = 0; row < scores.length; row++) {
                if (foldOf[row] == fold) {
                  scores[row] = trained.scores(texts.get(row));
                }
              }
            });
    return scores;
  }

  /** A model. */
  private static final class Trained {
    private final TfIdf words;
    private final double[] weights; // [features][units]
    private final double[] bias;

    Trained(TfIdf words, double[] weights, double[] bias) {
      this.words = words;
      this.weights = weights;
      this.bias = bias;
    }

    double[] scores(long[] text) {
      TfIdf.Row row = words.row(text);
      double[] units = bias.clone();
      for (int i = 0; i < row.size(); i++) {
        for (int u = 0; u < units.length; u++) {
          units[u] += row.value(i) * weights[row.index(i) * units.length + u];
        }
      }
      return RegressionEvidence.scores(units);
    }
  }

  private Trained train(int[] rows) {
    int units = RegressionEvidence.units(classes);
    int most =
        Math.min(
            RegressionEvidence.MOST_FEATURES, Math.max(1, RegressionEvidence.MOST_WEIGHTS / units));
    TfIdf words = TfIdf.of(Arrays.stream(rows).mapToObj(texts::get).toList(), most);
    int features = words.features().length;
    double[] weights = new double[features * units];
    double[] bias = new double[units];
    if (IntStream.of(rows).map(row -> classOf[row]).distinct().count() < 2) {
      return new Trained(words, weights, bias); // nothing can be told apart
    }
    Problem problem = new Problem();
    problem.l = rows.length;
    problem.n = features + 1;
    problem.bias = 1;
    problem.x =
        Arrays.stream(rows)
            .mapToObj(row -> nodes(words.row(texts.get(row)), features))
            .toArray(Feature[][]::new);
    problem.y = Arrays.stream(rows).mapToDouble(row -> classOf[row]).toArray();
    Parameter parameter = new Parameter(SolverType.L2R_LR_DUAL, C, TOLERANCE);
    parameter.setRandom(new Random(seed));
    Model model = Linear.train(problem, parameter);
    copy(model, weights, bias);
    return new Trained(words, weights, bias);
  }

  /** Numbered from 1, with the bias at the end. */
  private static Feature[] nodes(TfIdf.Row row, int features) {
    Feature[] nodes = new Feature[row.size() + 1];
    for (int i = 0; i < row.size(); i++) {
      nodes[i] = new FeatureNode(row.index(i) + 1, row.value(i));
    }
    nodes[row.size()] = new FeatureNode(features + 1, 1);
    return nodes;
  }

  /** A class that no row has is as unlikely as the bias can make it. */
  private void copy(Model model, double[] weights, double[] bias) {
    int[] labels = model.getLabels();
    int trained = labels.length == 2 ? 1 : labels.length;
    double[] from = model.getFeatureWeights();
    int units = bias.length;
    if (units > 1) {
      Arrays.fill(bias, -C);
    }
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
  }
}
