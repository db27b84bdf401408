package io.github.recurrentzoo.cli.command.sequences;

import io.github.recurrentzoo.cli.console.BadOptionException;
import io.github.recurrentzoo.cli.option.DelimiterArgument;
import io.github.recurrentzoo.cli.option.SplitArguments;
import io.github.recurrentzoo.zoo.sequences.LabeledSequence;
import io.github.recurrentzoo.zoo.sequences.LabeledSequenceReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of the command line that name sequences of the user's. */
public final class SequenceFileArguments {
  private static final String ID = "id";
  private static final String TIME = "time";
  private static final String LABEL = "label";
  private static final String GROUP = "group";
  private static final String CHANNEL = "channel ";

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description =
          "File with the sequences: a table with a row per step (.csv, .tsv with a header), .ts of sktime and aeon, .tsv or .txt of the UCR archive; or a folder of tables, a sequence in each, in folders named as the labels.")
  Path data;

  @Option(
      names = {"--id-column", "--id"},
      paramLabel = "NAME",
      description =
          "Column of a table that names the sequence of each row (default: id, if there is one).")
  String idColumn;

  @Option(
      names = {"--time-column", "--time"},
      paramLabel = "NAME",
      description =
          "Column of a table with the times, which order the steps (default: time, if there is one; else the rows are in order).")
  String timeColumn;

  @Option(
      names = {"--label-column", "--label"},
      paramLabel = "NAME",
      description =
          "Column of a table with the labels (default: label, or the name of the folder that a file lies in).")
  String labelColumn;

  @Option(
      names = {"--group-column", "--group"},
      paramLabel = "NAME",
      description =
          "Column of a table that says which sequences belong together, such as a person: they are either learned from or held out (default: none).")
  String groupColumn;

  @Option(
      names = "--channels",
      paramLabel = "NAMES",
      split = ",",
      description =
          "Columns of a table that are channels, parted by commas (default: all other columns).")
  List<String> channels;

  @Mixin DelimiterArgument delimiter = new DelimiterArgument();

  /** No file yet. */
  public SequenceFileArguments() {}

  /** Refuses columns without a file. */
  void check() {
    boolean aboutFile =
        idColumn != null
            || timeColumn != null
            || labelColumn != null
            || groupColumn != null
            || channels != null
            || delimiter.given();
    if (data == null && aboutFile) {
      throw new BadOptionException(
          "--id-column, --time-column, --label-column, --group-column, --channels, --delimiter, --quote and --encoding apply to a file only; name one with --data.");
    }
  }

  /** Takes columns that a model remembers, where the command line names none. */
  void remember(Map<String, String> columns) {
    if (data == null || !LabeledSequenceReader.hasColumns(data)) {
      return;
    }
    idColumn = given(idColumn, columns, ID);
    timeColumn = given(timeColumn, columns, TIME);
    labelColumn = given(labelColumn, columns, LABEL);
    List<String> learned = channelsOf(columns);
    boolean sameNames = channels != null && Set.copyOf(channels).equals(Set.copyOf(learned));
    channels = channels == null || sameNames ? learned : channels; // in the order of the model
  }

  private static String given(String option, Map<String, String> columns, String name) {
    return option == null ? columns.get(name) : option;
  }

  private static List<String> channelsOf(Map<String, String> columns) {
    List<String> names = new ArrayList<>();
    while (columns.containsKey(CHANNEL + (names.size() + 1))) {
      names.add(columns.get(CHANNEL + (names.size() + 1)));
    }
    return names;
  }

  /** A reader of these columns. */
  LabeledSequenceReader reader() {
    return reader(channels == null ? List.of() : channels);
  }

  private LabeledSequenceReader reader(List<String> channels) {
    LabeledSequenceReader.Builder builder =
        LabeledSequenceReader.builder().channels(channels).format(delimiter.format());
    if (idColumn != null) {
      builder.idColumn(idColumn);
    }
    if (timeColumn != null) {
      builder.timeColumn(timeColumn);
    }
    if (labelColumn != null) {
      builder.labelColumn(labelColumn);
    }
    if (groupColumn != null) {
      builder.groupColumn(groupColumn);
    }
    return builder.build();
  }

  /** Reads the files, and draws the sequences for the report or reads a file of them. */
  SequenceParts parts(SplitArguments split, long seed, PrintStream out) {
    LabeledSequenceReader reader = reader();
    List<LabeledSequence> rows = read(reader, data, out);
    List<String> names = reader.channels();
    Map<String, String> columns = columns(names);
    Optional<List<LabeledSequence>> validation =
        Optional.ofNullable(split.validationData).map(file -> readAlike(names, file, out));
    if (split.testData != null) {
      List<LabeledSequence> test = readAlike(names, split.testData, out);
      return new SequenceParts(rows, validation, test, names, columns);
    }
    return SequenceParts.drawn(
        rows, validation, split.testSplit, seed, data.toString(), names, columns);
  }

  /** Reads a further file; a table by the names of the channels, in whatever order it has them. */
  private List<LabeledSequence> readAlike(List<String> names, Path file, PrintStream out) {
    boolean byName =
        LabeledSequenceReader.hasColumns(data) && LabeledSequenceReader.hasColumns(file);
    return read(byName ? reader(names) : reader(), file, out);
  }

  private static List<LabeledSequence> read(
      LabeledSequenceReader reader, Path file, PrintStream out) {
    out.println("Reading " + file + ".");
    return reader.read(file);
  }

  /** The columns that a model remembers. */
  private Map<String, String> columns(List<String> names) {
    Map<String, String> columns = new LinkedHashMap<>();
    if (!LabeledSequenceReader.hasColumns(data)) {
      return columns;
    }
    put(columns, ID, idColumn);
    put(columns, TIME, timeColumn);
    put(columns, LABEL, labelColumn);
    put(columns, GROUP, groupColumn);
    for (int c = 0; c < names.size(); c++) {
      columns.put(CHANNEL + (c + 1), names.get(c));
    }
    return columns;
  }

  private static void put(Map<String, String> columns, String name, String value) {
    if (value != null) {
      columns.put(name, value);
    }
  }
}
