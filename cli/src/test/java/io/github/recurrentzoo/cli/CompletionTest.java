package io.github.recurrentzoo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class CompletionTest {

  @TempDir Path folder;

  /** Asks bash itself. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void completionOffersTheValuesOfEachOption() throws Exception {
    Path script = folder.resolve("completion");
    Files.writeString(script, Run.of("completion").out());
    assertEquals(List.of("adding"), completed(script, "recurrent-zoo", "compare", "--task", "ad"));
    assertEquals(
        List.of("simple-rnn", "lstm", "peephole-lstm", "gru", "rrnn", "rrnn-updated"),
        completed(script, "recurrent-zoo", "train", "text", "--recurrence", ""));
    assertEquals(
        List.of("all-but-head"),
        completed(script, "recurrent-zoo", "fine-tune", "text", "--freeze", "a"));
    assertEquals(
        List.of("dates-lstm", "dates-rrnn"),
        completed(script, "recurrent-zoo", "translate", "--model", "da"));
    assertEquals(
        List.of("day-of-week", "day-of-month", "day-of-year"),
        completed(script, "recurrent-zoo", "train", "forecast", "--calendar-features", "day"));
  }

  private static List<String> completed(Path script, String... words)
      throws IOException, InterruptedException {
    String quoted = Stream.of(words).map(word -> "'" + word + "'").collect(Collectors.joining(" "));
    Process bash =
        new ProcessBuilder(
                "bash",
                "-c",
                "compopt() { :; }; source '%s'; COMP_WORDS=(%s); COMP_CWORD=%d; COMP_LINE='x'; _complete_recurrent-zoo; printf '%%s\\n' \"${COMPREPLY[@]}\""
                    .formatted(script, quoted, words.length - 1))
            .redirectErrorStream(true)
            .start();
    String out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, bash.waitFor(), out);
    return out.lines().map(String::strip).toList();
  }
}
