package io.github.recurrentzoo.cli.command.tagging;

import static io.github.recurrentzoo.zoo.report.JsonTree.object;

import io.github.recurrentzoo.cli.command.AskedTexts;
import io.github.recurrentzoo.cli.console.ConsoleStream;
import io.github.recurrentzoo.cli.console.Wording;
import io.github.recurrentzoo.zoo.internal.SafeText;
import io.github.recurrentzoo.zoo.internal.Terminal;
import io.github.recurrentzoo.zoo.report.Table;
import io.github.recurrentzoo.zoo.tagging.SequenceTagger;
import io.github.recurrentzoo.zoo.tagging.TagExplanation;
import io.github.recurrentzoo.zoo.tagging.TaggedWord;
import io.github.recurrentzoo.zoo.text.SymbolUnit;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Asks a saved tagger for the labels of words. */
public final class TagText {
  private static final double UNSURE = 0.7;
  private static final String[] COLOURS = {"36", "33", "32", "35", "34", "31"};
  private static final String RESET = "\u001B[0m";

  private TagText() {}

  /**
   * Asks for each text.
   *
   * @param options the model and the texts
   * @param out where to print the answers to
   * @return how many texts were answered
   * @throws IOException if standard input cannot be read
   */
  public static long run(TagTextOptions options, PrintStream out) throws IOException {
    AskedTexts asked = new AskedTexts(options.texts, options.file);
    asked.check();
    if (asked.areLines()) {
      return asked.answerLines(
          () -> {
            SequenceTagger tagger = load(options);
            return lines -> printLines(lines, tagger, options, out);
          });
    }
    SequenceTagger tagger = load(options);
    for (String text : options.texts) {
      if (options.explain) {
        explain(text, tagger, options, out);
        continue;
      }
      List<TaggedWord> words = answers(List.of(text), tagger, options).get(0);
      options.console.emit(() -> json(text, words));
      if (!options.console.json) {
        print(text, words, out);
        tellUnread(words, tagger, out);
      }
    }
    return options.texts.size();
  }

  private static void explain(
      String text, SequenceTagger tagger, TagTextOptions options, PrintStream out) {
    List<String> cut = SymbolUnit.TOKENS.cut(text);
    String shown = options.words ? String.join(" ", cut) : text;
    List<TagExplanation> found =
        options.words ? List.of(tagger.explainWords(cut)) : tagger.explain(text);
    options.console.emit(() -> ExplainedTags.json(shown, found));
    if (!options.console.json) {
      found.forEach(each -> ConsoleStream.printControls(out, ExplainedTags.text(shown, each)));
    }
  }

  /** Words that are all the same to a model that reads nothing but words it knows. */
  private static void tellUnread(List<TaggedWord> words, SequenceTagger tagger, PrintStream out) {
    List<String> unread =
        words.stream()
            .map(TaggedWord::word)
            .filter(word -> !tagger.reads(word))
            .distinct()
            .map(SafeText::of)
            .toList();
    if (!unread.isEmpty()) {
      out.printf(
          "Not in the vocabulary, and read as an unknown word: %s%n",
          String.join(", ", unread.subList(0, Math.min(5, unread.size())))
              + (unread.size() > 5 ? " and %d more".formatted(unread.size() - 5) : ""));
    }
  }

  private static SequenceTagger load(TagTextOptions options) {
    return options.model.load(SequenceTagger::load, SequenceTagger::pretrained);
  }

  private static List<List<TaggedWord>> answers(
      List<String> texts, SequenceTagger tagger, TagTextOptions options) {
    return options.words
        ? tagger.tagSentences(texts.stream().map(SymbolUnit.TOKENS::cut).toList())
        : tagger.tag(texts);
  }

  /** A table, and on a terminal the text with its labels in colours before it. */
  static void print(String text, List<TaggedWord> words, PrintStream out) {
    String noColor = System.getenv("NO_COLOR");
    if (Terminal.isInteractive() && (noColor == null || noColor.isEmpty())) {
      ConsoleStream.printControls(out, coloured(words));
    } else {
      out.println(SafeText.of(AskedTexts.excerpt(text)));
    }
    Table table = new Table().head("word").left("label").right("probability");
    for (TaggedWord word : words) {
      table.row(
          SafeText.of(word.word()),
          SafeText.of(word.label()),
          String.format(Locale.ROOT, "%.3f", word.probability())
              + (word.probability() < UNSURE ? " ?" : "  "));
    }
    out.println(table.text());
  }

  /** Words of the same label have the same colour. */
  private static String coloured(List<TaggedWord> words) {
    StringBuilder line = new StringBuilder();
    for (TaggedWord word : words) {
      String colour = COLOURS[Math.floorMod(word.label().hashCode(), COLOURS.length)];
      line.append("\u001B[")
          .append(colour)
          .append('m')
          .append(SafeText.of(word.word()))
          .append('/')
          .append(SafeText.of(word.label()))
          .append(RESET)
          .append(' ');
    }
    return line.toString().stripTrailing();
  }

  private static void printLines(
      List<String> lines, SequenceTagger tagger, TagTextOptions options, PrintStream out) {
    if (options.explain) {
      lines.forEach(line -> explain(line, tagger, options, out));
      return;
    }
    List<List<TaggedWord>> answers = answers(lines, tagger, options);
    for (int i = 0; i < lines.size(); i++) {
      String text = lines.get(i);
      List<TaggedWord> words = answers.get(i);
      options.console.emit(() -> json(text, words));
      if (!options.console.json) {
        StringBuilder block = new StringBuilder();
        words.forEach(
            word ->
                block
                    .append(SafeText.of(word.word()))
                    .append('\t')
                    .append(SafeText.of(word.label()))
                    .append('\n'));
        ConsoleStream.printControls(out, block.toString());
      }
    }
  }

  private static Map<String, Object> json(String text, List<TaggedWord> words) {
    return object("text", text, "words", words);
  }

  /** The command that asks a model, to type as it stands. */
  static String command(Path model, String text) {
    return Wording.command("tag", AskedTexts.arguments(model, text));
  }
}
