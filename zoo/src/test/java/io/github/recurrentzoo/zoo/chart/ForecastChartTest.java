package io.github.recurrentzoo.zoo.chart;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.forecasting.Forecast;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import io.github.recurrentzoo.zoo.series.TimeStep;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in the picture, by its colours; how it looks is for people to see. */
class ForecastChartTest {

  @TempDir Path folder;

  private static final TimeSeries SERIES =
      TimeSeries.of(
          LocalDate.of(2024, 1, 1),
          TimeStep.days(1),
          Map.of("y", new double[] {1, 3, 2, 4, 3, 5, 4, 6, 5, 7}));

  private static Forecast from(int origin) {
    double known = SERIES.column("y")[origin];
    List<ZonedDateTime> times = List.of(SERIES.time(origin + 1), SERIES.time(origin + 2));
    return new Forecast(
        SERIES.time(origin),
        SERIES.label(origin),
        times,
        List.of(SERIES.label(origin + 1), SERIES.label(origin + 2)),
        0.9,
        List.of(
            new Forecast.Target(
                "y",
                known,
                List.of(known + 1, known + 1.0),
                List.of(known - 1, known - 2),
                List.of(known + 3, known + 4))));
  }

  private static ForecastChart.Builder chart() {
    return ForecastChart.builder().title("A series").unit("m").measured(SERIES, "y", 8);
  }

  private BufferedImage draw(ForecastChart.Builder chart) throws IOException {
    Path file = folder.resolve("chart.png");
    chart.build().writePng(file);
    return ImageIO.read(file.toFile());
  }

  /** How many pixels have a colour, and the columns of the first and of the last one. */
  private static int[] count(BufferedImage image, int red, int green, int blue) {
    int[] found = {0, image.getWidth(), -1};
    for (int x = 0; x < image.getWidth(); x++) {
      for (int y = 60; y < image.getHeight() - 60; y++) { // between title and legend
        int rgb = image.getRGB(x, y);
        int far =
            Math.abs((rgb >> 16 & 255) - red)
                + Math.abs((rgb >> 8 & 255) - green)
                + Math.abs((rgb & 255) - blue);
        if (far < 12) {
          found[0]++;
          found[1] = Math.min(found[1], x);
          found[2] = Math.max(found[2], x);
        }
      }
    }
    return found;
  }

  @Test
  void drawsMeasuredPastAndNext() throws IOException {
    BufferedImage image = draw(chart().past(List.of(from(4), from(6))).next(from(9)));
    assertArrayEquals(new int[] {1200, 600}, new int[] {image.getWidth(), image.getHeight()});
    int[] blue = count(image, 0x00, 0x72, 0xB2);
    int[] orange = count(image, 0xD5, 0x5E, 0x00);
    int[] band = count(image, 199, 224, 238);
    assertTrue(blue[0] > 200, "blue " + blue[0]);
    assertTrue(orange[0] > 100, "orange " + orange[0]);
    assertTrue(band[0] > 2000, "band " + band[0]);
    assertTrue(blue[1] > 300 && blue[2] < orange[1], "past before next");
    assertTrue(orange[2] > 1100, "the next forecast ends at the right");
    assertTrue(count(image, 0x33, 0x33, 0x33)[1] < 200, "measured rows begin at the left");
  }

  @Test
  void drawsWithoutForecasts() throws IOException {
    BufferedImage image = draw(chart());
    assertEquals(0, count(image, 0x00, 0x72, 0xB2)[0]);
    assertTrue(count(image, 0x33, 0x33, 0x33)[0] > 300);
  }

  @Test
  void refusesWhatCannotBeDrawn() {
    assertThrows(IllegalStateException.class, () -> ForecastChart.builder().build());
    ForecastChart.Builder other =
        chart()
            .measured(SERIES, "y", 8)
            .next(
                new Forecast(
                    SERIES.time(9), SERIES.label(9), List.of(), List.of(), 0.9, List.of()));
    assertEquals(
        "A forecast has no target \"y\" to draw",
        assertThrows(
                IllegalArgumentException.class,
                () -> other.build().writePng(folder.resolve("x.png")))
            .getMessage());
  }

  @Test
  void saysThatAFileCannotBeWritten() {
    Path file = folder.resolve("missing").resolve("chart.png");
    ChartException e = assertThrows(ChartException.class, () -> chart().build().writePng(file));
    assertEquals(
        "The picture %s cannot be written: %s. Give another place for it.".formatted(file, file),
        e.getMessage());
    assertTrue(Files.notExists(file));
  }

  /** What Java throws without fonts or without its font libraries, by version. */
  @Test
  void saysThatThereAreNoFonts() {
    for (Throwable cause :
        List.of(
            new InternalError("Fontconfig head is null, check your fonts"),
            new NullPointerException(),
            new UnsatisfiedLinkError("libfreetype.so.6"),
            new NoClassDefFoundError("Could not initialize class sun.font.FontManager"))) {
      ChartException e =
          assertThrows(
              ChartException.class,
              () ->
                  ChartStyle.checkFonts(
                      () -> {
                        throw ForecastChartTest.<RuntimeException>unchecked(cause);
                      }));
      assertEquals(
          "Pictures cannot be drawn, since this machine has no fonts, or its Java lacks the libraries for them (%s). Install fontconfig and some fonts (on Debian: apt-get install fontconfig fonts-dejavu-core), or do without the picture."
              .formatted(cause),
          e.getMessage());
    }
    assertEquals("true", System.getProperty("java.awt.headless"));
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> RuntimeException unchecked(Throwable cause) throws T {
    throw (T) cause;
  }
}
