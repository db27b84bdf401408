import io.github.recurrentzoo.zoo.classification.Prediction;
import io.github.recurrentzoo.zoo.classification.TextClassifier;

/** The five lines of the README, in a project that knows the zoo by its coordinates alone. */
public final class PredictWithAPreset {
  private PredictWithAPreset() {}

  public static void main(String[] args) {
    TextClassifier classifier = TextClassifier.pretrained("wordnet-lstm");
    Prediction prediction = classifier.predict("someone who repairs bicycles for a living");
    System.out.println(prediction.label() + " " + prediction.probability());
    if (!prediction.label().equals("person")) {
      throw new IllegalStateException("expected a person, but was " + prediction);
    }
  }
}
