package io.github.recurrentzoo.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/**
 * A Java process that measures some work on one problem and writes down what JMH found. JMH does
 * not fork by itself here, since it could neither set OMP_NUM_THREADS nor let the libraries take
 * turns.
 */
final class Fork {

  /**
   * What glibc reads: memory that was got once is kept, in one arena, instead of being given back
   * to the system and cleared anew at each call. That makes PyTorch up to five times faster
   * (docs/benchmarks.md), and is there for all.
   */
  private static final Map<String, String> KEEP_MEMORY =
      Map.of(
          "MALLOC_ARENA_MAX", "1",
          "MALLOC_MMAP_MAX_", "0",
          "MALLOC_TRIM_THRESHOLD_", "4000000000");

  private final Entry entry;
  private final Case what;
  private final Pace pace;

  Fork(Entry entry, Case what, Pace pace) {
    this.entry = entry;
    this.what = what;
    this.pace = pace;
  }

  /** The process: library, threads, cell, shape, pace, file for the medians. */
  public static void main(String[] args) throws RunnerException, IOException {
    Entry entry = new Entry(Entry.Library.valueOf(args[0]), Integer.parseInt(args[1]));
    Case what = new Case(Cell.valueOf(args[2]), Shape.valueOf(args[3]));
    new Fork(entry, what, Pace.valueOf(args[4])).measure(Path.of(args[5]));
    System.exit(0); // libraries leave threads behind
  }

  private void measure(Path results) throws RunnerException, IOException {
    List<String> lines = new ArrayList<>();
    for (Work work : what.works()) {
      lines.add(work + " " + median(work));
    }
    Files.write(results, lines);
  }

  /** Microseconds. */
  private double median(Work work) throws RunnerException {
    OptionsBuilder options = new OptionsBuilder();
    options
        .include(Measurement.class.getName())
        .param("library", entry.library().name())
        .param("threads", Integer.toString(entry.threads()))
        .param("cell", what.cell().name())
        .param("shape", what.shape().name())
        .param("work", work.name())
        .param("pace", pace.name())
        .forks(0)
        .verbosity(VerboseMode.SILENT)
        .shouldFailOnError(true)
        .warmupIterations(1)
        .warmupTime(TimeValue.milliseconds(pace.warmUpMillis()))
        .measurementIterations(1)
        .measurementTime(TimeValue.milliseconds(pace.measuredMillis()));
    RunResult result = new Runner(options.build()).runSingle();
    Statistics times = result.getPrimaryResult().getStatistics();
    return times.getPercentile(50);
  }

  /** Starts the process and waits for the medians, in the order of the case's works. */
  List<Double> run() throws IOException, InterruptedException {
    Path results = Files.createTempFile("recurrent-zoo-benchmarks", ".txt");
    try {
      Process process = builder(results).start();
      int exit;
      try {
        exit = process.waitFor();
      } finally {
        process.destroy();
      }
      if (exit != 0) {
        throw new IOException("the process for " + entry + ", " + what + " ended with " + exit);
      }
      List<Double> medians = new ArrayList<>();
      for (String line : Files.readAllLines(results)) {
        medians.add(Double.valueOf(line.substring(line.indexOf(' ') + 1)));
      }
      return medians;
    } finally {
      Files.deleteIfExists(results);
    }
  }

  private ProcessBuilder builder(Path results) {
    List<String> arguments =
        List.of(
            entry.library().name(),
            Integer.toString(entry.threads()),
            what.cell().name(),
            what.shape().name(),
            pace.name(),
            results.toString());
    return java(entry.javaArguments(), Fork.class, arguments, entry.openMpThreads());
  }

  /**
   * A Java process in which memory is kept.
   *
   * @param javaArguments for Java
   * @param main what is run
   * @param arguments for it
   * @param openMpThreads OMP_NUM_THREADS
   */
  static ProcessBuilder java(
      List<String> javaArguments, Class<?> main, List<String> arguments, int openMpThreads) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx3g");
    command.add("-Djmh.ignoreLock=true");
    command.addAll(javaArguments);
    command.addAll(List.of("-classpath", System.getProperty("java.class.path")));
    command.add(main.getName());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().put("OMP_NUM_THREADS", Integer.toString(openMpThreads));
    builder.environment().putAll(KEEP_MEMORY);
    // What this machine's owner has set for OpenBLAS, most others have not.
    builder.environment().keySet().removeIf(name -> name.startsWith("OPENBLAS_"));
    return builder;
  }
}
