package io.github.recurrentzoo.cli.option;

import io.github.recurrentzoo.cli.console.BadOptionException;
import io.github.recurrentzoo.zoo.classification.LabeledText;
import io.github.recurrentzoo.zoo.classification.RareLabels;
import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.model.ModelFile;
import io.github.recurrentzoo.zoo.model.ModelFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** What is refused before a training begins, in the words of the command line. */
public final class TrainingChecks {

  /** One row to learn from, one for validation, one for the report. */
  private static final int ROWS_PER_LABEL = 3;

  private static final int LABELS_TO_SHOW = 5;

  private TrainingChecks() {}

  /** A whole number from {@code min} to {@code max}. */
  public static void range(String option, long value, long min, long max) {
    if (value < min || value > max) {
      throw new BadOptionException(
          "%s must be from %d to %d, but is %d.".formatted(option, min, max, value));
    }
  }

  /** A number that is not negative, nor infinite. */
  public static void notNegative(String option, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new BadOptionException(
          "%s must be 0 (off) or a positive number, but is %s.".formatted(option, value));
    }
  }

  /**
   * Two labels at least, each with rows enough for learning, validation and report.
   *
   * @param rareLabels what to do with labels that have fewer rows, null to refuse them
   */
  public static void labels(List<LabeledText> rows, String source, RareLabels rareLabels) {
    Map<String, Long> counts =
        rows.stream()
            .collect(
                Collectors.groupingBy(LabeledText::label, TreeMap::new, Collectors.counting()));
    if (counts.size() == 1) {
      throw new DataException(
          "%s: all %d rows have the label \"%s\"; a classifier needs at least two labels. Add rows of another label, or name another column with --label-column."
              .formatted(source, rows.size(), rows.get(0).label()));
    }
    if (rareLabels != null && rareLabels != RareLabels.REFUSE) {
      return;
    }
    String rare =
        counts.entrySet().stream()
            .filter(entry -> entry.getValue() < ROWS_PER_LABEL)
            .limit(LABELS_TO_SHOW)
            .map(entry -> "\"%s\" (%d)".formatted(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining(", "));
    if (!rare.isEmpty()) {
      throw new DataException(
          "%s: each label needs at least %d rows: one each for training, validation and test. Too few have %s. Add rows, choose what becomes of these with --rare-labels (drop, keep or other), or name another column with --label-column."
              .formatted(source, ROWS_PER_LABEL, rare));
    }
  }

  /** A place that can be written to, without loss of anything but an older model. */
  static void output(Path model) {
    ModelFile.checkWritable(model);
    try {
      if (Files.isRegularFile(model) && Files.size(model) > 0 && !isModel(model)) {
        throw new ModelFileException(
            "%s exists and is not a model; it is not overwritten. Choose another place with --output."
                .formatted(model));
      }
    } catch (IOException e) {
      throw new ModelFileException("Cannot read %s: %s.".formatted(model, e.getMessage()), e);
    }
  }

  /** Whether an option that names a picture asks for one: it may be left out, or "none". */
  public static boolean draws(Path picture) {
    return picture != null && !picture.toString().equalsIgnoreCase("none");
  }

  /** An SVG file that can be written; an older one is replaced. */
  public static void picture(Path picture, String option) {
    if (!picture.toString().toLowerCase(Locale.ROOT).endsWith(".svg")) {
      throw new BadOptionException(
          "%s draws SVG, so the name of its file ends in .svg, but is %s. Give such as %s, or none."
              .formatted(
                  option, picture, picture.toString().replaceFirst("\\.[^./\\\\]*$", "") + ".svg"));
    }
    Path folder = picture.toAbsolutePath().getParent();
    if (Files.isDirectory(picture) || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
      throw new BadOptionException(
          "The picture %s cannot be written: %s. Give another place with %s, or none."
              .formatted(
                  picture,
                  Files.isDirectory(picture)
                      ? "a folder has that name"
                      : Files.isDirectory(folder)
                          ? "its folder is not writable"
                          : "there is no folder " + folder,
                  option));
    }
  }

  private static boolean isModel(Path file) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return zip.getEntry("recurrent-zoo.json") != null;
    } catch (ZipException e) {
      return false;
    }
  }
}
