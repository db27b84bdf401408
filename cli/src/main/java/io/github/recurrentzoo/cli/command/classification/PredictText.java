package io.github.recurrentzoo.cli.command.classification;

import static io.github.recurrentzoo.zoo.report.JsonTree.object;

import io.github.recurrentzoo.cli.command.AskedTexts;
import io.github.recurrentzoo.cli.command.ExplainedText;
import io.github.recurrentzoo.cli.command.ScoredTable;
import io.github.recurrentzoo.cli.console.ConsoleStream;
import io.github.recurrentzoo.cli.console.Wording;
import io.github.recurrentzoo.cli.option.TrainingChecks;
import io.github.recurrentzoo.zoo.classification.Explanation;
import io.github.recurrentzoo.zoo.classification.Prediction;
import io.github.recurrentzoo.zoo.classification.TextClassifier;
import io.github.recurrentzoo.zoo.internal.SafeText;
import io.github.recurrentzoo.zoo.text.TextUnit;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Asks a saved text classifier for the classes of texts. */
public final class PredictText {

  private static final int CLASSES_TO_SHOW = 3;

  private PredictText() {}

  /**
   * Asks for each text.
   *
   * @param options the model and the texts
   * @param out where to print the answers to
   * @return how many texts were answered
   * @throws IOException if standard input cannot be read
   */
  public static long run(PredictTextOptions options, PrintStream out) throws IOException {
    if (options.table.given()) {
      return score(options, out);
    }
    options.table.refuse(options.console, "--text-column");
    AskedTexts asked = new AskedTexts(options.texts, options.file);
    asked.check();
    if (options.top != null) {
      TrainingChecks.range("--top", options.top, 1, Integer.MAX_VALUE);
    }
    if (!asked.areLines()) {
      return answer(
          options, options.model.load(TextClassifier::load, TextClassifier::pretrained), out);
    }
    return asked.answerLines(
        () -> {
          TextClassifier classifier =
              options.model.load(TextClassifier::load, TextClassifier::pretrained);
          return texts -> print(texts, classifier, options, out);
        });
  }

  /** Writes a table with the label of each row. */
  private static long score(PredictTextOptions options, PrintStream out) {
    options.console.refuse("with --data", "--file", "--explain", "--top");
    ScoredTable table = options.table.table(options.texts);
    TextClassifier classifier =
        options.model.load(TextClassifier::load, TextClassifier::pretrained);
    String column = options.textColumn;
    if (column == null) {
      column = classifier.provenance().columns().getOrDefault("text", "text");
    }
    long[] unread = {0};
    long[] blank = {0};
    long rows =
        table.write(
            column,
            "text",
            List.of("predicted_label", "predicted_probability"),
            texts -> {
              List<String> written = texts.stream().filter(text -> !text.isBlank()).toList();
              blank[0] += texts.size() - written.size();
              List<Prediction> answers = classifier.predict(written);
              unread[0] += answers.stream().filter(answer -> answer.unreadWords() > 0).count();
              Iterator<Prediction> next = answers.iterator();
              return texts.stream()
                  .map(text -> text.isBlank() ? List.of("", "") : fields(next.next()))
                  .toList();
            });
    out.printf("Wrote %s: %,d rows of %s with their labels.%n", table.output(), rows, table.data());
    if (blank[0] > 0) {
      out.printf("%,d of these rows have no text, and get no label.%n", blank[0]);
    }
    if (unread[0] > 0) {
      out.printf(
          "%,d of these texts are longer than the model reads; their ends were not read.%n",
          unread[0]);
    }
    options.console.emit(
        () ->
            object(
                "output",
                table.output().toString(),
                "rows",
                rows,
                "cut",
                unread[0],
                "blank",
                blank[0]));
    return rows;
  }

  private static List<String> fields(Prediction answer) {
    return List.of(answer.label(), String.format(Locale.ROOT, "%.4f", answer.probability()));
  }

  private static long answer(
      PredictTextOptions options, TextClassifier classifier, PrintStream out) {
    for (String text : options.texts) {
      Optional<Explanation> explanation =
          options.explain ? Optional.of(classifier.explain(text)) : Optional.empty();
      Prediction prediction =
          explanation.map(Explanation::prediction).orElseGet(() -> classifier.predict(text));
      options.console.emit(() -> json(text, prediction, explanation, options));
      if (options.console.json) {
        continue;
      }
      ConsoleStream.printControls(
          out,
          explanation
              .map(PredictText::explained)
              .orElseGet(() -> SafeText.of(AskedTexts.excerpt(text))));
      out.println(
          prediction.top(options.top == null ? CLASSES_TO_SHOW : options.top).entrySet().stream()
              .map(entry -> String.format(Locale.ROOT, "%s %.3f", entry.getKey(), entry.getValue()))
              .collect(Collectors.joining("   ", "  ", "")));
      remarks(prediction, classifier).forEach(remark -> out.println("  " + remark));
    }
    return options.texts.size();
  }

  /**
   * One line per text, so that the lines of output and input belong together; a blank one has no
   * label.
   */
  private static void print(
      List<String> texts, TextClassifier classifier, PredictTextOptions options, PrintStream out) {
    List<String> written = texts.stream().filter(text -> !text.isBlank()).toList();
    Iterator<Prediction> predictions = classifier.predict(written).iterator();
    int columns = options.top == null ? 1 : Math.min(options.top, classifier.labels().size());
    for (String text : texts) {
      if (text.isBlank()) {
        options.console.emit(() -> object("text", text, "label", null));
        if (!options.console.json) {
          out.println("\t".repeat(2 * columns));
        }
        continue;
      }
      Prediction prediction = predictions.next();
      Optional<Explanation> explanation =
          options.explain ? Optional.of(classifier.explain(text)) : Optional.empty();
      options.console.emit(() -> json(text, prediction, explanation, options));
      if (options.console.json) {
        continue;
      }
      ConsoleStream.printControls(
          out,
          String.format(
              Locale.ROOT,
              "%s\t%s",
              columns(prediction.top(columns)),
              explanation.map(PredictText::explained).orElseGet(() -> SafeText.of(text))));
    }
  }

  private static String explained(Explanation explanation) {
    return ExplainedText.forTerminal(explanation.text(), shown(explanation));
  }

  /** The words as they are shown. */
  static List<ExplainedText.Word> shown(Explanation explanation) {
    return explanation.words().stream()
        .map(
            word ->
                new ExplainedText.Word(word.start(), word.end(), word.known(), word.contribution()))
        .toList();
  }

  private static String columns(Map<String, Double> top) {
    return top.entrySet().stream()
        .map(
            entry ->
                String.format(
                    Locale.ROOT,
                    "%s\t%.3f",
                    SafeText.of(entry.getKey().replaceAll("\\s", " ")),
                    entry.getValue()))
        .collect(Collectors.joining("\t"));
  }

  /** What a person should know before trusting an answer. */
  static List<String> remarks(Prediction prediction, TextClassifier classifier) {
    TextUnit unit = classifier.unit();
    List<String> remarks = new ArrayList<>();
    if (prediction.isGuess()) {
      remarks.add(
          "No %s of it is known to the model, so the answer says nothing about the text."
              .formatted(unit == TextUnit.WORDS ? "word" : "character"));
    } else if (prediction.unknownWords() > 0) {
      remarks.add(
          "%d of its %d %s are unknown to the model."
              .formatted(prediction.unknownWords(), prediction.words(), unit.inWords()));
    }
    if (prediction.unreadWords() > 0) {
      remarks.add(
          "The model reads the first %d %s only; %d more were %s."
              .formatted(
                  prediction.words(),
                  unit.inWords(),
                  prediction.unreadWords(),
                  classifier.info().option("evidence") == null
                      ? "not read"
                      : "read by its linear model alone"));
    }
    return remarks;
  }

  private static Map<String, Object> json(
      String text,
      Prediction prediction,
      Optional<Explanation> explanation,
      PredictTextOptions options) {
    Map<String, Object> json =
        object(
            "text", text,
            "label", prediction.label(),
            "probability", prediction.probability(),
            "probabilities",
                options.top == null ? prediction.probabilities() : prediction.top(options.top),
            "wordsRead", prediction.words(),
            "unknownWords", prediction.unknownWords(),
            "unreadWords", prediction.unreadWords());
    explanation.ifPresent(e -> json.put("words", e.words()));
    return json;
  }

  /** The command that asks a model, to type as it stands. */
  static String command(Path model, String text) {
    return Wording.command("predict", AskedTexts.arguments(model, text));
  }
}
