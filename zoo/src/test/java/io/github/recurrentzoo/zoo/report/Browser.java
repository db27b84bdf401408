package io.github.recurrentzoo.zoo.report;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/**
 * A real browser without a window, which opens pages and measures them.
 *
 * @param program chromium, or one of its kin
 */
record Browser(Path program) {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");
  private static final Pattern RESULT = Pattern.compile("<pre id=\"result\">([^<]*)</pre>");
  private static final int SECONDS = 180;

  /** The one on the path, if there is one. */
  static Optional<Browser> installed() {
    return NAMES.stream()
        .flatMap(
            name ->
                Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                    .map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst()
        .map(Browser::new);
  }

  /**
   * Opens each page in a frame of each width, all in one window.
   *
   * @param folder for files
   * @param pages by name
   * @param dark the setting of the browser
   * @return by name, "@" and width, what {@code measure.js} finds
   */
  JsonNode measure(Path folder, Map<String, String> pages, List<Integer> widths, boolean dark) {
    StringBuilder frames = new StringBuilder();
    pages.forEach(
        (name, page) ->
            widths.forEach(
                width -> {
                  Html frame = new Html();
                  frame
                      .open(
                          "iframe",
                          "style",
                          "border:0;height:900px;width:" + width + "px",
                          "srcdoc",
                          measured(name + "@" + width, page))
                      .close("iframe");
                  frames.append(frame);
                }));
    String window =
        """
        <!DOCTYPE html><html><body><script>
        const got = {};
        addEventListener('message', (event) => {
          got[event.data.page] = event.data;
          if (Object.keys(got).length === %d) {
            document.body.innerHTML = '<pre id="result">' + encodeURIComponent(JSON.stringify(got)) + '</pre>';
          }
        });
        </script>%s</body></html>
        """
            .formatted(pages.size() * widths.size(), frames);
    try {
      Path file = Files.writeString(folder.resolve("window.html"), window);
      String result = run(folder, file, dark);
      Matcher matcher = RESULT.matcher(result);
      if (!matcher.find()) {
        throw new AssertionError(
            "%s measured nothing; it printed %s"
                .formatted(program, result.substring(0, Math.min(2000, result.length()))));
      }
      return new ObjectMapper()
          .readTree(URLDecoder.decode(matcher.group(1), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String measured(String name, String page) {
    String script =
        "<script>const PAGE = '%s';\n%s</script>".formatted(name, resource("measure.js"));
    return page.replace("</body>", script + "</body>");
  }

  private String run(Path folder, Path file, boolean dark) throws IOException {
    Path out = folder.resolve("dom.html");
    Process process =
        new ProcessBuilder(
                program.toString(),
                "--headless",
                "--no-sandbox", // the pages are our own, and root has no sandbox
                "--disable-gpu",
                "--hide-scrollbars",
                "--user-data-dir=" + folder.resolve("profile"),
                "--blink-settings=preferredColorScheme=" + (dark ? 0 : 1),
                "--window-size=1600,1000",
                "--virtual-time-budget=20000",
                "--dump-dom",
                file.toUri().toString())
            .redirectError(folder.resolve("browser.log").toFile())
            .redirectOutput(out.toFile())
            .start();
    try {
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("%s takes more than %d s".formatted(program, SECONDS));
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new AssertionError("The test was interrupted", e);
    }
    return Files.readString(out);
  }

  private static String resource(String name) {
    try (InputStream in = Browser.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
