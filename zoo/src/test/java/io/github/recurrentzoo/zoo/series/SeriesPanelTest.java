package io.github.recurrentzoo.zoo.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many series: where they are cut, and which of a file are none. */
class SeriesPanelTest {

  @TempDir Path folder;

  private static TimeSeries days(String first, int rows) {
    return TimeSeries.of(LocalDate.parse(first), TimeStep.days(1), Map.of("y", new double[rows]));
  }

  /** A long series that ended years ago takes no row from the others. */
  @Test
  void theBorderIsAFractionOfAllRows() {
    Map<String, TimeSeries> series = new LinkedHashMap<>();
    series.put("closed", days("2020-01-01", 200));
    series.put("north", days("2024-01-01", 150));
    series.put("south", days("2024-01-01", 150));
    SeriesPanel.Split split = SeriesPanel.of(series).split(0.2);
    assertEquals(List.of("closed", "north", "south"), split.past().names());
    assertEquals(List.of("north", "south"), split.test().names());
    assertEquals(200, split.past().series("closed").size());
    assertEquals(100, split.past().series("north").size());
    assertEquals("2024-04-10", split.test().series("south").label(0));
    assertEquals(100, split.test().rows());
  }

  /** Series of the same times are cut as one of them alone. */
  @Test
  void alikeSeriesAreCutLikeOne() {
    for (double fraction : List.of(0.14, 0.2, 0.24, 0.26, 0.5)) {
      TimeSeries one = days("2024-01-01", 10);
      SeriesPanel three = SeriesPanel.of(Map.of("a", one, "b", one, "c", one));
      assertEquals(
          one.split(fraction).test().size(),
          three.split(fraction).test().series("b").size(),
          "fraction " + fraction);
    }
    SeriesPanel short1 = SeriesPanel.of(Map.of("a", days("2024-01-01", 2)));
    assertThrows(DataException.class, () -> short1.split(0.1));
  }

  @Test
  void seriesWithoutTwoNumbersAreLeftOut() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("shops.csv"),
            """
            time,shop,y,promo
            2024-01-01,north,1,0
            2024-01-01,once,5,0
            2024-01-02,north,2,1
            2024-01-02,never,,1
            2024-01-03,north,3,0
            2024-01-03,never,,0
            """);
    TimeSeriesReader reader =
        TimeSeriesReader.builder()
            .columns("y", "promo")
            .knownAhead(List.of("promo"))
            .seriesColumn("shop")
            .build();
    SeriesPanel panel = reader.readPanel(file);
    assertEquals(List.of("north"), panel.names());
    for (String name : List.of("once", "never")) {
      assertTrue(
          reader
              .warnings()
              .contains(
                  "series \"%s\": fewer than two of its rows hold a number, or a column holds none; it is left out."
                      .formatted(name)),
          reader.warnings().toString());
    }
    Path none =
        Files.writeString(folder.resolve("none.csv"), "time,shop,y,promo\n2024-01-01,a,1,0\n");
    assertTrue(
        assertThrows(DataException.class, () -> reader.readPanel(none))
            .getMessage()
            .contains("no series has two rows with a number"));
  }
}
