package io.github.recurrentzoo.cli.preset;

import io.github.recurrentzoo.cli.console.RecurrenceConverter;
import io.github.recurrentzoo.zoo.Zoo;
import io.github.recurrentzoo.zoo.classification.TextClassifier;
import io.github.recurrentzoo.zoo.model.Metric;
import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.pipeline.PipelineType;
import io.github.recurrentzoo.zoo.preset.Preset;
import io.github.recurrentzoo.zoo.report.Table;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes the page that lists the pretrained models, from presets.json. */
public final class PresetPage {

  private PresetPage() {}

  public static void run(PresetPageOptions options, PrintStream out) {
    try {
      Files.writeString(options.output, page(PresetList.read(options.folder).presets()));
    } catch (IOException e) {
      throw new UncheckedIOException("The page %s cannot be written".formatted(options.output), e);
    }
    out.println("Wrote " + options.output + ".");
  }

  /** The page in Markdown. */
  static String page(List<Preset> presets) {
    StringBuilder page = new StringBuilder();
    page.append(
        """
        # Pretrained models

        <!-- Generated from presets.json; do not edit. ./recurrent-zoo preset page -->

        The weights are in the artifact `io.github.recurrentzoo:recurrent-zoo-pretrained` (%s in all): put it on the class path, and nothing is
        downloaded at run time. Metrics were measured with these weights on rows that the network has not seen.

        """
            .formatted(megabytes(presets.stream().mapToLong(Preset::bytes).sum())));
    Table table =
        new Table()
            .left("preset")
            .left("task")
            .left("recurrence")
            .left("metric")
            .right("parameters", "file", "trained in");
    for (Preset preset : presets) {
      table.row(
          "[`%s`](#%s)".formatted(preset.name(), preset.name()),
          preset.task().inWords(),
          RecurrenceConverter.name(Recurrence.of(preset.architecture())),
          metric(preset.metric()),
          String.format(Locale.ROOT, "%,d", preset.parameters()),
          megabytes(preset.bytes()),
          time(preset.trainingSeconds()));
    }
    page.append(table.markdown());
    page.append(
        """

        Times are those on two cores, which other work may have shared. The files hold weights as numbers of 16 bits (IEEE 754 binary16), of large networks rounded to 2^-6 of themselves, widened to floats when they are
        loaded, and no state of the updater: fine-tuning starts with a fresh one. A file whose SHA-256 is not the one below is refused.

        ## Use

        """);
    page.append("```java\n");
    for (PipelineType<?> type : Zoo.TYPES) {
      presets.stream()
          .filter(preset -> preset.task().equals(type.task()))
          .skip(type.equals(TextClassifier.TYPE) ? 1 : 0)
          .findFirst()
          .ifPresent(
              preset ->
                  page.append(
                      "%s %s = %s.pretrained(\"%s\");\n"
                          .formatted(
                              type.name(), variable(type.name()), type.name(), preset.name())));
    }
    page.append(
        """
        ```

        In Deeplearning4j's own way, for the network alone, with an updater of your own:
        `TextClassification.builder().preset("wordnet-lstm").updater(new Adam(1e-4)).build().initPretrained()`.

        ## Train one again

        `./recurrent-zoo preset train --name wordnet-lstm` trains by the recipe of the model, checks that the
        metric is reached, and writes weights and row. On the same machine with the same number of threads the metric is the same; on another
        one rounding differs, and it may be less good by the tolerance given with it.
        """);
    presets.forEach(preset -> page.append(section(preset)));
    return page.toString();
  }

  private static String section(Preset preset) {
    return """

        ## %s

        %s

        - learned from: %s. Licence of the data: %s
        - measured on %s: %s (tolerance %s)%s
        - network: %s
        - trained by the recipe `%s` with seed %d: `./recurrent-zoo preset train --name %s`
        - file: `%s`, %,d bytes, SHA-256 `%s`
        """
        .formatted(
            preset.name(),
            preset.about(),
            preset.data(),
            preset.licence(),
            preset.heldOut(),
            metric(preset.metric()),
            number(preset.tolerance()),
            preset.furtherMetrics().stream()
                .map(PresetPage::metric)
                .collect(Collectors.joining("; ", "; ", "")),
            preset.architecture().entrySet().stream()
                // The optimizer is the updater again, as data.
                .filter(option -> !List.of("seed", "optimizer").contains(option.getKey()))
                .map(PresetPage::option)
                .collect(Collectors.joining(", ")),
            preset.recipe(),
            preset.seed(),
            preset.name(),
            preset.file(),
            preset.bytes(),
            preset.sha256());
  }

  private static String option(Map.Entry<String, Object> option) {
    // An updater with a schedule has no rate beside it.
    String value = option.getValue().toString().replace("learningRate=NaN, ", "");
    return option.getKey() + " " + value;
  }

  private static String metric(Metric metric) {
    return metric.name() + " " + number(metric.value());
  }

  /** Four digits that say something. */
  static String number(double value) {
    String digits = String.format(Locale.ROOT, "%.4g", value);
    boolean plain = digits.contains(".") && !digits.contains("e");
    return plain ? digits.replaceFirst("\\.?0+$", "") : digits;
  }

  private static String megabytes(long bytes) {
    return bytes < 100_000
        ? String.format(Locale.ROOT, "%.0f kB", bytes / 1e3)
        : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }

  private static String time(int seconds) {
    return seconds < 60 ? seconds + " s" : (seconds + 30) / 60 + " min";
  }

  private static String variable(String type) {
    return Character.toLowerCase(type.charAt(0)) + type.substring(1);
  }
}
