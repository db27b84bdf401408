package io.github.recurrentzoo.cli.command;

import io.github.recurrentzoo.cli.console.BadOptionException;
import io.github.recurrentzoo.zoo.data.CsvFormat;
import io.github.recurrentzoo.zoo.data.CsvTable;
import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.model.AtomicFile;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A table with texts in a column, written again with what a model answers to each of them.
 *
 * @param data the file that is read; its first row names the columns
 * @param format how it is written
 * @param output the file that is written, in UTF-8
 */
public record ScoredTable(Path data, CsvFormat format, Path output) {
  private static final int ROWS_AT_ONCE = 256;

  /** Finds out now whether it can be read and written. */
  public void check() {
    if (output == null) {
      throw new BadOptionException(
          "--data needs a file for its rows with their answers; name it with --output.");
    }
    if (!output.toString().toLowerCase(Locale.ROOT).matches(".*\\.(csv|tsv)")) {
      throw new BadOptionException(
          "--output names a file that ends in .csv or .tsv, but is %s.".formatted(output));
    }
    refuseSame("--data", data, "--output", output);
    AtomicFile.check(output);
  }

  /**
   * Refuses to write over what is read.
   *
   * @param read the option that names what is read: --data or --model
   * @param input null where nothing is
   * @param written the option that names what is written
   * @param output null where nothing is
   */
  public static void refuseSame(String read, Path input, String written, Path output) {
    if (input != null && output != null && isSame(input, output)) {
      throw new BadOptionException(
          "%s and %s are both %s; the %s would be lost. Name another file."
              .formatted(read, written, output, read.equals("--model") ? "model" : "rows"));
    }
  }

  /** Whether a file to write is the one that is read, by whatever path. */
  private static boolean isSame(Path data, Path output) {
    try {
      return Files.exists(output) && Files.exists(data) && Files.isSameFile(data, output);
    } catch (IOException e) {
      throw new DataException("%s cannot be read: %s.".formatted(data, e.getMessage()), e);
    }
  }

  /**
   * Reads, asks and writes; the whole file or nothing.
   *
   * @param column with the texts
   * @param role what the column holds, for messages: text or source
   * @param added the names of the columns that are added
   * @param answering gives the fields that are added for each of some texts
   * @return the number of rows
   */
  public long write(
      String column,
      String role,
      List<String> added,
      Function<List<String>, List<List<String>>> answering) {
    long[] rows = {0};
    try (CsvTable table = CsvTable.open(data, format)) {
      int text = table.column(column, role);
      for (String name : added) {
        if (table.header().contains(name)) {
          throw new DataException(
              "%s has a column \"%s\" already. Rename it.".formatted(data, name));
        }
      }
      AtomicFile.write(
          output,
          file -> {
            BufferedWriter out =
                new BufferedWriter(new OutputStreamWriter(file, StandardCharsets.UTF_8));
            line(out, table.header(), added);
            List<CsvTable.Row> next = some(table, text);
            while (!next.isEmpty()) {
              List<List<String>> answers =
                  answering.apply(next.stream().map(row -> row.fields().get(text)).toList());
              for (int i = 0; i < next.size(); i++) {
                List<String> fields = next.get(i).fields();
                line(out, fields.subList(0, table.header().size()), answers.get(i));
              }
              rows[0] += next.size();
              next = some(table, text);
            }
            out.flush();
          });
    }
    return rows[0];
  }

  private static List<CsvTable.Row> some(CsvTable table, int text) {
    List<CsvTable.Row> rows = new ArrayList<>();
    while (rows.size() < ROWS_AT_ONCE) {
      CsvTable.Row row = table.next(text + 1);
      if (row == null) {
        break;
      }
      rows.add(row);
    }
    return rows;
  }

  private void line(BufferedWriter out, List<String> fields, List<String> more) throws IOException {
    String delimiter = output.toString().toLowerCase(Locale.ROOT).endsWith(".tsv") ? "\t" : ",";
    List<String> all = new ArrayList<>(fields);
    all.addAll(more);
    out.write(
        all.stream().map(field -> quoted(field, delimiter)).collect(Collectors.joining(delimiter)));
    out.write("\n");
  }

  /** In quotes where they are needed, as RFC 4180 has them. */
  public static String quoted(String field, String delimiter) {
    return field.contains(delimiter)
            || field.contains("\"")
            || field.contains("\n")
            || field.contains("\r")
        ? "\"" + field.replace("\"", "\"\"") + "\""
        : field;
  }
}
