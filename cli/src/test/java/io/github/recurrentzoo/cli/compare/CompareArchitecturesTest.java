package io.github.recurrentzoo.cli.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.cli.Run;
import io.github.recurrentzoo.cli.compare.Comparison.Architecture;
import io.github.recurrentzoo.cli.compare.Comparison.Contest;
import io.github.recurrentzoo.cli.compare.Comparison.Line;
import io.github.recurrentzoo.cli.console.CommandLineProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CompareArchitecturesTest {

  private static Run compare(Path folder, String... more) {
    String[] args = new String[more.length + 2];
    args[0] = "--plot";
    args[1] = folder.resolve("plot.svg").toString();
    System.arraycopy(more, 0, args, 2, more.length);
    return Run.command("compare", args);
  }

  @Test
  void eachArchitectureIsTrainedWithEachSeed(@TempDir Path folder) throws Exception {
    Run run =
        compare(
            folder,
            "--lengths",
            "4,6",
            "--seeds",
            "2",
            "--epochs",
            "1",
            "--steps-per-epoch",
            "3",
            "--hidden-size",
            "8",
            "--batch-size",
            "5",
            "--report",
            folder.resolve("compared.html").toString());
    assertEquals(0, run.exitCode(), run.err());
    String page = Files.readString(folder.resolve("compared.html"));
    assertTrue(page.contains("6 steps: ") && page.contains("has the best mean, 0."), page);
    assertEquals(2, page.split("by architecture, the best mean first</span>", -1).length - 1);
    for (Architecture architecture : Architecture.all()) {
      for (int seed = 42; seed <= 43; seed++) {
        String training =
            "  " + architecture.label() + ", seed " + seed + ", learning rate 0.002: ";
        assertEquals(2, run.out().lines().filter(l -> l.startsWith(training)).count(), run.out());
      }
    }
    assertTrue(run.out().contains("Adding problem, 6 steps: mean squared error"), run.out());
    assertTrue(run.out().contains("no learning"), run.out());
    String picture = Files.readString(folder.resolve("plot.svg"));
    assertEquals(
        Architecture.all().size() * 2 * 2,
        picture.split("<circle class=\"pale ", -1).length - 1,
        "a dot for each training");
    assertTrue(picture.contains("without learning"), picture);
  }

  @Tag("learning")
  @Test
  void theBestLearningRateOfTheFirstSeedIsKept(@TempDir Path folder) {
    Run run =
        compare(
            folder,
            "--task",
            "copy",
            "--lengths",
            "2",
            "--seeds",
            "2",
            "--epochs",
            "1",
            "--steps-per-epoch",
            "20",
            "--hidden-size",
            "8",
            "--learning-rates",
            "0.01,1e-9");
    assertEquals(0, run.exitCode(), run.err());
    for (Architecture architecture : Architecture.all()) {
      String name = "  " + architecture.label() + ", seed ";
      assertTrue(run.out().contains(name + "42, learning rate 0.01:"), run.out());
      assertTrue(run.out().contains(name + "42, learning rate 1.0E-9:"), run.out());
      assertTrue(run.out().contains(name + "43, learning rate 0.01:"), run.out());
      assertTrue(!run.out().contains(name + "43, learning rate 1.0E-9:"), run.out());
    }
  }

  /** Tasks of the zoo with a network as small as can be, so that it is about the wiring. */
  @Test
  void forecastsAreCompared(@TempDir Path folder) {
    Run run =
        compare(folder, "--task", "co2", "--seeds", "1", "--epochs", "1", "--hidden-size", "4");
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().contains("mean absolute error"), run.out());
    assertEquals(
        Architecture.all().size(),
        run.out().lines().filter(l -> l.contains(", seed 42,")).count(),
        run.out());
    assertTrue(!run.out().contains("no learning"), run.out());
  }

  @Test
  void onlyThoseThatAreNamedAreCompared() {
    assertEquals(Architecture.all(), parsed().architectures());
    assertEquals(
        List.of("LSTM", "RRNN", "RRNN, updated"),
        parsed("--recurrences", "rrnn-updated,rrnn,lstm").architectures().stream()
            .map(Architecture::label)
            .toList());
    assertEquals(
        List.of("SimpleRnn", "SimpleRnn, started as RRNN"),
        parsed("--recurrences", "simple-rnn").architectures().stream()
            .map(Architecture::label)
            .toList());
  }

  /** Text generation does not take peepholes, which is said before the first training. */
  @Test
  void whatCannotBeComparedIsRefused(@TempDir Path folder) {
    Run run = compare(folder, "--task", "generation", "--recurrences", "gru,peephole-lstm");
    assertEquals(2, run.exitCode(), run.err());
    assertTrue(run.err().contains("truncated BPTT"), run.err());
  }

  @Test
  void whatDivergesIsSaid(@TempDir Path folder) {
    Run run =
        compare(
            folder,
            "--lengths",
            "50",
            "--seeds",
            "1",
            "--epochs",
            "1",
            "--steps-per-epoch",
            "10",
            "--activation",
            "cube",
            "--learning-rate",
            "1000",
            "--clip-norm",
            "0");
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().contains("diverged"), run.out());
  }

  static List<ContestTask> tasks() {
    return ContestTask.ALL;
  }

  /** The numbers of parameters differ by less than one more unit would make. */
  @ParameterizedTest
  @MethodSource("tasks")
  void theNumbersOfParametersAreEqual(ContestTask task) {
    CompareArchitecturesOptions options = parsed("--task", task.name(), "--lengths", "20");
    Contest contest = task.contests().apply(options).get(0);
    long wanted = contest.parameters(Architecture.LSTM, 24);
    for (Architecture architecture : Architecture.all()) {
      int size = Comparison.hiddenSize(units -> contest.parameters(architecture, units), wanted);
      long off = Math.abs(contest.parameters(architecture, size) - wanted);
      assertTrue(off <= Math.abs(contest.parameters(architecture, size + 1) - wanted));
      assertTrue(off <= Math.abs(contest.parameters(architecture, size - 1) - wanted));
      assertTrue(size > 5, architecture + " " + size);
    }
    assertTrue(Double.isNaN(contest.chance()) || contest.chance() > 0);
  }

  /** The settings of a task are those of its own example. */
  @Test
  void eachTaskHasTheDefaultsOfItsExample() {
    assertEquals(8, parsed("--task", "text").training.epochs);
    assertEquals(0.5, parsed("--task=text").network.dropout);
    assertEquals(100, parsed("--task", "co2").training.epochs);
    assertEquals(5, parsed("--task", "dates").network.clipNorm);
    assertEquals(32, parsed("--task", "generation").training.batchSize);
    assertEquals(1, parsed().network.clipNorm);
  }

  private static CompareArchitecturesOptions parsed(String... args) {
    CompareArchitecturesOptions options = new CompareArchitecturesOptions();
    CommandLineProgram.parser(options, args).parseArgs(args);
    return options;
  }

  @Test
  void meanAndSpreadAreThoseOfTheSample() {
    Line line =
        new Line(Architecture.LSTM, 1, 1, 0.1, List.of(1.0, 2.0, 6.0), Duration.ofSeconds(1));
    assertEquals(3, line.mean(), 1e-12);
    assertEquals(Math.sqrt(7), line.deviation(), 1e-12);
    assertEquals(1, line.smallest());
    assertEquals(6, line.largest());
    assertEquals(
        0, new Line(Architecture.LSTM, 1, 1, 0.1, List.of(1.0), Duration.ZERO).deviation());
  }

  @Test
  void whatCannotBeUsedIsNamed(@TempDir Path folder) {
    assertRefused(compare(folder, "--seeds", "0"), "--seeds");
    assertRefused(compare(folder, "--lengths", "1"), "--lengths");
    assertRefused(compare(folder, "--task", "nothing"), "nothing");
    assertRefused(compare(folder.resolve("none"), "--seeds", "1"), "--plot");
    assertTrue(Files.notExists(folder.resolve("none")));
  }

  private static void assertRefused(Run run, String named) {
    assertEquals(2, run.exitCode(), run.err());
    assertTrue(run.err().contains(named), run.err());
  }
}
