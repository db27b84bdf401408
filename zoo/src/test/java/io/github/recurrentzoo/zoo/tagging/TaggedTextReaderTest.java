package io.github.recurrentzoo.zoo.tagging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.data.DataException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaggedTextReaderTest {
  @TempDir Path folder;

  private Path file(String name, String content) {
    try {
      return Files.writeString(folder.resolve(name), content);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static final List<TaggedText> TWO =
      List.of(TagData.row("The/DET dog/NOUN"), TagData.row("It/PRON ran/VERB ./."));

  private static List<TaggedText> read(Path file) {
    return TaggedTextReader.builder().build().read(file);
  }

  @Test
  void columnsByTabOrBlanks() {
    assertEquals(TWO, read(file("a.conll", "The\tDET\ndog\tNOUN\n\nIt\tPRON\nran\tVERB\n.\t.\n")));
    assertEquals(
        TWO,
        read(
            file(
                "b.txt",
                "\uFEFF-DOCSTART- -X- O\r\n\r\nThe  x DET\r\ndog x NOUN\r\n \r\n\r\nIt x PRON\r\nran x VERB\r\n. x .")));
    assertEquals(
        TWO,
        TaggedTextReader.builder()
            .wordColumn("2")
            .labelColumn("1")
            .build()
            .read(file("c.txt", "DET The\nNOUN dog\n\nPRON It\nVERB ran\n. .\n")));
  }

  @Test
  void conlluAndComments() {
    assertEquals(
        TWO,
        read(
            file(
                "a.conllu",
                """
                # sent_id = 1
                # text = The dog
                1\tThe\tthe\tDET\t_\t_\t2\tdet\t_\t_
                2\tdog\tdog\tNOUN\t_\t_\t0\troot\t_\t_

                # text = It ran.
                1-2\tItran\t_\t_\t_\t_\t_\t_\t_\t_
                1\tIt\tit\tPRON\t_\t_\t2\tnsubj\t_\t_
                2\tran\trun\tVERB\t_\t_\t0\troot\t_\t_
                2.1\tx\tx\tX\t_\t_\t_\t_\t_\t_
                3\t.\t.\t.\t_\t_\t2\tpunct\t_\t_
                """)));
    assertEquals(
        List.of(TagData.row("#/SYM 1/NUM")),
        read(file("d.txt", "# a comment of more\n# SYM\n1 NUM\n")));
  }

  @Test
  void namesOfColumnsAreNoWord() {
    assertEquals(
        TWO, read(file("a.tsv", "Token\tNER\nThe\tDET\ndog\tNOUN\n\nIt\tPRON\nran\tVERB\n.\t.\n")));
    assertEquals(
        List.of(TagData.row("a/X word/label")), read(file("b.conll", "a X\nword label\n")));
  }

  @Test
  void emptyCellsBetweenTabsCount() {
    Path file = file("a.conll", "\tThe\tDET\nx\tdog\tNOUN\t\n\n\tIt\tPRON\n\tran\tVERB\nx\t.\t.\n");
    assertEquals(TWO, TaggedTextReader.builder().wordColumn("2").build().read(file));
    refused(file("b.conll", "The\tDET\n\tNOUN\n"), "b.conll, line 2", "word is empty");
    assertEquals(
        TWO, read(file("c.tsv", "The\tDET\t\ndog\tNOUN\t\n\nIt\tPRON\t\nran\tVERB\n.\t.\t\t\n")));
    refused(file("d.conll", "The\tDET\t\ndog\t\t\n"), "d.conll, line 2", "label is empty");
  }

  @Test
  void tables() {
    assertEquals(
        TWO,
        read(
            file(
                "a.csv",
                "sentence,word,label\n1,The,DET\n1,dog,NOUN\n2,It,PRON\n,ran,VERB\n2,.,.\n")));
    assertEquals(
        TWO, read(file("b.csv", "words,labels\nThe dog,DET NOUN\nIt ran .,PRON VERB .\n")));
    assertEquals(
        TWO,
        TaggedTextReader.builder()
            .wordColumn("t")
            .labelColumn("p")
            .build()
            .read(file("c.tsv", "t\tp\nThe dog\tDET NOUN\nIt ran .\tPRON VERB .\n")));
    assertEquals(TWO, read(file("d.tsv", "The\tDET\ndog\tNOUN\n\nIt\tPRON\nran\tVERB\n.\t.\n")));
  }

  @Test
  void spansAreConvertedAndItIsSaid() {
    Path file = file("a.conll", "Jim I-PER\nsaw O\nNew I-LOC\nYork I-LOC\n");
    TaggedTextReader reader = TaggedTextReader.builder().build();
    assertEquals(List.of("B-PER", "O", "B-LOC", "I-LOC"), reader.read(file).get(0).labels());
    assertEquals(
        List.of("The labels mark spans in IOB1; they were converted to IOB2."), reader.notes());
    TaggedTextReader plain = TaggedTextReader.builder().plainLabels(true).build();
    assertEquals("I-PER", plain.read(file).get(0).labels().get(0));
    assertEquals(List.of(), plain.notes());
  }

  private void refused(Path file, String... parts) {
    String message = assertThrows(DataException.class, () -> read(file)).getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
  }

  @Test
  void whatIsWrongIsNamedWithFileAndLine() throws IOException {
    refused(file("a.conll", "The DET\ndog\n"), "a.conll, line 2", "has 1 column", "has 2");
    refused(file("b.conll", "The\ndog\n"), "b.conll", "have 1 column");
    refused(file("c.conll", "a B-X\nb I-X\nc O\nd Y\n"), "line 4", "\"Y\"", "plain labels");
    refused(file("d.conll", "\n \n"), "there are no words");
    refused(file("e.conll", "# only\n"), "comments only");
    refused(
        file("f.csv", "word,label\nThe,DET\ndog cat,NOUN\n"),
        "f.csv, line 3",
        "2 words and 1 labels");
    refused(file("g.csv", "sentence,word,label\n1,The,\n"), "g.csv, line 2", "label is empty");
    refused(file("k.csv", "word,label\nThe,DET\ndog,NOUN\n"), "k.csv", "Add a column \"sentence\"");
    refused(file("h.csv", "token,label\nThe,DET\n"), "no column \"word\"", "\"token\"");
    refused(folder.resolve("none.conll"), "There is no file");
    refused(folder, "is a folder");
    Path latin =
        Files.write(
            folder.resolve("i.conll"), "Caf\u00E9 N\n".getBytes(StandardCharsets.ISO_8859_1));
    refused(latin, "i.conll, line 1", "UTF-8");
    String message =
        assertThrows(
                DataException.class,
                () ->
                    TaggedTextReader.builder()
                        .wordColumn("word")
                        .build()
                        .read(file("j.conll", "a X\n")))
            .getMessage();
    assertTrue(message.contains("a number from 1 to 2"), message);
  }

  /** Sentences that are numbered anew in each document. */
  @Test
  void namesThatComeAgainAreTold() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("again.csv"),
            "sentence,word,label\n1,a,X\n1,b,Y\n2,c,X\n1,d,Y\n2,e,X\n");
    TaggedTextReader reader = TaggedTextReader.builder().build();
    assertEquals(4, reader.read(file).size());
    assertEquals(1, reader.notes().size());
    assertTrue(
        reader.notes().get(0).contains("2 of 2 names of sentences come again"),
        reader.notes().toString());
  }
}
