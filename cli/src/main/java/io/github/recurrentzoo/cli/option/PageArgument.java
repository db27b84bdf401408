package io.github.recurrentzoo.cli.option;

import io.github.recurrentzoo.cli.console.BadOptionException;
import io.github.recurrentzoo.cli.console.Wording;
import io.github.recurrentzoo.zoo.model.AtomicFile;
import io.github.recurrentzoo.zoo.report.ReportPart;
import io.github.recurrentzoo.zoo.report.TrainingHistory;
import io.github.recurrentzoo.zoo.report.TrainingReport;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option of the command line that writes what is printed as a page too. */
public final class PageArgument {

  @Option(names = "--report", paramLabel = "FILE", description = "HTML file for the report.")
  public Path file;

  @Spec(Spec.Target.MIXEE)
  CommandSpec command;

  /** No page. */
  public PageArgument() {}

  /** Finds out now whether the page can be written. */
  public void check() {
    if (file == null) {
      return;
    }
    if (!file.toString().matches("(?i).*\\.html?")) {
      throw new BadOptionException(
          "--report names an HTML file, which ends in .html, but is %s. Give such as %s.html."
              .formatted(file, file));
    }
    AtomicFile.check(file);
  }

  /** Writes the page, where it is asked for. */
  public void write(ReportPart part, String title, Map<String, ?> facts, PrintStream out) {
    if (file == null) {
      return;
    }
    TrainingReport.builder(new TrainingHistory(), part)
        .title(title)
        .data(facts)
        .command(command == null ? "" : Wording.command(command.root(), List.of()))
        .build()
        .writePage(file);
    out.println("The page is " + file + ".");
  }
}
