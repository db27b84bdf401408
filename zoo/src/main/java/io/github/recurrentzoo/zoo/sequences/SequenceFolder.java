package io.github.recurrentzoo.zoo.sequences;

import io.github.recurrentzoo.zoo.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A folder of tables: in folders that are named as the labels, or all in one with a label column.
 */
final class SequenceFolder {

  private SequenceFolder() {}

  static LabeledSequenceReader.Read read(
      Path folder, LabeledSequenceReader.Builder options, boolean labeled) {
    List<Path> files = files(folder, 2);
    if (files.isEmpty()) {
      throw new DataException(
          "%s: there is no .csv or .tsv file in the folder, nor in a folder in it. Put a table per sequence there."
              .formatted(folder));
    }
    List<LabeledSequence> rows = new ArrayList<>();
    List<String> channels = List.of();
    SequenceRates.Steps rates = new SequenceRates.Steps();
    for (Path file : files) {
      boolean inFolder = !file.getParent().equals(folder);
      String label = inFolder && options.label == null ? name(file.getParent()) : null;
      LabeledSequenceReader.Read read =
          new SequenceTable(file, options, labeled, channels, rates)
              .read(folder.relativize(file).toString().replace('\\', '/'), label);
      channels = read.channels();
      rows.addAll(read.rows());
    }
    return new LabeledSequenceReader.Read(rows, channels);
  }

  private static List<Path> files(Path folder, int depth) {
    try (Stream<Path> found = Files.walk(folder, depth)) {
      return found
          .filter(Files::isRegularFile)
          .filter(file -> name(file).toLowerCase(Locale.ROOT).matches(".*\\.(csv|tsv)"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new DataException(
          "The folder %s cannot be read: %s.".formatted(folder, e.getMessage()), e);
    }
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }
}
