package io.github.recurrentzoo.zoo.sequences;

import io.github.recurrentzoo.zoo.data.DataException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A file .ts of sktime, aeon and the UEA archive: a head of lines that begin with @, then {@code
 * @data} and a sequence per line, its channels parted by colons, their values by commas, the label
 * behind the last colon.
 */
final class TsFile {
  private final Path file;
  private final boolean labeled;
  private final NumberCells numbers;
  private final List<LabeledSequence> rows = new ArrayList<>();
  private List<String> classes = List.of(); // as the head names them
  private boolean hasLabels = true;
  private boolean inData;

  TsFile(Path file, boolean labeled) {
    this.file = file;
    this.labeled = labeled;
    this.numbers = new NumberCells(file, false);
  }

  LabeledSequenceReader.Read read() {
    TextLines.read(
        file,
        (line, number) -> {
          if (line.startsWith("#") || line.startsWith("%")) {
            return true;
          }
          if (inData) {
            sequence(line, number);
          } else {
            head(line, number);
          }
          return true;
        });
    if (!inData) {
      throw new DataException(
          "%s: there is no line @data; expected it before the sequences. Add it, or give a file of another kind."
              .formatted(file));
    }
    int width = rows.isEmpty() ? 0 : rows.get(0).width();
    return new LabeledSequenceReader.Read(
        rows, IntStream.rangeClosed(1, width).mapToObj(Integer::toString).toList());
  }

  private void head(String line, long number) {
    String[] words = line.split("\\s+");
    switch (words[0].toLowerCase(Locale.ROOT)) {
      case "@data" -> inData = true;
      case "@timestamps" -> {
        if (isTrue(words)) {
          throw new DataException(
              "%s, line %d: the values have time stamps, which are not read from .ts files. Write the file without them, or as a table with a row per step and a time column."
                  .formatted(file, number));
        }
      }
      case "@targetlabel" -> {
        if (isTrue(words)) {
          throw new DataException(
              "%s, line %d: the sequences have numbers to predict (@targetLabel), not classes. Give a file with @classLabel true."
                  .formatted(file, number));
        }
      }
      case "@classlabel" -> {
        hasLabels = isTrue(words);
        classes = hasLabels ? List.of(words).subList(2, words.length) : List.of();
        if (!hasLabels && labeled) {
          throw new DataException(
              "%s, line %d: the sequences have no labels (@classLabel false). Give a file with labels."
                  .formatted(file, number));
        }
      }
      default -> {
        if (!line.startsWith("@")) {
          throw new DataException(
              "%s, line %d: expected a line that begins with @ or #, and @data before the sequences, but got \"%s\". Correct the head of the file."
                  .formatted(file, number, words[0]));
        }
      }
    }
  }

  private static boolean isTrue(String[] words) {
    return words.length > 1 && words[1].equalsIgnoreCase("true");
  }

  private void sequence(String line, long number) {
    String[] parts = line.split(":", -1);
    int width = hasLabels ? parts.length - 1 : parts.length;
    if (width < 1) {
      throw new DataException(
          "%s, line %d: there is no colon; expected the values of each channel, a colon behind each, and the label. Correct the line."
              .formatted(file, number));
    }
    if (!rows.isEmpty() && rows.get(0).width() != width) {
      throw new DataException(
          "%s, line %d: the sequence has %d channels, but the first one has %d. Correct the line: each channel ends with a colon."
              .formatted(file, number, width, rows.get(0).width()));
    }
    double[][] channels = new double[width][];
    for (int c = 0; c < width; c++) {
      channels[c] = channel(parts[c], c, number);
      if (channels[c].length != channels[0].length) {
        throw new DataException(
            "%s, line %d: channel 1 has %d steps, channel %d has %d. Channels at several rates cannot be read together: resample them to one rate, or leave the channel out."
                .formatted(file, number, channels[0].length, c + 1, channels[c].length));
      }
    }
    String id = "line " + number;
    String label = hasLabels ? parts[width].strip() : "";
    if (hasLabels && !classes.isEmpty() && !classes.contains(label)) {
      throw new DataException(
          "%s, line %d: the label \"%s\" is none of those that @classLabel names: %s. Correct one of them."
              .formatted(file, number, label, classes));
    }
    rows.add(
        label.isEmpty() && !labeled
            ? LabeledSequence.unlabeled(id, channels)
            : new LabeledSequence(id, channels, label, null));
  }

  private double[] channel(String text, int c, long number) {
    String where = "channel " + (c + 1);
    double[] values =
        Arrays.stream(text.split(",", -1))
            .mapToDouble(
                field ->
                    numbers.read(
                        field,
                        number,
                        where,
                        "Correct it, or write ? or NaN if the value is missing."))
            .toArray();
    if (text.isBlank()) {
      throw new DataException(
          "%s, line %d: %s has no values; expected one at least. Correct the line."
              .formatted(file, number, where));
    }
    return values;
  }
}
