package io.github.recurrentzoo.cli.preset;

import io.github.recurrentzoo.cli.console.PresetMissedException;
import io.github.recurrentzoo.zoo.model.AtomicFile;
import io.github.recurrentzoo.zoo.model.FormerNames;
import io.github.recurrentzoo.zoo.model.Metric;
import io.github.recurrentzoo.zoo.model.ModelFile;
import io.github.recurrentzoo.zoo.preset.Preset;
import io.github.recurrentzoo.zoo.preset.Recipe;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Trains a pretrained model again, checks that it is as good as the list says, and writes its
 * weights and its row of the list.
 */
public final class TrainPreset {

  /** Compact weights may change a metric by no more than this fraction of its tolerance. */
  private static final double COMPACT_SHARE = 0.1;

  private TrainPreset() {}

  /**
   * Trains or takes a model, measures it, and writes weights and list.
   *
   * @param options which preset
   * @param out where to print to
   * @return the row as it is now
   * @throws PresetMissedException if the model is worse than the list says by more than the
   *     tolerance, or compact weights cost accuracy; then nothing is written
   */
  public static Preset run(TrainPresetOptions options, PrintStream out) {
    return run(options, PresetTraining::recipe, out);
  }

  /** The same by other recipes. */
  static Preset run(TrainPresetOptions options, Function<Preset, Recipe> recipes, PrintStream out) {
    PresetList list = PresetList.read(options.folder);
    Preset before = list.get(options.name);
    try {
      Path work = Files.createTempDirectory("recurrent-zoo-preset");
      try {
        return write(options, list, before, recipes.apply(before), work, out);
      } finally {
        deleteAll(work);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Preset write(
      TrainPresetOptions options,
      PresetList list,
      Preset before,
      Recipe recipe,
      Path work,
      PrintStream out)
      throws IOException {
    PresetTraining<?, ?> training = PresetTraining.of(recipe, before.seed());
    Path full = options.model;
    int seconds = before.trainingSeconds();
    if (full == null) {
      long start = System.nanoTime();
      full = work.resolve("full.zip");
      training.train(full, out);
      seconds = (int) Duration.ofNanos(System.nanoTime() - start).toSeconds();
    }
    ModelFile model = ModelFile.read(full, before.task().id());
    Path compact = work.resolve("compact.zip");
    model.writeCompact(compact, before.task().id());
    List<Metric> ofFull = training.measure(full);
    List<Metric> ofCompact = training.measure(compact);
    out.println("Full weights:    " + PresetTraining.inWords(ofFull));
    out.println("Compact weights: " + PresetTraining.inWords(ofCompact));
    check(before, ofFull.get(0), ofCompact.get(0));

    byte[] bytes = Files.readAllBytes(compact);
    Preset after =
        new Preset(
            before.name(),
            before.task(),
            before.about(),
            before.data(),
            before.licence(),
            before.recipe(),
            before.seed(),
            before.heldOut(),
            ofCompact.get(0),
            before.higherIsBetter(),
            before.tolerance(),
            ofCompact.subList(1, ofCompact.size()),
            architecture(model),
            model.network().params().length(),
            seconds,
            before.name() + ".zip",
            bytes.length,
            PresetList.sha256(bytes));
    AtomicFile.write(options.folder.resolve(after.file()), file -> file.write(bytes));
    list.with(after).write(options.folder);
    out.printf(
        Locale.ROOT,
        "Wrote %s (%,d bytes) and its row of %s.%nWrite the page again: recurrent-zoo preset page%n",
        options.folder.resolve(after.file()),
        bytes.length,
        PresetList.FILE);
    return after;
  }

  @SuppressWarnings("unchecked") // an object of JSON has names as keys
  private static Map<String, Object> architecture(ModelFile model) {
    return FormerNames.toToday(
        (Map<String, Object>) model.entry("options", Map.class).get("architecture"));
  }

  private static void check(Preset before, Metric full, Metric compact) {
    double lost = worse(before, full.value(), compact.value());
    if (lost > COMPACT_SHARE * before.tolerance()) {
      throw new PresetMissedException(
          "Compact weights cost too much: %s %s became %s. Nothing was written."
              .formatted(full.name(), full.value(), compact.value()));
    }
    if (before.metric() != null) { // null in the row of a preset that is new
      double missed = worse(before, before.metric().value(), compact.value());
      if (missed > before.tolerance()) {
        throw new PresetMissedException(
            "%s has %s %s; the list says %s, and %s less good is allowed. Nothing was written. If the training was changed on purpose, remove the row's metric and train again."
                .formatted(
                    before.name(),
                    compact.name(),
                    compact.value(),
                    before.metric().value(),
                    before.tolerance()));
      }
    }
  }

  /** By how much a value is less good than another; negative if it is better. */
  private static double worse(Preset preset, double than, double value) {
    return preset.higherIsBetter() ? than - value : value - than;
  }

  private static void deleteAll(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
