package io.github.recurrentzoo.zoo.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.classification.ClassificationPart;
import io.github.recurrentzoo.zoo.classification.ClassificationReport;
import io.github.recurrentzoo.zoo.classification.Explanation;
import io.github.recurrentzoo.zoo.classification.Prediction;
import io.github.recurrentzoo.zoo.generation.GenerationPart;
import io.github.recurrentzoo.zoo.generation.GenerationReport;
import io.github.recurrentzoo.zoo.model.Metric;
import io.github.recurrentzoo.zoo.model.ModelFileException;
import io.github.recurrentzoo.zoo.training.TrainingProgress;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class TrainingReportTest {
  private static final String EVIL = "<script>alert(1)</script>\" onload='x' & \u0000";

  @TempDir Path folder;

  private static TrainingHistory history(int epochs, int best) {
    TrainingHistory history = new TrainingHistory();
    for (int e = 1; e <= epochs; e++) {
      history.onEpoch(
          new TrainingProgress.EpochEvent(
              e,
              epochs,
              1.0 / e,
              new Metric("accuracy", 0.5),
              2.0 / e,
              new Metric("accuracy", 0.25),
              e <= best,
              e == epochs,
              Duration.ofMillis(1500L * e),
              0.01 / e,
              300));
    }
    return history;
  }

  private static ClassificationPart part(String label, String text) {
    Explanation explanation =
        new Explanation(
            text,
            new Prediction(label, 0.75, Map.of(label, 0.75, "b", 0.25), 9, 1, 0),
            List.of(new Explanation.Word(0, text.length(), text, true, 1.5)));
    return new ClassificationPart(
        ClassificationReport.of(List.of(label, "b"), new int[] {0, 0, 1}, new int[] {0, 1, 1}),
        List.of(new ClassificationPart.Told(label, explanation)));
  }

  private static String page(String anything) {
    return TrainingReport.builder(history(3, 2), part(anything, anything))
        .title(anything)
        .command(anything)
        .options(Map.of(anything, anything))
        .data(Map.of(anything, anything))
        .build()
        .html();
  }

  /** The page is XML but for its first line and the empty tags of its head. */
  private static Document parsed(String page) throws Exception {
    String xml = page.replace("<!DOCTYPE html>", "").replaceAll("<meta ([^>]*)>", "<meta $1/>");
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)));
  }

  @Test
  void userTextIsEscaped() throws Exception {
    String page = page(EVIL);
    assertFalse(page.contains("<script"), page);
    assertFalse(page.contains("onload='"), page);
    assertFalse(page.contains("\u0000"), page);
    Document document = parsed(page);
    assertEquals(0, document.getElementsByTagName("script").getLength());
    NodeList pre = document.getElementsByTagName("pre");
    String text = EVIL.replace('\u0000', '\uFFFD');
    assertEquals(text, document.getElementsByTagName("h1").item(0).getTextContent());
    assertEquals(text, pre.item(pre.getLength() - 1).getTextContent());
  }

  /** Nothing of a user's text becomes Markdown or HTML. */
  @Test
  void theModelCard() {
    String card =
        TrainingReport.builder(history(3, 2), part("a", "text"))
            .title("<b>*rows*</b>")
            .data(Map.of("source", "a|b"))
            .licence("CC0")
            .build()
            .card()
            .orElseThrow();
    assertTrue(card.startsWith("# \\<b\\>\\*rows\\*\\</b\\>\n\n## What it is for\n\n"), card);
    assertTrue(card.contains("| accuracy | 66.7 % |"), card);
    assertTrue(card.contains("## Data\n\nsource: a\\|b\n\n"), card);
    assertTrue(card.contains("## Licence of the data\n\nCC0\n\n"), card);
    assertTrue(
        card.contains("always answering the most frequent class, a, would be right for 66.7 %"),
        card);
    assertTrue(card.contains("TextClassifier.load(Path.of(\"model.zip\"))"), card);
    assertTrue(
        card.contains("```shell\nrecurrent-zoo predict --model model.zip \"some text\"\n```"),
        card);
  }

  /** A quote in the name of a folder stays inside of the string. */
  @Test
  void theModelCardNamesTheFolder() throws IOException {
    Path odd = folder.resolve("it's \"here\"");
    TrainingReport.builder(history(1, 1), part("a", "b")).build().write(odd);
    String card = Files.readString(odd.resolve("MODEL_CARD.md"));
    assertTrue(card.contains("it's \\\"here\\\"/model.zip\"))"), card);
    assertTrue(card.contains("it'\\''s \"here\"/model.zip' \"some"), card);
  }

  /** JSON has no such numbers, and a string in the place of one breaks who reads it. */
  @Test
  void aNumberThatIsNoneIsNull() throws Exception {
    JsonNode json =
        new ObjectMapper()
            .readTree(
                TrainingReport.builder(history(2, 1), part("a", "text"))
                    .data(Map.of("scale", Double.NaN, "ratio", Double.POSITIVE_INFINITY))
                    .build()
                    .json());
    assertTrue(json.at("/data/scale").isNull());
    assertTrue(json.at("/data/ratio").isNull());
    assertEquals(0.5, json.at("/history/0/trainingMetric").doubleValue());
  }

  /** Rows to explain are taken from all of them, each once. */
  @Test
  void stepsReachEachRow() {
    for (int rows = 1; rows < 200; rows++) {
      int step = ClassificationPart.step(rows);
      Set<Integer> reached = new HashSet<>();
      for (int i = 0; i < rows; i++) {
        reached.add(i * step % rows);
      }
      assertEquals(rows, reached.size(), rows + " rows");
    }
  }

  @Test
  void thePageNeedsNothingElse() throws Exception {
    String page = page("plain");
    assertFalse(page.contains("@import") || page.contains("url("), page);
    assertFalse(page.replace("http://www.w3.org/2000/svg", "").contains("http"), page);
    Document document = parsed(page);
    for (String tag : List.of("script", "link", "img", "iframe", "object")) {
      assertEquals(0, document.getElementsByTagName(tag).getLength(), tag);
    }
    var tables = document.getElementsByTagName("table");
    for (int i = 0; i < tables.getLength(); i++) {
      assertEquals("caption", tables.item(i).getFirstChild().getNodeName());
    }
    assertEquals(4, document.getElementsByTagName("desc").getLength());
  }

  @Test
  void theFiguresForPrograms() throws IOException {
    TrainingReport.builder(history(3, 2), part("a", "some text"))
        .title("rows")
        .options(Map.of("--epochs", 3))
        .build()
        .write(folder.resolve("new/folder"));
    JsonNode json = new ObjectMapper().readTree(folder.resolve("new/folder/metrics.json").toFile());
    assertEquals("text-classification", json.at("/task").asText());
    assertEquals(2, json.at("/bestEpoch").asInt());
    assertEquals(4.5, json.at("/seconds").asDouble());
    assertEquals(0.5, json.at("/history/1/trainingLoss").asDouble());
    assertEquals(0.005, json.at("/history/1/learningRate").asDouble());
    assertEquals(200, json.at("/history/1/rowsPerSecond").asDouble(), 1e-6);
    assertEquals(1, json.at("/report/confusion/0/1").asInt());
    assertEquals(2.0 / 3, json.at("/report/accuracy").asDouble(), 1e-12);
    assertEquals(3, json.at("/options/--epochs").asInt());
    assertTrue(json.at("/environment/cores").asInt() > 0);
    try (Stream<Path> files = Files.list(folder.resolve("new/folder"))) {
      assertEquals(3, files.count());
    }
  }

  @Test
  void aReportInPlaceOfAnOlderOne() throws IOException {
    Files.writeString(folder.resolve("report.html"), "old");
    Files.writeString(folder.resolve("notes.txt"), "mine");
    TrainingReport.builder(history(1, 1), part("a", "b")).build().write(folder);
    assertTrue(Files.readString(folder.resolve("report.html")).startsWith("<!DOCTYPE html>"));
    assertEquals("mine", Files.readString(folder.resolve("notes.txt")));
  }

  @Test
  void aFolderThatCannotBe() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    TrainingReport report = TrainingReport.builder(history(1, 1), part("a", "b")).build();
    assertThrows(ModelFileException.class, () -> report.write(file.resolve("folder")));
  }

  /** No epochs, no norms, no options: what is not known is left out. */
  @Test
  void nothingButAPart() throws Exception {
    GenerationPart part =
        new GenerationPart(
            new GenerationReport(10, 0, 2.5, 5, 3.0),
            List.of(new GenerationPart.Sample("temperature 1", "<b>", "x\ny")));
    String page = TrainingReport.builder(new TrainingHistory(), part).build().html();
    assertTrue(parsed(page).getElementsByTagName("strong").item(0).getTextContent().equals("<b>"));
    assertFalse(page.contains("NaN"), page);
  }
}
