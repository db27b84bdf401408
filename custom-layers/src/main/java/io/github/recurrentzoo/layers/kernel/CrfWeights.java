package io.github.recurrentzoo.layers.kernel;

/**
 * What a linear-chain CRF adds to the scores of single labels, for C labels.
 *
 * <pre>
 * s(y) = start[y_1] + sum_t scores[t][y_t] + sum_t transitions[y_t-1][y_t] + end[y_T]
 * </pre>
 */
public final class CrfWeights {

  private final double[][] transitions;
  private final double[] start;
  private final double[] end;

  /** Arrays are not copied. */
  public CrfWeights(double[][] transitions, double[] start, double[] end) {
    this.transitions = transitions;
    this.start = start;
    this.end = end;
  }

  /** Of label i followed by label j, [C][C]. */
  public double[][] transitions() {
    return transitions;
  }

  /** Of the first label, [C]. */
  public double[] start() {
    return start;
  }

  /** Of the last label, [C]. */
  public double[] end() {
    return end;
  }

  /** C. */
  public int labels() {
    return start.length;
  }

  /** s(y) of a row with a step at least, {@code scores} [T][C]. */
  public double score(double[][] scores, int[] path) {
    int last = path.length - 1;
    double sum = start[path[0]] + scores[0][path[0]] + end[path[last]];
    for (int t = 1; t <= last; t++) {
      sum += transitions[path[t - 1]][path[t]] + scores[t][path[t]];
    }
    return sum;
  }

  /**
   * The y with the largest s(y), by Viterbi's algorithm; of several the one whose last label that
   * differs comes first.
   */
  public int[] best(double[][] scores) {
    int steps = scores.length;
    int labels = labels();
    int[][] from = new int[steps][labels];
    double[] now = new double[labels];
    for (int j = 0; j < labels; j++) {
      now[j] = start[j] + scores[0][j];
    }
    for (int t = 1; t < steps; t++) {
      double[] next = new double[labels];
      for (int j = 0; j < labels; j++) {
        int best = 0;
        for (int i = 1; i < labels; i++) {
          if (now[i] + transitions[i][j] > now[best] + transitions[best][j]) {
            best = i;
          }
        }
        from[t][j] = best;
        next[j] = now[best] + transitions[best][j] + scores[t][j];
      }
      now = next;
    }
    int[] path = new int[steps];
    for (int j = 1; j < labels; j++) {
      if (now[j] + end[j] > now[path[steps - 1]] + end[path[steps - 1]]) {
        path[steps - 1] = j;
      }
    }
    for (int t = steps - 1; t > 0; t--) {
      path[t - 1] = from[t][path[t]];
    }
    return path;
  }
}
