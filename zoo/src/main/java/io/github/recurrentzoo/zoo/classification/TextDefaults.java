package io.github.recurrentzoo.zoo.classification;

import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.preset.Recipe;
import io.github.recurrentzoo.zoo.text.EmbeddingSource;
import io.github.recurrentzoo.zoo.text.TextUnit;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/**
 * Options that are good for labelled texts of one's own, by what the texts are. All that depends on
 * them is decided here; the rest is the recipe {@code texts}.
 *
 * <ul>
 *   <li>{@code unit}: words; but characters for texts of {@value #FEW_WORDS} words at most on
 *       average, such as names and codes, which have no vectors, where {@link NaiveBayes} is right
 *       on clearly more left-out rows if it reads characters.
 *   <li>Word vectors: the zoo's English ones if they know {@link EmbeddingSource#ENOUGH} of the
 *       words; else vectors that are trained, of words that come twice at least.
 *   <li>{@code maxLength}: as many words as 95 of 100 texts have at most, or characters as all
 *       have, from {@value #SHORTEST} to {@value #LONGEST}.
 *   <li>Batch size and epochs by the number of rows: few rows are read often, but below 200 with
 *       word vectors, which the linear model reads, too. Long texts are read less often, so that no
 *       more than 8 million words (characters) are, but {@value #FEWEST_EPOCHS} times.
 *   <li>Below {@value #ROWS_TO_VALIDATE} rows none validates, see {@link #rows}.
 *   <li>The learning rate rises in the first tenth of the steps and then falls to 0 in a straight
 *       line; all epochs are trained, and the last one's weights stay.
 * </ul>
 *
 * <p>Chosen on public texts of 4 to 400 words in 2 to 15 classes, at 100 to 10,000 rows:
 * docs/text-classification.md has what was tried.
 */
public final class TextDefaults {
  static final int SHORTEST = 10;
  static final int LONGEST = 400;

  private static final long FEW_WORDS = 5;
  private static final int ROWS_FOR_UNIT = 1_500;
  private static final int FOLDS = 3;
  private static final double CLEARLY = 0.05;
  private static final int ROWS_TO_VALIDATE = 1_200; // of whose tenth, drawn by label, 100 are left
  private static final double MOST_TEXTS = 0.95;
  private static final long MOST_WORDS = 8_000_000;
  private static final int FEWEST_EPOCHS = 4;
  private static final double WARM_UP = 0.1;
  private static final int STAIRS = 50;

  private final int rows;
  private final TextUnit unit;
  private final long words; // that are read in an epoch
  private final int maxLength;
  private final Optional<EmbeddingSource> vectors;
  private final Recipe recipe;

  private TextDefaults(
      int rows,
      TextUnit unit,
      long words,
      int maxLength,
      Optional<EmbeddingSource> vectors,
      Recipe recipe) {
    this.rows = rows;
    this.unit = unit;
    this.words = words;
    this.maxLength = maxLength;
    this.vectors = vectors;
    this.recipe = recipe;
  }

  /** Those for an LSTM. */
  public static TextDefaults of(List<LabeledText> rows) {
    return of(rows, Recurrence.LSTM);
  }

  /** Those for a network of that recurrence. */
  public static TextDefaults of(List<LabeledText> rows, Recurrence recurrence) {
    Optional<EmbeddingSource> vectors = english(rows);
    return of(rows, recurrence, vectors.isEmpty() ? unitOf(rows) : TextUnit.WORDS, vectors);
  }

  /** Those for a network of that recurrence that reads words or characters. */
  public static TextDefaults of(List<LabeledText> rows, Recurrence recurrence, TextUnit unit) {
    return of(rows, recurrence, unit, unit == TextUnit.WORDS ? english(rows) : Optional.empty());
  }

  private static Optional<EmbeddingSource> english(List<LabeledText> rows) {
    return EmbeddingSource.englishFor(rows.stream().map(LabeledText::text).toList());
  }

  private static TextDefaults of(
      List<LabeledText> rows,
      Recurrence recurrence,
      TextUnit unit,
      Optional<EmbeddingSource> vectors) {
    int[] lengths = rows.stream().mapToInt(row -> unit.cut(row.text()).size()).sorted().toArray();
    double most = unit == TextUnit.WORDS ? MOST_TEXTS : 1; // the end of a name tells much
    int longest = lengths.length == 0 ? 0 : lengths[(int) (most * (lengths.length - 1))];
    int maxLength = Math.max(SHORTEST, Math.min(LONGEST, longest));
    return new TextDefaults(
        rows.size(),
        unit,
        Arrays.stream(lengths).mapToLong(length -> Math.min(length, maxLength)).sum(),
        maxLength,
        vectors,
        TextClassification.recipe("texts", recurrence));
  }

  /**
   * Characters if texts are of few words and naive Bayes is right more often with them: by a
   * twentieth of the left-out rows, and by twice what chance makes of the rows on which only one of
   * them is right.
   */
  private static TextUnit unitOf(List<LabeledText> rows) {
    List<LabeledText> some = new ArrayList<>(rows);
    Collections.shuffle(some, new Random(rows.size()));
    some = some.subList(0, Math.min(ROWS_FOR_UNIT, some.size()));
    long words = some.stream().mapToLong(row -> TextUnit.WORDS.cut(row.text()).size()).sum();
    if (some.size() < FOLDS || words > FEW_WORDS * some.size()) {
      return TextUnit.WORDS;
    }
    int better = 0;
    int worse = 0;
    for (StratifiedSplit fold : StratifiedSplit.dealt(some, FOLDS)) {
      NaiveBayes byWords = NaiveBayes.train(TextUnit.WORDS, fold.training(), List.of());
      NaiveBayes byCharacters = NaiveBayes.train(TextUnit.CHARACTERS, fold.training(), List.of());
      for (LabeledText row : fold.test()) {
        boolean withWords = byWords.predict(row.text()).equals(row.label());
        boolean withCharacters = byCharacters.predict(row.text()).equals(row.label());
        better += withCharacters && !withWords ? 1 : 0;
        worse += withWords && !withCharacters ? 1 : 0;
      }
    }
    int gain = better - worse;
    return gain > CLEARLY * some.size() && gain > 2 * Math.sqrt(better + worse)
        ? TextUnit.CHARACTERS
        : TextUnit.WORDS;
  }

  /** What the network reads. */
  public TextUnit unit() {
    return unit;
  }

  /** The English vectors, where they know enough of the words. */
  public Optional<EmbeddingSource> vectors() {
    return vectors;
  }

  /** The number of words or characters that a text is cut to. */
  public int maxLength() {
    return maxLength;
  }

  /** Rows per step. */
  public int batchSize() {
    return rows < 400 ? 16 : rows < 20_000 ? 32 : 64;
  }

  /** Passes over the rows. */
  public int epochs() {
    int fewest = vectors.isPresent() ? 20 : 60; // the linear model reads the vectors, too
    int byRows =
        rows < 200 ? fewest : rows < 1_000 ? 30 : rows < 4_000 ? 20 : rows < 20_000 ? 10 : 5;
    long byWords = MOST_WORDS / Math.max(1, words);
    return (int) Math.max(Math.min(FEWEST_EPOCHS, byRows), Math.min(byRows, byWords));
  }

  /** Whether a part of the rows validates. */
  public boolean validates() {
    return rows >= ROWS_TO_VALIDATE;
  }

  /**
   * The rows for a training. Of few rows none validates: the last epoch is kept anyway, and a tenth
   * of them would choose weight and temperature by luck, but would be missed in the training.
   */
  public LabeledRows rows(List<LabeledText> these) {
    LabeledRows all = LabeledRows.of(these);
    return validates() ? all : all.withoutValidation();
  }

  /** The network, for a training on {@link #rows}. */
  public TextClassification.Builder network() {
    return network(batchSize(), epochs(), recipe.optimizer().learningRate());
  }

  /** The network, with a learning rate that rises and falls in so many epochs of such batches. */
  public TextClassification.Builder network(int batchSize, int epochs, double learningRate) {
    TextClassification.Builder builder =
        TextClassification.builder().recipe(recipe).unit(unit).maxLength(maxLength);
    vectors.ifPresent(english -> builder.embeddings(english).minCount(1));
    double left = validates() ? training().build().validationSplit() : 0;
    long trained = Math.round(rows * (1 - left));
    return builder.updater(updater(trained, batchSize, epochs, learningRate));
  }

  /**
   * Adam with a learning rate that rises and falls in so many epochs of such batches.
   *
   * @param trained the rows that are learned from, those that validate not among them
   * @param batchSize rows per step; 0: by the number of rows, see {@link
   *     TrainingOptions#batchSize(long)}
   * @param learningRate its highest value
   */
  public static IUpdater updater(long trained, int batchSize, int epochs, double learningRate) {
    int size = TrainingOptions.builder().batchSize(batchSize).build().batchSize(trained);
    return new Adam(upAndDown(learningRate, epochs * ((trained + size - 1) / size)));
  }

  /**
   * A learning rate that rises to its peak and falls to 0, in stairs. (ND4J's RampSchedule, which
   * rises, cannot be read from a file again.)
   */
  private static ISchedule upAndDown(double peak, long steps) {
    Map<Integer, Double> rates = new TreeMap<>();
    int stairs = (int) Math.max(1, Math.min(STAIRS, steps));
    long last = Math.min(steps, Integer.MAX_VALUE); // the largest iteration that ND4J counts
    for (int stair = 0; stair < stairs; stair++) {
      double done = (stair + 0.5) / stairs;
      rates.put(
          (int) (stair * last / stairs),
          peak * Math.min(done / WARM_UP, (1 - done) / (1 - WARM_UP)));
    }
    return new MapSchedule(ScheduleType.ITERATION, rates);
  }

  /** The training, on {@link #rows}. */
  public TrainingOptions.Builder training() {
    return TrainingOptions.builder().recipe(recipe).batchSize(batchSize()).epochs(epochs());
  }

  /** For people, such as "512 rows: 30 epochs in batches of 32 rows, ...". */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%,d rows: %d epochs with %d rows a batch, the first %d %s of a text, %s",
        rows,
        epochs(),
        batchSize(),
        maxLength,
        unit.inWords(),
        vectors.isPresent()
            ? "English word vectors"
            : "%s vectors trained from nothing"
                .formatted(unit == TextUnit.WORDS ? "word" : "character"));
  }
}
