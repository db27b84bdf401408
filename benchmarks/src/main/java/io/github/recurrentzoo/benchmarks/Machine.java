package io.github.recurrentzoo.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;

/** What the numbers were measured on. */
final class Machine {

  private Machine() {}

  /** One line: date, processor, cores, system, Java. */
  static String describe() {
    return "%s, %s, %d cores, %s %s, Java %s"
        .formatted(
            LocalDate.now(ZoneId.systemDefault()),
            processor(),
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            System.getProperty("java.version"));
  }

  /** As Linux names it; elsewhere nothing better than the architecture is at hand. */
  private static String processor() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/cpuinfo"))) {
        if (line.startsWith("model name")) {
          return line.substring(line.indexOf(':') + 1).trim();
        }
      }
    } catch (IOException e) {
      // Not Linux.
    }
    return System.getProperty("os.arch");
  }
}
