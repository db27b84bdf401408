package io.github.recurrentzoo.zoo.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.shade.jackson.databind.JsonNode;

/**
 * Each kind of page on a narrow and on a wide screen, light and dark: nothing overflows or is cut,
 * text has a contrast of 4.5 to 1 at least (WCAG 2, AA), and nothing is asked for elsewhere.
 */
class PagesInABrowserTest {
  private static final List<Integer> WIDTHS = List.of(400, 1280);

  @TempDir Path folder;
  private Browser browser;

  @BeforeEach
  void find() {
    Optional<Browser> installed = Browser.installed();
    assumeTrue(
        installed.isPresent(),
        "There is no browser on the PATH: pages are not opened. On Debian: apt-get install chromium");
    browser = installed.orElseThrow();
  }

  @ParameterizedTest(name = "dark: {0}")
  @ValueSource(booleans = {false, true})
  void pagesAreRightAtEachWidth(boolean dark) {
    Map<String, String> pages = SamplePages.all();
    JsonNode measured = browser.measure(folder, pages, WIDTHS, dark);
    assertEquals(pages.size() * WIDTHS.size(), measured.size());
    for (JsonNode page : measured) {
      String name = page.at("/page").textValue();
      assertEquals("[]", page.at("/found").toString(), name);
      assertEquals(dark, page.at("/dark").booleanValue(), name);
      assertEquals(dark, page.at("/ground").doubleValue() < 0.2, name);
      assertEquals(name.endsWith("@400") ? 400 : 1280, page.at("/width").intValue(), name);
      assertTrue(page.at("/texts").intValue() > 50, name + " is all but empty");
    }
    for (int width : WIDTHS) {
      double forecast = measured.at("/forecasting@" + width + "/forecast").doubleValue();
      assertTrue(forecast > 0.8 * width && forecast < width, "the forecast ends at " + forecast);
    }
    assertEquals(2, measured.at("/classification@1280/beside/0").intValue(), "matrix and classes");
    assertEquals(1, measured.at("/classification@400/beside/0").intValue(), "matrix and classes");
  }

  /** What the test above looks for is found where it is. */
  @Test
  void faultsAreFound() {
    String page =
        """
        <!DOCTYPE html><html><head><style>
        body { margin: 0; background: #fff; color: #000 } .pale { color: #999 }
        .narrow { width: 50px; overflow: hidden; white-space: nowrap }
        </style></head><body>
        <p class="pale">pale</p>
        <p class="narrow">a text that is longer than its place</p>
        <div style="width: 2000px">wide</div>
        <svg viewBox="0 0 100 100" width="100" height="100"><text x="90" y="50">outside</text>
        <text x="0" y="50" style="font-size: 8px">small</text></svg>
        <img alt="" src="http://127.0.0.1:9/none.png">
        </body></html>
        """;
    JsonNode found =
        browser.measure(folder, Map.of("bad", page), List.of(400), false).at("/bad@400/found");
    for (String fault :
        List.of(
            "overflow: 2000 of 400 pixels",
            "cut at the side: <div",
            "hidden: <p",
            "cut in its chart: <text class=\\\"\\\"> outside",
            "too small, 8.0 pixels: <text",
            "contrast 2.8",
            "request: http://127.0.0.1:9/none.png")) {
      assertTrue(found.toString().contains(fault), fault + " is not in " + found);
    }
  }
}
