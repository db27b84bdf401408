package io.github.recurrentzoo.zoo.sequences;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabeledSequenceReaderTest {
  @TempDir Path folder;

  private final LabeledSequenceReader reader = LabeledSequenceReader.builder().build();

  private Path file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static void assertRow(LabeledSequence row, String id, String label, double[]... values) {
    assertEquals(id, row.id());
    assertEquals(label, row.label());
    double[][] found = row.channels();
    assertEquals(values.length, found.length);
    for (int c = 0; c < values.length; c++) {
      assertArrayEquals(values[c], found[c]);
    }
  }

  private static double[] of(double... values) {
    return values;
  }

  @Test
  void aTableWithARowPerStep() throws IOException {
    Path file = file("a.csv", "id,x,label,y\na,1,walk,2\na,,walk,4.5\nb,-1e3,run,.5\n");
    List<LabeledSequence> rows = reader.read(file);
    assertEquals(2, rows.size());
    assertRow(rows.get(0), "a", "walk", of(1, Double.NaN), of(2, 4.5));
    assertRow(rows.get(1), "b", "run", of(-1000), of(0.5));
    assertEquals(List.of("x", "y"), reader.channels());
    assertEquals(Optional.empty(), rows.get(0).group());
  }

  @Test
  void namedColumnsAndGroups() throws IOException {
    Path file = file("a.csv", "window,who,kind,x,note,y\n1,ann,a,1,hello,2\n2,bob,b,3,there,4\n");
    List<LabeledSequence> rows =
        LabeledSequenceReader.builder()
            .idColumn("window")
            .labelColumn("kind")
            .groupColumn("who")
            .channels(List.of("y", "x"))
            .build()
            .read(file);
    assertRow(rows.get(0), "1", "a", of(2), of(1));
    assertEquals(Optional.of("bob"), rows.get(1).group());
  }

  /** Rows of several sequences may be mixed where times order them. */
  @Test
  void timesOrderTheSteps() throws IOException {
    Path numbers =
        file("a.csv", "id,time,x,label\na,2,20,k\nb,1,5,l\na,1,10,k\na,3,30,k\nb,2,6,l\n");
    assertRow(reader.read(numbers).get(0), "a", "k", of(10, 20, 30));
    Path dates =
        file(
            "b.csv",
            "id,time,x,label\na,2024-01-01 00:00:01,2,k\na,2024-01-01T00:00:00Z,1,k\nb,2024-01-02,1,l\n");
    assertRow(reader.read(dates).get(0), "a", "k", of(1, 2));
  }

  @Test
  void decimalCommasWhereNoCommaPartsFields() throws IOException {
    Path file = file("a.tsv", "id\tx\tlabel\na\t1,5\tk\na\t-2\tk\n");
    assertRow(reader.read(file).get(0), "a", "k", of(1.5, -2));
    refused("c.tsv", "id\tx\tlabel\na\t1,5\tk\na\t2.5\tk\n", "decimal point (line 3)");
    refused("c.csv", "id,x,label\na,\"1,5\",k\n", "line 2, column \"x\": \"1,5\" is no number");
  }

  @Test
  void aFolderOfFoldersNamedAsLabels() throws IOException {
    file("data/run/2.csv", "x,y\n5,6\n7,8\n");
    file("data/run/1.csv", "y,x\n2,1\n");
    file("data/walk/1.tsv", "x\ty\n9\t10\n");
    file("data/readme.txt", "hello");
    List<LabeledSequence> rows = reader.read(folder.resolve("data"));
    assertEquals(3, rows.size());
    assertRow(rows.get(0), "run/1.csv", "run", of(2), of(1));
    assertRow(rows.get(1), "run/2.csv", "run", of(6, 8), of(5, 7));
    assertEquals(List.of("y", "x"), reader.channels());
    assertEquals("walk", rows.get(2).label());
  }

  @Test
  void filesOfAFolderHaveOneRate() throws IOException {
    Path data = Files.createDirectories(folder.resolve("rates/k")).getParent();
    Files.writeString(data.resolve("k/a.csv"), "time,x\n0,1\n1,2\n2,3\n");
    Files.writeString(
        Files.createDirectories(data.resolve("l")).resolve("b.csv"), "time,x\n0,1\n5,2\n10,3\n");
    DataException refused =
        assertThrows(
            DataException.class,
            () -> LabeledSequenceReader.builder().timeColumn("time").build().read(data));
    assertTrue(refused.getMessage().contains("has a step every 1.0"), refused.getMessage());
  }

  @Test
  void aFolderOfFilesWithALabelColumn() throws IOException {
    file("data/p1.csv", "id,x,label\n1,5,a\n2,6,b\n");
    file("data/p2.csv", "id,x,label\n1,7,a\n");
    List<LabeledSequence> rows =
        LabeledSequenceReader.builder().groupColumn("id").build().read(folder.resolve("data"));
    assertEquals("p2.csv/1", rows.get(2).id(), "ids that come again in another file are others");
    assertEquals(Optional.of("1"), rows.get(2).group());
  }

  @Test
  void ts() throws IOException {
    Path file =
        file(
            "a.ts",
            """
            # about
            @problemName Demo
            @timeStamps false
            @missing true
            @univariate false
            @classLabel true up down
            @data
            1,2,?:3,4,5:up
            6:7:down
            """);
    List<LabeledSequence> rows = reader.read(file);
    assertRow(rows.get(0), "line 8", "up", of(1, 2, Double.NaN), of(3, 4, 5));
    assertRow(rows.get(1), "line 9", "down", of(6), of(7));
    assertEquals(List.of("1", "2"), reader.channels());
    assertFalse(LabeledSequenceReader.hasColumns(file));
    refused("b.ts", "@classLabel true a\n@data\n1,2:3:a\n", "line 3: channel 1 has 2 steps");
    refused("b.ts", "@classLabel true a\n@data\n1,2:b\n", "the label \"b\" is none of those");
    refused("b.ts", "@classLabel true a b\n@data\n1:a\n1:2:b\n", "has 2 channels, but the first");
    refused("b.ts", "@data\n1,x:a\n", "line 2, channel 1: \"x\" is no number");
    refused("b.ts", "@timestamps true\n@data\n", "time stamps");
    refused("b.ts", "@targetLabel true\n@data\n", "not classes");
    refused("b.ts", "@classLabel false\n@data\n1,2\n", "no labels");
    refused("b.ts", "@problemName x\n", "there is no line @data");
    refused("b.ts", "id,x\n", "line 1: expected a line that begins with @");
    refused("b.ts", "@classLabel true a\n@data\n", "there are no sequences");
    Path unlabeled = file("c.ts", "@classLabel false\n@data\n1,2:3,4\n");
    assertRow(reader.readUnlabeled(unlabeled).get(0), "line 3", "", of(1, 2), of(3, 4));
  }

  @Test
  void ucr() throws IOException {
    Path file = file("a_TRAIN.tsv", "1\t0.5\t-2\t3\n-1\t4\tNaN\t5\n2\t6\t7\tNaN\n");
    List<LabeledSequence> rows = reader.read(file);
    assertRow(rows.get(0), "line 1", "1", of(0.5, -2, 3));
    assertRow(rows.get(1), "line 2", "-1", of(4, Double.NaN, 5));
    assertRow(rows.get(2), "line 3", "2", of(6, 7));
    Path former = file("a.txt", "  1.0000000e+00   2.5  3.0\n  2.0000000e+00   4.0  5.0\n");
    assertRow(reader.read(former).get(0), "line 1", "1", of(2.5, 3));
    refused("b.txt", "1\t2\t3\n2\tx\t3\n", "line 2, value 1: \"x\" is no number");
    refused("b.txt", "1\n", "line 1: expected a label and at least one value");
    String message =
        assertThrows(
                DataException.class,
                () -> LabeledSequenceReader.builder().idColumn("id").build().read(file))
            .getMessage();
    assertTrue(message.contains("has no named columns"), message);
  }

  private void refused(String name, String text, String expected) throws IOException {
    Path file = file(name, text);
    String message = assertThrows(DataException.class, () -> reader.read(file)).getMessage();
    assertTrue(message.contains(expected) && message.contains(name), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x,label;1,a | no column names the sequence",
        "id,x;a,1 | there is no column \"label\"",
        "id,label;a,k | there is no column for a channel",
        "id,x,label;a,1,k;a,z,k | line 3, column \"x\": \"z\" is no number",
        "id,x,label;a,1,k;a,inf,k | \"inf\" is no number",
        "id,x,label;a,1,k;a,1e999,k | is too large",
        "id,x,label;a,1,k;a,2,l | line 3: the sequence \"a\" has the label \"l\", but \"k\" in line 2",
        "id,x,label;a,1,k;b,2,l;a,3,k | line 4: the sequence \"a\" begins again",
        "id,x,label;a,1, | line 2: the label is empty",
        "id,x,label;,1,k | line 2: the id is empty",
        "id,time,x,label;a,1,1,k;a,1,2,k | has the time 1 twice, first in line 2",
        "id,time,x,label;a,noon,1,k | \"noon\" is no time",
        "id,time,x,label;a,0,1,k;a,1,1,k;a,2,1,k;b,0,1,l;b,3,1,l;b,6,1,l | has a step every 1.0, \"b\" every 3.0",
        "id,x,y,label;a,1,1,k;a,2,,k;a,3,3,k;a,4,,k;a,5,3,k | the channel \"y\" has a value at every 2. step only",
        "id,x,label;a,1,k,5 | line 2: the row has 4 fields",
      })
  void badTablesAreRefusedWithTheirPlace(String rows, String expected) throws IOException {
    refused("bad.csv", rows.replace(';', '\n') + "\n", expected);
  }

  /** Values that are missing here and there are no slower channel. */
  @Test
  void gapsAreNoOtherRate() throws IOException {
    Path file = file("a.csv", "id,x,y,label\na,1,1,k\na,2,,k\na,3,3,k\na,4,4,k\nb,1,,k\nb,2,3,k\n");
    assertEquals(2, reader.read(file).size());
  }

  @Test
  void askedSequencesNeedNoLabels() throws IOException {
    Path ids = file("a.csv", "id,x\na,1\nb,2\n");
    assertEquals(List.of("", ""), labels(reader.readUnlabeled(ids)));
    Path one = file("b.csv", "x\n1\n2\n");
    List<LabeledSequence> rows = reader.readUnlabeled(one);
    assertRow(rows.get(0), "", "", of(1, 2));
    Path some = file("c.csv", "id,x,label\na,1,k\nb,2,\n");
    assertEquals(List.of("k", ""), labels(reader.readUnlabeled(some)));
  }

  private static List<String> labels(List<LabeledSequence> rows) {
    return rows.stream().map(LabeledSequence::label).toList();
  }

  @Test
  void whatIsNotThereIsSaid() {
    for (String name : List.of("none.csv", "none.ts", "none.txt")) {
      String message =
          assertThrows(DataException.class, () -> reader.read(folder.resolve(name))).getMessage();
      assertTrue(message.contains("There is no file"), message);
    }
    String message = assertThrows(DataException.class, () -> reader.read(folder)).getMessage();
    assertTrue(message.contains("no .csv or .tsv file in the folder"), message);
  }
}
