package io.github.recurrentzoo.examples;

import io.github.recurrentzoo.zoo.classification.Prediction;
import io.github.recurrentzoo.zoo.classification.TextClassifier;
import io.github.recurrentzoo.zoo.translation.SequenceTranslator;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** Asks pretrained models, whose weights lie on the class path: nothing is trained. */
public final class PredictWithAPreset {
  private PredictWithAPreset() {}

  public static void main(String[] args) {
    run(System.out);
  }

  static List<Prediction> run(PrintStream out) {
    TextClassifier classifier = TextClassifier.pretrained("wordnet-lstm");
    List<String> texts =
        List.of(
            "someone who repairs bicycles for a living",
            "a thick soup made from lentils, onions and carrots");
    List<Prediction> predictions = classifier.predict(texts);
    for (int i = 0; i < texts.size(); i++) {
      Prediction answer = predictions.get(i);
      out.printf(
          Locale.ROOT, "%s (%.3f): %s%n", answer.label(), answer.probability(), texts.get(i));
    }
    SequenceTranslator dates = SequenceTranslator.pretrained("dates-lstm");
    out.println(dates.translate("samedi 12 mars 2022").text());
    return predictions;
  }
}
