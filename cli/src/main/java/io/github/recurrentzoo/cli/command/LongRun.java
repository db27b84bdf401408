package io.github.recurrentzoo.cli.command;

import io.github.recurrentzoo.cli.console.AlreadyFinishedException;
import io.github.recurrentzoo.cli.console.Interrupts;
import io.github.recurrentzoo.cli.option.TrainingArguments;
import io.github.recurrentzoo.zoo.report.TrainingReport;
import io.github.recurrentzoo.zoo.training.Checkpoints;
import io.github.recurrentzoo.zoo.training.ConsoleProgress;
import io.github.recurrentzoo.zoo.training.TrainingProgress;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A training of the command line: with checkpoints in its folder, from which it goes on if that is
 * asked for, and with a Ctrl-C that lets it end cleanly.
 */
public final class LongRun implements AutoCloseable {
  private final Interrupts interrupts;
  private final TrainingRun run;

  private LongRun(Interrupts interrupts, TrainingRun run) {
    this.interrupts = interrupts;
    this.run = run;
  }

  /**
   * Begins; Ctrl-C is listened to until {@link #close}.
   *
   * @param training how often to write checkpoints, and whether to go on from one
   * @param builder what surrounds the training else
   * @param folder where its files are
   */
  static LongRun begin(
      TrainingArguments training, TrainingRun.Builder builder, Path folder, PrintStream out) {
    Checkpoints checkpoints =
        Checkpoints.builder(folder).every(training.checkpointEvery).resume(training.resume).build();
    Path model = folder.resolve(TrainingReport.MODEL);
    if (training.resume && !checkpoints.present() && Files.exists(model)) {
      throw new AlreadyFinishedException(
          "The training in %s is finished: %s is there, and no checkpoint to go on from. To replace it, train without --resume; to go on from the model, use fine-tune."
              .formatted(folder, model));
    }
    if (training.resume && !checkpoints.present()) {
      out.printf("There is no checkpoint in %s; training starts from the beginning.%n", folder);
    } else if (!training.resume && checkpoints.present()) {
      out.printf(
          "%s belongs to an unfinished training and will be replaced; --resume would continue it.%n",
          checkpoints.last());
    }
    Interrupts interrupts =
        Interrupts.listen(
            () -> {
              out.println();
              out.println("Stopping after this step. Press Ctrl-C again to end at once.");
            });
    TrainingProgress going =
        new TrainingProgress() {
          @Override
          public void onResume(ResumeEvent event) {
            out.printf(
                "Resuming from %s: epoch %d, step %d, %s so far.%n",
                event.checkpoint(),
                event.epoch(),
                event.step(),
                ConsoleProgress.words(event.elapsed()));
          }
        };
    return new LongRun(
        interrupts,
        builder.progress(going).checkpoints(checkpoints).stop(interrupts::asked).build());
  }

  TrainingRun run() {
    return run;
  }

  /** Whether there is a checkpoint to go on from. */
  static boolean present(Path folder) {
    return Checkpoints.builder(folder).build().present();
  }

  /** Removes the checkpoints of a training whose model is saved. */
  static void ended(Path folder) {
    Checkpoints.builder(folder).build().delete();
  }

  @Override
  public void close() {
    interrupts.close();
  }
}
