package io.github.recurrentzoo.zoo.sequences;

import io.github.recurrentzoo.zoo.data.CsvFormat;
import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.internal.Require;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/**
 * Reads sequences of numbers with labels from a file or a folder.
 *
 * <p><b>A table with a row per step</b>, .csv or .tsv with a header: a column names the sequence
 * that the row belongs to ({@code id}), one its label, which is the same in all rows of a sequence,
 * and the others are channels. A time column, if there is one, orders the steps.
 *
 * <p><b>A folder</b>, of such tables with one sequence in each, or several where there is an id
 * column; the label is the name of the folder that a file lies in, or stands in a label column.
 *
 * <p><b>.ts</b>, as sktime, aeon and the UEA archive have it: a sequence per line, its channels
 * parted by colons, the label behind the last one.
 *
 * <p><b>The UCR archive's .tsv and .txt</b>: a sequence of one channel per line, the label first.
 *
 * <p>Values that are missing are empty, NaN, NA, null or ?. In UCR's files NaN at the end of a line
 * is none: the sequence is shorter.
 */
public final class LabeledSequenceReader {
  private final Builder options;
  private List<String> channels = List.of();

  private LabeledSequenceReader(Builder options) {
    this.options = options;
  }

  /** Starts with columns as above. */
  public static Builder builder() {
    return new Builder();
  }

  /** Says what to read. */
  public static final class Builder {
    String id; // null: "id", where there is one
    String time; // null: "time", where there is one
    String label; // null: "label", where there is one
    String group; // null: none
    List<String> channels = List.of(); // empty: all other columns
    CsvFormat format = CsvFormat.DEFAULT;

    private Builder() {}

    /** The column of a table that names the sequence. Default: {@code id}, where there is one. */
    public Builder idColumn(String column) {
      this.id = Require.notNull("idColumn", column);
      return this;
    }

    /**
     * The column of a table with the times of the steps: numbers, or dates and times in ISO 8601.
     * Default: {@code time}, where there is one.
     */
    public Builder timeColumn(String column) {
      this.time = Require.notNull("timeColumn", column);
      return this;
    }

    /** The column of a table with the labels. Default: {@code label}, where there is one. */
    public Builder labelColumn(String column) {
      this.label = Require.notNull("labelColumn", column);
      return this;
    }

    /**
     * The column of a table that says what sequences belong to together, such as a person; see
     * {@link SequenceSplit}. Default: none.
     */
    public Builder groupColumn(String column) {
      this.group = Require.notNull("groupColumn", column);
      return this;
    }

    /** The columns of a table that are channels, in this order. Default: all other columns. */
    public Builder channels(List<String> columns) {
      this.channels = List.copyOf(columns);
      if (new HashSet<>(this.channels).size() < this.channels.size()) {
        throw new IllegalArgumentException("channels names a column twice: " + columns);
      }
      return this;
    }

    /** How a table is written. */
    public Builder format(CsvFormat format) {
      this.format = Require.notNull("format", format);
      return this;
    }

    /** A reader for any number of files. */
    public LabeledSequenceReader build() {
      return new LabeledSequenceReader(this);
    }
  }

  /**
   * What was read.
   *
   * @param rows the sequences in the order of the file
   * @param channels the names of their channels
   */
  record Read(List<LabeledSequence> rows, List<String> channels) {}

  /**
   * Reads a file or folder.
   *
   * @return its sequences in the order of the file, at least one, all with the same number of
   *     channels
   * @throws DataException if it cannot be read, or anything in it is not as it should be
   */
  public List<LabeledSequence> read(Path file) {
    return read(file, true);
  }

  /**
   * As {@link #read}, of sequences whose labels are not known or do not matter: a table needs no
   * label column, and a single table without an id column is one sequence.
   */
  public List<LabeledSequence> readUnlabeled(Path file) {
    return read(file, false);
  }

  private List<LabeledSequence> read(Path file, boolean labeled) {
    Read read = whole(file, labeled);
    if (read.rows().isEmpty()) {
      throw new DataException("%s: there are no sequences. Add some.".formatted(file));
    }
    SequenceRates.refuseSlowChannels(file, read.rows(), read.channels());
    channels = read.channels();
    return read.rows();
  }

  private Read whole(Path file, boolean labeled) {
    if (Files.isDirectory(file)) {
      return SequenceFolder.read(file, options, labeled);
    }
    if (hasColumns(file)) {
      return new SequenceTable(file, options, labeled, List.of(), new SequenceRates.Steps())
          .read("", null);
    }
    refuseColumns(file);
    return isTs(file) ? new TsFile(file, labeled).read() : UcrFile.read(file);
  }

  /** Whether a file is a table with named columns, or a folder of such tables. */
  public static boolean hasColumns(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    boolean ucr = name.endsWith(".txt") || (name.endsWith(".tsv") && UcrFile.looksSo(file));
    return Files.isDirectory(file) || !(isTs(file) || ucr);
  }

  private static boolean isTs(Path file) {
    return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(".ts");
  }

  private void refuseColumns(Path file) {
    if (options.id != null
        || options.time != null
        || options.label != null
        || options.group != null
        || !options.channels.isEmpty()) {
      throw new DataException(
          "%s has no named columns, as a file of %s. Leave the columns out, or give a table with a row per step."
              .formatted(file, isTs(file) ? "sktime and aeon (.ts)" : "the UCR archive"));
    }
  }

  /** The names of the channels of the file that was read last: of columns, or numbers from 1. */
  public List<String> channels() {
    return channels;
  }
}
