package io.github.recurrentzoo.zoo.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.model.ModelFileException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class LineChartTest {
  private static final double[] X = {1, 2, 3, 4};

  private static Document parsed(LineChart chart) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(chart.svg())));
  }

  /** The elements of a name whose class has all these words. */
  private static List<Element> elements(Document svg, String tag, String... words) {
    List<Element> found = new ArrayList<>();
    NodeList all = svg.getElementsByTagName(tag);
    for (int i = 0; i < all.getLength(); i++) {
      Element element = (Element) all.item(i);
      if (List.of(element.getAttribute("class").split(" ")).containsAll(List.of(words))) {
        found.add(element);
      }
    }
    return found;
  }

  @Test
  void aFileNeedsNothingElse() throws Exception {
    LineChart chart =
        new LineChart("<Loss> & \"more\"", "epoch", "loss")
            .subtitle("below")
            .line("training", 0, X, new double[] {4, 3, 2, 1});
    Document svg = parsed(chart);
    assertEquals("<Loss> & \"more\"", elements(svg, "text", "title").get(0).getTextContent());
    assertEquals("below", elements(svg, "text", "label").get(0).getTextContent());
    String style = svg.getElementsByTagName("style").item(0).getTextContent();
    assertTrue(style.contains("prefers-color-scheme: dark"), style);
    assertFalse(style.contains("@import") || style.contains("url("), style);
    assertFalse(chart.svg().replace("http://www.w3.org/2000/svg", "").contains("http"));
  }

  /** Of two lines of one name, one is in the legend. */
  @Test
  void linesBandsDotsAndLegend() throws Exception {
    double[] y = {1, 2, 3, 4};
    Document svg =
        parsed(
            new LineChart("t", "x", "y")
                .band("forecast", 0, X, y, new double[] {0, 1, 2, 3}, new double[] {2, 3, 4, 5})
                .band("forecast", 0, X, y, y, y)
                .dots("trainings", 1, X, y)
                .reference("chance", LineChart.INK, X, y));
    assertEquals(2 + 1, elements(svg, "path", "band", "s0").size());
    assertEquals(2 + 1, elements(svg, "path", "line", "s0").size());
    assertEquals(4, elements(svg, "circle", "pale", "s1").size());
    assertEquals(1 + 1, elements(svg, "path", "dashed", "ink").size());
    assertEquals(0, elements(svg, "circle", "ink").size());
  }

  @Test
  void aLineIsBrokenWhereThereIsNoNumber() throws Exception {
    double[] y = {1, Double.NaN, -1, 100};
    LineChart linear = new LineChart("t", "x", "y").line("a", 0, X, y);
    String path = elements(parsed(linear), "path", "line").get(0).getAttribute("d");
    assertTrue(path.matches("M[-.\\d]+ [-.\\d]+M[-.\\d]+ [-.\\d]+L[-.\\d]+ [-.\\d]+"), path);
    linear.logarithmic();
    path = elements(parsed(linear), "path", "line").get(0).getAttribute("d");
    assertTrue(path.matches("M[-.\\d]+ [-.\\d]+M[-.\\d]+ [-.\\d]+"), path);
  }

  @Test
  void nothingToDraw() throws Exception {
    LineChart chart = new LineChart("t", "x", "y").line("a", 0, X, new double[] {0, 0, 0, 0});
    Document svg = parsed(chart.logarithmic());
    assertTrue(svg.getDocumentElement().getTextContent().contains("There is nothing to draw."));
  }

  /** No label begins or ends outside of the picture, as far as its width can be estimated. */
  @Test
  void labelsStayInside() throws Exception {
    String label = "2015-12-31 23:00";
    Document svg =
        parsed(
            new LineChart("word ".repeat(60), "time", "a unit of many letters ".repeat(10))
                .line("a", 0, X, new double[] {1e-9, 1, 2, 123_456_789})
                .ticks(new double[] {1, 4}, List.of(label, label)));
    assertTrue(elements(svg, "text", "title").size() > 2, "the title is wrapped");
    double width = Double.parseDouble(svg.getDocumentElement().getAttribute("width"));
    for (Element text : elements(svg, "text")) {
      double x = 16 + Double.parseDouble(text.getAttribute("x"));
      double wide = text.getTextContent().length() * 8.2;
      double from =
          switch (text.getAttribute("text-anchor")) {
            case "end" -> x - wide;
            case "middle" -> x - wide / 2;
            default -> x;
          };
      assertTrue(from >= 0 && from + wide <= width, text.getTextContent() + " from " + from);
    }
  }

  @Test
  void aFolderThatIsNotThere(@TempDir Path folder) {
    LineChart chart = new LineChart("t", "x", "y").line("a", 0, X, X);
    Path file = folder.resolve("none/chart.svg");
    String message = assertThrows(ModelFileException.class, () -> chart.save(file)).getMessage();
    assertTrue(message.contains("the folder " + file.getParent() + " does not exist"), message);
    chart.save(folder.resolve("chart.svg"));
    assertTrue(Files.exists(folder.resolve("chart.svg")));
  }
}
