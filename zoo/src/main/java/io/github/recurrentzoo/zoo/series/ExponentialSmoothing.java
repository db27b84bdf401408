package io.github.recurrentzoo.zoo.series;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Exponential smoothing with additive errors, trend and season (Hyndman, Koehler, Ord and Snyder
 * 2008): level l, trend b, and a season s of m rows.
 *
 * <pre>
 * e_t = y_t - (l_{t-1} + phi b_{t-1} + s_{t-m})          0 where y_t is missing
 * l_t = l_{t-1} + phi b_{t-1} + alpha e_t
 * b_t = phi b_{t-1} + beta e_t                           0 &lt; beta &lt; alpha &lt; 1
 * s_t = s_{t-m} + gamma e_t                              0 &lt; gamma &lt; 1 - alpha
 * f_{t+k} = l_t + (phi + ... + phi^k) b_t + s_{t+k-m ceil(k/m)}
 * </pre>
 *
 * <p>phi is 1, or from 0.8 to 0.98 for a damped trend. The parameters are those of the least sum of
 * squared errors on the rows that it is fitted to, and so are the states before the first row as
 * far as a season has {@value #LONGEST_SOLVED} rows at most: the errors are linear in them. Those
 * of longer seasons are means of the first two. Of the forms with and without trend, damping and
 * season, the one with the least AICc is kept.
 */
public final class ExponentialSmoothing {
  private static final int LONGEST_SOLVED = 24;
  private static final int MOST_ROWS = 2000;
  private static final int MOST_PRODUCTS = 400_000;
  private static final double[][] STARTS = {{-1.5, -2, -2, 0}, {1.5, -2, -2, 0}};

  /** Which components there are. */
  record Form(boolean trend, boolean damped, boolean season) {
    int parameters() {
      return 1 + (trend ? 1 : 0) + (damped ? 1 : 0) + (season ? 1 : 0);
    }

    /** How many states are free: a season sums up to 0. */
    int states(int m) {
      return 1 + (trend ? 1 : 0) + (season ? m - 1 : 0);
    }
  }

  /** The smoothing parameters; 0, or 1 for phi, where the form has none. */
  record Parameters(double alpha, double beta, double gamma, double phi) {}

  private final Form form;
  private final int season;
  private final Parameters parameters;
  private final double[] start;
  private final double squaredErrors;

  private ExponentialSmoothing(
      Form form, int season, Parameters parameters, double[] start, double squaredErrors) {
    this.form = form;
    this.season = season;
    this.parameters = parameters;
    this.start = start;
    this.squaredErrors = squaredErrors;
  }

  /**
   * How many rows at the end of a series it is fitted to: enough for its season, and not so many
   * that the table of errors waits for them.
   */
  public static int rowsToFit(int rows, int season) {
    int states = season + 2;
    int affordable = season > LONGEST_SOLVED ? MOST_ROWS : MOST_PRODUCTS / (states * states);
    return Math.min(rows, Math.max(4 * season, Math.min(MOST_ROWS, affordable)));
  }

  /**
   * Fits all forms that the rows allow, and keeps one.
   *
   * @param values two at least
   * @param real which of them are; the others are not learned from
   * @param season m, 1 for none
   */
  public static ExponentialSmoothing fit(double[] values, boolean[] real, int season) {
    int rows = 0;
    for (boolean each : real) {
      rows += each ? 1 : 0;
    }
    List<Form> forms = new ArrayList<>(List.of(new Form(false, false, false)));
    forms.add(new Form(true, false, false));
    forms.add(new Form(true, true, false));
    if (season > 1 && rows >= 2 * season && values.length >= 2 * season) {
      forms.add(new Form(false, false, true));
      forms.add(new Form(true, false, true));
      forms.add(new Form(true, true, true));
    }
    ExponentialSmoothing best = null;
    double least = Double.POSITIVE_INFINITY;
    for (Form form : forms) {
      int free = form.parameters() + form.states(season) + 1;
      if (best != null && rows - free - 1 <= 0) {
        continue;
      }
      ExponentialSmoothing fitted = fit(values, real, season, form);
      double criterion = fitted.criterion(rows, free);
      if (best == null || criterion < least) {
        best = fitted;
        least = criterion;
      }
    }
    return best;
  }

  /** AICc, without what all forms share. */
  private double criterion(int rows, int free) {
    int left = rows - free - 1;
    return left <= 0
        ? Double.MAX_VALUE
        : rows * Math.log(Math.max(squaredErrors / rows, Double.MIN_NORMAL))
            + 2.0 * free
            + 2.0 * free * (free + 1) / left;
  }

  /** Fits one form. */
  static ExponentialSmoothing fit(double[] values, boolean[] real, int season, Form form) {
    int m = form.season ? season : 1;
    double[] given = form.season && m > LONGEST_SOLVED ? startOf(values, m, form) : null;
    ExponentialSmoothing best = null;
    for (double[] from : STARTS) {
      double[] point =
          NelderMead.minimize(
              free -> of(values, real, m, form, parameters(form, free), given).squaredErrors,
              Arrays.copyOf(from, 4),
              used(form));
      ExponentialSmoothing fitted = of(values, real, m, form, parameters(form, point), given);
      best = best == null || fitted.squaredErrors < best.squaredErrors ? fitted : best;
    }
    return best;
  }

  /** Which of alpha, beta, gamma and phi a form has. */
  private static int[] used(Form form) {
    List<Integer> used = new ArrayList<>(List.of(0));
    if (form.trend) {
      used.add(1);
    }
    if (form.season) {
      used.add(2);
    }
    if (form.damped) {
      used.add(3);
    }
    return used.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Parameters within their bounds of any four numbers. */
  private static Parameters parameters(Form form, double[] free) {
    double alpha = fraction(free[0]);
    return new Parameters(
        alpha,
        form.trend ? alpha * fraction(free[1]) : 0,
        form.season ? (1 - alpha) * fraction(free[2]) : 0,
        form.damped ? 0.8 + 0.18 * fraction(free[3]) : 1);
  }

  private static double fraction(double number) {
    return 1e-4 + (1 - 2e-4) / (1 + Math.exp(-number));
  }

  private static ExponentialSmoothing of(
      double[] values, boolean[] real, int m, Form form, Parameters given, double[] start) {
    double[] states = start != null ? start : solve(values, real, m, form, given);
    double[] errors = errors(values, real, m, given, states);
    double sum = 0;
    for (double error : errors) {
      sum += error * error;
    }
    return new ExponentialSmoothing(form, m, given, states, sum);
  }

  /** The errors from row to row; states are level, trend and the season before the first row. */
  private static double[] errors(
      double[] values, boolean[] real, int m, Parameters p, double[] start) {
    double[] states = start.clone();
    double[] errors = new double[values.length];
    for (int t = 0; t < values.length; t++) {
      errors[t] = step(states, t, m, p, values[t], real[t]);
    }
    return errors;
  }

  /** Moves the states on by one row; returns the error. */
  private static double step(
      double[] states, int t, int m, Parameters p, double value, boolean real) {
    int place = 2 + t % m;
    double level = states[0] + p.phi * states[1];
    double error = real ? value - level - states[place] : 0;
    states[0] = level + p.alpha * error;
    states[1] = p.phi * states[1] + p.beta * error;
    states[place] += p.gamma * error;
    return error;
  }

  /** The states before the first row with which the squared errors are least. */
  private static double[] solve(double[] values, boolean[] real, int m, Form form, Parameters p) {
    int free = form.states(m);
    double[][] basis = new double[free][m + 2];
    double[][] effects = new double[free][];
    double[] nothing = new double[values.length];
    for (int i = 0; i < free; i++) {
      int season = i - (form.trend ? 2 : 1);
      if (season < 0) {
        basis[i][i] = 1;
      } else {
        basis[i][2 + season] = 1;
        basis[i][m + 1] = -1;
      }
      effects[i] = errors(nothing, real, m, p, basis[i]);
    }
    double[] errors = errors(values, real, m, p, new double[m + 2]);
    double[] weights = LeastSquares.solve(effects, errors);
    double[] states = new double[m + 2];
    for (int i = 0; i < free; i++) {
      for (int j = 0; j < states.length; j++) {
        states[j] -= weights[i] * basis[i][j];
      }
    }
    return states;
  }

  /** Level, trend and season of the first two seasons. */
  private static double[] startOf(double[] values, int m, Form form) {
    double first = Arrays.stream(values, 0, m).average().orElseThrow();
    double second = Arrays.stream(values, m, 2 * m).average().orElseThrow();
    double trend = form.trend ? (second - first) / m : 0;
    double[] states = new double[m + 2];
    states[0] = first - trend * (m + 1) / 2.0;
    states[1] = trend;
    for (int i = 0; i < m; i++) {
      double middle = states[0] + trend * (i + 1);
      states[2 + i] = (values[i] - middle + values[m + i] - middle - trend * m) / 2;
    }
    return states;
  }

  /**
   * Forecasts at some origins, [origin][step - 1].
   *
   * @param values from the first row that it was fitted to on
   * @param origins rows, in ascending order
   */
  public double[][] forecasts(double[] values, boolean[] real, int[] origins, int horizon) {
    double[][] forecasts = new double[origins.length][horizon];
    double[] states = start.clone();
    int next = 0;
    for (int b = 0; b < origins.length; b++) {
      for (; next <= origins[b]; next++) {
        step(states, next, season, parameters, values[next], real[next]);
      }
      double damping = 0;
      double power = 1;
      for (int k = 1; k <= horizon; k++) {
        power *= parameters.phi;
        damping += power;
        forecasts[b][k - 1] =
            states[0] + damping * states[1] + states[2 + (origins[b] + k) % season];
      }
    }
    return forecasts;
  }

  Form form() {
    return form;
  }

  Parameters parameters() {
    return parameters;
  }

  /** The level before the first row. */
  double level() {
    return start[0];
  }

  double squaredErrors() {
    return squaredErrors;
  }
}
