package io.github.recurrentzoo.cli.command.tagging;

import static io.github.recurrentzoo.zoo.report.JsonTree.object;

import io.github.recurrentzoo.cli.command.ExplainedText;
import io.github.recurrentzoo.zoo.internal.SafeText;
import io.github.recurrentzoo.zoo.tagging.TagExplanation;
import io.github.recurrentzoo.zoo.tagging.TaggedWord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What the labels of a sentence rest on, for people and as JSON. */
final class ExplainedTags {
  private ExplainedTags() {}

  /** For each word its label, what its own features contribute, and the sentence. */
  static String text(String text, TagExplanation explanation) {
    StringBuilder block = new StringBuilder();
    List<TaggedWord> words = explanation.words();
    for (int t = 0; t < words.size(); t++) {
      TaggedWord word = words.get(t);
      block.append(
          String.format(
              Locale.ROOT,
              "%s  %s %.3f   %s%n  %s%n",
              SafeText.of(word.word()),
              SafeText.of(word.label()),
              word.probability(),
              explanation.features().get(t).entrySet().stream()
                  .map(
                      each ->
                          String.format(Locale.ROOT, "%s %+.2f", each.getKey(), each.getValue()))
                  .collect(Collectors.joining(", ")),
              ExplainedText.forTerminal(sentence(text, words), shown(explanation, t))));
    }
    return block.toString();
  }

  private static String sentence(String text, List<TaggedWord> words) {
    return text.substring(words.get(0).start(), words.get(words.size() - 1).end());
  }

  private static List<ExplainedText.Word> shown(TagExplanation explanation, int t) {
    List<ExplainedText.Word> shown = new ArrayList<>();
    int begin = explanation.words().get(0).start();
    for (int s = 0; s < explanation.words().size(); s++) {
      TaggedWord word = explanation.words().get(s);
      shown.add(
          new ExplainedText.Word(
              word.start() - begin,
              word.end() - begin,
              explanation.known().get(s),
              explanation.contributions().get(t).get(s)));
    }
    return shown;
  }

  /** A text with its words, each with what its label rests on. */
  static Map<String, Object> json(String text, List<TagExplanation> sentences) {
    List<Map<String, Object>> words = new ArrayList<>();
    for (TagExplanation sentence : sentences) {
      for (int t = 0; t < sentence.words().size(); t++) {
        TaggedWord word = sentence.words().get(t);
        Map<String, Object> own =
            object(
                "word", word.word(),
                "label", word.label(),
                "probability", word.probability(),
                "start", word.start(),
                "end", word.end());
        own.put("known", sentence.known().get(t));
        own.put("features", sentence.features().get(t));
        own.put("contributions", sentence.contributions().get(t));
        words.add(own);
      }
    }
    return object("text", text, "words", words);
  }
}
