package io.github.recurrentzoo.zoo.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonChartTest {

  private static ComparisonChart chart(boolean logarithmic) {
    return new ComparisonChart("Title", "below", "error", List.of("easy", "hard"), logarithmic);
  }

  @Test
  void whatIsNoNumberIsLeftOut() {
    ComparisonChart chart = chart(true);
    chart.add("LSTM", List.of(List.of(0.25, Double.NaN, 0.75), List.of(Double.NaN)));
    assertEquals(List.of(0.25, 0.75), chart.drawn("LSTM"));
    assertEquals(List.of(0.5), chart.means("LSTM"));
  }

  /** Colours of the lines are there; without the networks they are not. */
  @Test
  void networksAndReferenceAreDrawn(@TempDir Path folder) throws Exception {
    for (boolean logarithmic : new boolean[] {false, true}) {
      ComparisonChart chart = chart(logarithmic);
      chart.add("SimpleRnn", List.of(List.of(0.001, 0.002), List.of(0.1, 0.12)));
      chart.add("LSTM", List.of(List.of(0.0005, 0.0006), List.of(0.01, 0.02)));
      Path file = folder.resolve("plot.png");
      chart.writePng(file);
      BufferedImage without = ImageIO.read(file.toFile());
      assertNotEquals(0, pixels(without, 0x0072B2));
      assertNotEquals(0, pixels(without, 0xD55E00));
      assertEquals(0, pixels(without, 0x009E73), "there is no third network");
      chart.reference("chance", List.of(0.16, 0.16));
      chart.writePng(file);
      int ink = 0x333333;
      assertEquals(
          1, Integer.signum(pixels(ImageIO.read(file.toFile()), ink) - pixels(without, ink)));
    }
  }

  private static int pixels(BufferedImage image, int color) {
    int count = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        count += (image.getRGB(x, y) & 0xFFFFFF) == color ? 1 : 0;
      }
    }
    return count;
  }
}
