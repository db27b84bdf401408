package io.github.recurrentzoo.layers.kernel;

/**
 * {@link CrfExpectations} by the forward-backward algorithm in log space, step by step as it is
 * written down (Lafferty, McCallum and Pereira 2001; Sutton and McCallum 2012, section 4.1):
 *
 * <pre>
 * a_1[j] = start[j] + scores[1][j]       a_t[j] = scores[t][j] + log sum_i exp(a_t-1[i] + transitions[i][j])
 * b_T[i] = end[i]                        b_t[i] = log sum_j exp(transitions[i][j] + scores[t+1][j] + b_t+1[j])
 * log Z  = log sum_j exp(a_T[j] + end[j])
 * P(y_t = j)              = exp(a_t[j] + b_t[j] - log Z)
 * P(y_t-1 = i, y_t = j)   = exp(a_t-1[i] + transitions[i][j] + scores[t][j] + b_t[j] - log Z)
 * </pre>
 *
 * <p>No size of the scores overflows it; a score of negative infinity forbids a label. {@link
 * CrfKernel} takes it for rows whose scores lie too far apart.
 */
final class ReferenceCrf {

  private ReferenceCrf() {}

  static CrfExpectations expectations(CrfWeights weights, double[][] scores) {
    int steps = scores.length;
    int labels = weights.labels();
    double[][] transitions = weights.transitions();
    double[][] forward = new double[steps][labels];
    double[][] backward = new double[steps][labels];
    double[] terms = new double[labels];
    for (int j = 0; j < labels; j++) {
      forward[0][j] = weights.start()[j] + scores[0][j];
      backward[steps - 1][j] = weights.end()[j];
    }
    for (int t = 1; t < steps; t++) {
      for (int j = 0; j < labels; j++) {
        for (int i = 0; i < labels; i++) {
          terms[i] = forward[t - 1][i] + transitions[i][j];
        }
        forward[t][j] = scores[t][j] + logSum(terms);
      }
    }
    for (int t = steps - 2; t >= 0; t--) {
      for (int i = 0; i < labels; i++) {
        for (int j = 0; j < labels; j++) {
          terms[j] = transitions[i][j] + scores[t + 1][j] + backward[t + 1][j];
        }
        backward[t][i] = logSum(terms);
      }
    }
    for (int j = 0; j < labels; j++) {
      terms[j] = forward[steps - 1][j] + weights.end()[j];
    }
    double logPartition = logSum(terms);
    double[][] states = new double[steps][labels];
    double[][] pairs = new double[labels][labels];
    for (int t = 0; t < steps; t++) {
      for (int j = 0; j < labels; j++) {
        states[t][j] = Math.exp(forward[t][j] + backward[t][j] - logPartition);
        for (int i = 0; t > 0 && i < labels; i++) {
          pairs[i][j] +=
              Math.exp(
                  forward[t - 1][i]
                      + transitions[i][j]
                      + scores[t][j]
                      + backward[t][j]
                      - logPartition);
        }
      }
    }
    return new CrfExpectations(logPartition, states, pairs);
  }

  /** log sum exp, without overflow. */
  private static double logSum(double[] terms) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double term : terms) {
      largest = Math.max(largest, term);
    }
    if (largest == Double.NEGATIVE_INFINITY) {
      return largest;
    }
    double sum = 0;
    for (double term : terms) {
      sum += Math.exp(term - largest);
    }
    return largest + Math.log(sum);
  }
}
