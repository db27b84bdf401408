package io.github.recurrentzoo.zoo.generation;

import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.text.TextPieces;
import io.github.recurrentzoo.zoo.text.TextUnit;
import io.github.recurrentzoo.zoo.training.RowDigest;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * A text for training, cut in two.
 *
 * @param training its beginning
 * @param validation its end
 * @param documents of how many documents it was made
 * @param digest of these documents in the order in which they were given
 * @param given how many characters were given for validation; null where they are cut off
 */
record GenerationText(
    String training, String validation, int documents, RowDigest digest, Integer given) {

  /** Documents in an order by the seed, the last ones for validation; of a single one, its end. */
  static GenerationText of(List<String> documents, TrainingOptions options) {
    return documents.size() == 1 ? ofOne(documents.get(0), options) : ofSeveral(documents, options);
  }

  private static GenerationText ofOne(String text, TrainingOptions options) {
    int characters = text.codePointCount(0, text.length());
    int border = text.offsetByCodePoints(0, (int) (characters * (1 - options.validationSplit())));
    return new GenerationText(
        text.substring(0, border), text.substring(border), 1, new RowDigest().add(text), null);
  }

  /** A text, and another one for validation, which may be empty. */
  static GenerationText of(String text, String validation) {
    return new GenerationText(
        text,
        validation,
        1,
        new RowDigest().add(text).add(validation),
        validation.codePointCount(0, validation.length()));
  }

  private static GenerationText ofSeveral(List<String> documents, TrainingOptions options) {
    RowDigest digest = new RowDigest();
    documents.forEach(digest::add);
    List<String> shuffled = new ArrayList<>(documents);
    Collections.shuffle(shuffled, new Random(options.seed()));
    int size = shuffled.size();
    int border = Math.min(size - 1, (int) (size * (1 - options.validationSplit())));
    border = Math.max(0, border);
    return new GenerationText(
        TextGenerator.join(shuffled.subList(0, border)),
        TextGenerator.join(shuffled.subList(border, size)),
        size,
        digest,
        null);
  }

  private boolean validatesNothing() {
    return given != null && given == 0;
  }

  /** Refuses a text that is too short for one segment of training and one prediction after it. */
  void requireLength(int segmentLength, TextUnit unit) {
    int forTraining = length(training, unit);
    int forValidation = length(validation, unit);
    if (forTraining <= segmentLength || (forValidation < 2 && !validatesNothing())) {
      throw new DataException(
          "The text is too short: %d %4$s to train on and %d for validation, but a segment of %d %4$s and one more are needed to train on, and two for validation. Give more text, or make segments shorter."
              .formatted(forTraining, forValidation, segmentLength, unit.inWords()));
    }
  }

  private static int length(String text, TextUnit unit) {
    return unit == TextUnit.WORDS
        ? TextPieces.cut(text).size()
        : text.codePointCount(0, text.length());
  }
}
