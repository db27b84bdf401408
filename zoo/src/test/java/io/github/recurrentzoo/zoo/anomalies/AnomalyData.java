package io.github.recurrentzoo.zoo.anomalies;

import io.github.recurrentzoo.zoo.series.TimeSeries;
import io.github.recurrentzoo.zoo.series.TimeStep;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Series and arrays for tests of detectors. */
public final class AnomalyData {
  /** Rows of a wave. */
  public static final int SEASON = 12;

  private AnomalyData() {}

  /** Two channels that swing together, with some noise; b also has a wave of its own. */
  public static TimeSeries waves(int rows, long seed) {
    Random random = new Random(seed);
    double[] a = new double[rows];
    double[] b = new double[rows];
    for (int t = 0; t < rows; t++) {
      double wave = Math.sin(2 * Math.PI * t / SEASON);
      a[t] = 20 + 5 * wave + 0.5 * random.nextGaussian();
      b[t] = -3 * wave + Math.sin(2 * Math.PI * t / 31) + 0.3 * random.nextGaussian();
    }
    Map<String, double[]> columns = new LinkedHashMap<>();
    columns.put("a", a);
    columns.put("b", b);
    return TimeSeries.of(LocalDate.of(2020, 1, 1), TimeStep.days(1), columns);
  }

  /** Random windows [B, D + P, T] and places [B, P, T] with what is to be given back, [B, D, T]. */
  public static MultiDataSet dataSet(int rows, int channels, int places, int steps) {
    Nd4j.getRandom().setSeed(3);
    return new MultiDataSet(
        new INDArray[] {
          Nd4j.randn(rows, channels + places, steps).muli(0.3),
          Nd4j.randn(rows, places, steps).muli(0.3)
        },
        new INDArray[] {Nd4j.randn(rows, channels, steps).muli(0.02)});
  }
}
