package io.github.recurrentzoo.zoo.training;

import io.github.recurrentzoo.zoo.model.Metric;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * Where a model comes from: enough to tell whether another one was trained on the same rows, with
 * the same seed and the same libraries.
 *
 * @param rows the number of rows given to train, those kept for validation included
 * @param rowsSha256 SHA-256 of these rows in their order, in hexadecimal: of each row its parts (of
 *     a labelled text the label, then the text; of a pair the source, then the target; of a row of
 *     a time series the name of the series, if there are many, its time as people read it, then the
 *     number of each column that the network reads, targets first, as Java writes a double; of a
 *     document itself), each as the number of its UTF-8 bytes (four bytes, big-endian) and these
 *     bytes
 * @param seed the seed of the training
 * @param library the version of Recurrent Zoo, or "unreleased" where it did not run from a jar
 * @param deeplearning4j the version of Deeplearning4j
 * @param trained when training ended, in UTC (ISO 8601)
 * @param epochs the number of epochs trained
 * @param bestEpoch the epoch whose weights were kept, from 1
 * @param validationLoss mean loss of the validation rows at the best epoch, without penalties; the
 *     training loss of the last epoch where no row validated
 * @param validationMetric the task's own measure on the validation rows at the best epoch; while
 *     training in the last epoch where no row validated
 * @param origin which model it was made of by fine-tuning; null if it began with random weights
 * @param columns the names of the columns that the rows were read from, where that was told ({@link
 *     TrainingRun.Builder#columns}); such as "text" and "label" of labelled texts
 * @see #trainedOutside
 */
public record Provenance(
    int rows,
    String rowsSha256,
    long seed,
    String library,
    String deeplearning4j,
    String trained,
    int epochs,
    int bestEpoch,
    double validationLoss,
    Metric validationMetric,
    FineTuneOrigin origin,
    Map<String, String> columns) {

  /** Keeps a copy of the columns, of which models of earlier versions know none. */
  public Provenance {
    columns = columns == null ? Map.of() : Map.copyOf(columns);
  }

  public static Provenance of(int rows, RowDigest digest, long seed, TrainingLoop.Outcome outcome) {
    return new Provenance(
        rows,
        digest.sha256(),
        seed,
        libraryVersion(),
        deeplearning4jVersion(),
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        outcome.epochs(),
        outcome.bestEpoch(),
        outcome.validation().loss(),
        new Metric(outcome.metric(), outcome.validation().metric()),
        null,
        Map.of());
  }

  /**
   * Of a network that was trained in a loop of a user's own: nothing is known of its rows, and no
   * epoch, loss or metric is told.
   */
  public static Provenance outside() {
    return new Provenance(
        0,
        "",
        0,
        libraryVersion(),
        deeplearning4jVersion(),
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        0,
        0,
        Double.NaN,
        new Metric("metric", Double.NaN),
        null,
        Map.of());
  }

  /**
   * Whether the network was trained outside of the zoo, so that its rows and figures are unknown.
   */
  public boolean trainedOutside() {
    return epochs == 0;
  }

  /** The same of a model that was made of another one; null for one that was not. */
  public Provenance from(FineTuneOrigin ofModel) {
    return new Provenance(
        rows,
        rowsSha256,
        seed,
        library,
        deeplearning4j,
        trained,
        epochs,
        bestEpoch,
        validationLoss,
        validationMetric,
        ofModel,
        columns);
  }

  /** The same of rows that were read from these columns. */
  public Provenance ofColumns(Map<String, String> names) {
    return new Provenance(
        rows,
        rowsSha256,
        seed,
        library,
        deeplearning4j,
        trained,
        epochs,
        bestEpoch,
        validationLoss,
        validationMetric,
        origin,
        names);
  }

  /**
   * Whether the model was trained on these rows.
   *
   * @param parts of all rows in their order, each row part by part
   */
  public boolean isOf(Stream<String> parts) {
    RowDigest digest = new RowDigest();
    parts.forEachOrdered(digest::add);
    return digest.sha256().equals(rowsSha256);
  }

  static String libraryVersion() {
    return version("io.github.recurrentzoo/recurrent-zoo");
  }

  static String deeplearning4jVersion() {
    return version("org.deeplearning4j/deeplearning4j-nn");
  }

  /** The version that Maven wrote into an artifact's jar. */
  private static String version(String artifact) {
    String path = "/META-INF/maven/" + artifact + "/pom.properties";
    try (InputStream in = Provenance.class.getResourceAsStream(path)) {
      if (in == null) {
        return "unreleased";
      }
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException("The class path cannot be read: " + path, e);
    }
  }
}
