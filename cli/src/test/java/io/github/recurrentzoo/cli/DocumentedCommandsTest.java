package io.github.recurrentzoo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The launcher understands each command line of its own in README.md and docs. */
class DocumentedCommandsTest {

  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  /** In a line of a block, or in text between backticks; up to a comment, a pipe or a redirect. */
  private static final Pattern COMMAND =
      Pattern.compile("(?:^|[`|;(]\\s*|\\./)recurrent-zoo( (?:\"[^\"]*\"|'[^']*'|[^`#|>;)\"'])*)");

  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

  /** A command of a page, without the program's name. */
  record Found(Path page, int line, String command) {
    @Override
    public String toString() {
      return ROOT.relativize(page) + ":" + line + command;
    }

    String[] words() {
      List<String> words = new ArrayList<>();
      Matcher word = WORD.matcher(command);
      while (word.find()) {
        words.add(
            word.group(1) != null
                ? word.group(1)
                : word.group(2) != null ? word.group(2) : word.group(3));
      }
      return words.toArray(String[]::new);
    }
  }

  static List<Found> commands() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("README.md")));
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      docs.filter(page -> page.toString().endsWith(".md")).sorted().forEach(pages::add);
    }
    List<Found> found = new ArrayList<>();
    for (Path page : pages) {
      List<String> lines = Files.readAllLines(page);
      for (int i = 0; i < lines.size(); i++) {
        for (String command : in(lines.get(i))) {
          found.add(new Found(page, i + 1, command));
        }
      }
    }
    return found;
  }

  /** Commands of a line; COMMAND stands for any. */
  private static List<String> in(String line) {
    return COMMAND
        .matcher(line)
        .results()
        .map(match -> match.group(1))
        .filter(command -> !command.startsWith(" COMMAND"))
        .toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("commands")
  void isUnderstood(Found found) {
    CommandLine root = Commands.of(found.words()).root();
    root.parseArgs(found.words());
    assertTrue(root.getParseResult().hasSubcommand() || root.isUsageHelpRequested());
  }

  @Test
  void commandsAreFound() throws IOException {
    assertTrue(commands().size() >= 14, commands().toString());
    assertEquals(
        List.of(" predict --model m \"a b\"", " list "),
        in("cat x | recurrent-zoo predict --model m \"a b\"` or `./recurrent-zoo list # all"));
    Found old = new Found(ROOT.resolve("README.md"), 1, " fine-tune --data a.csv");
    assertThrows(ParameterException.class, () -> isUnderstood(old));
  }
}
