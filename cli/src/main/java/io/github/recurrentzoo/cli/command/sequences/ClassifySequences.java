package io.github.recurrentzoo.cli.command.sequences;

import static io.github.recurrentzoo.zoo.report.JsonTree.object;

import io.github.recurrentzoo.cli.console.ConsoleStream;
import io.github.recurrentzoo.cli.console.StandardInput;
import io.github.recurrentzoo.zoo.internal.SafeText;
import io.github.recurrentzoo.zoo.sequences.LabeledSequence;
import io.github.recurrentzoo.zoo.sequences.LabeledSequenceReader;
import io.github.recurrentzoo.zoo.sequences.SequenceClassifier;
import io.github.recurrentzoo.zoo.sequences.SequencePrediction;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Asks a saved classifier for the classes of sequences. */
public final class ClassifySequences {

  private ClassifySequences() {}

  /**
   * Asks for each sequence.
   *
   * @param options the model and the sequences
   * @param out where to print the answers to
   * @return how many were answered
   */
  public static long run(ClassifySequencesOptions options, PrintStream out) {
    options.check();
    SequenceClassifier classifier =
        options.model.load(SequenceClassifier::load, SequenceClassifier::pretrained);
    options.rows.remember(classifier.provenance().columns());
    LabeledSequenceReader reader = options.rows.reader();
    List<LabeledSequence> rows =
        StandardInput.read(options.rows.data, ".csv", reader::readUnlabeled);
    List<SequencePrediction> answers = classifier.predictRows(rows);
    for (int i = 0; i < rows.size(); i++) {
      String id = rows.get(i).id();
      print(id.isEmpty() ? Integer.toString(i + 1) : id, answers.get(i), options, out);
    }
    return rows.size();
  }

  private static void print(
      String id, SequencePrediction answer, ClassifySequencesOptions options, PrintStream out) {
    options.console.emit(
        () ->
            object(
                "id", id,
                "steps", answer.steps(),
                "label", answer.label(),
                "probability", answer.probability(),
                "probabilities",
                    top(answer, options.top == null ? Integer.MAX_VALUE : options.top)));
    if (!options.console.json) {
      ConsoleStream.printControls(
          out,
          oneLine(id)
              + "\t"
              + top(answer, options.top == null ? 1 : options.top).entrySet().stream()
                  .map(
                      entry ->
                          String.format(
                              Locale.ROOT, "%s\t%.3f", oneLine(entry.getKey()), entry.getValue()))
                  .collect(Collectors.joining("\t")));
    }
  }

  private static Map<String, Double> top(SequencePrediction answer, int count) {
    Map<String, Double> top = new LinkedHashMap<>();
    answer.probabilities().entrySet().stream()
        .limit(count)
        .forEach(entry -> top.put(entry.getKey(), entry.getValue()));
    return top;
  }

  private static String oneLine(String text) {
    return SafeText.of(text.replaceAll("\\s", " "));
  }
}
