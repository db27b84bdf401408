package io.github.recurrentzoo.zoo;

import io.github.recurrentzoo.zoo.data.LabeledText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * Where a model comes from: enough to tell whether another one was trained on the same rows, with
 * the same seed and the same libraries.
 *
 * @param rows the number of rows given to train, those kept for validation included
 * @param rowsSha256 SHA-256 of these rows in their order, in hexadecimal: of each row its label and
 *     its text, each as the number of its UTF-8 bytes (four bytes, big-endian) and these bytes
 * @param seed the seed of the training
 * @param library the version of Recurrent Zoo, or "unreleased" where it did not run from a jar
 * @param deeplearning4j the version of Deeplearning4j
 * @param trained when training ended, in UTC (ISO 8601)
 * @param epochs the number of epochs trained
 * @param bestEpoch the epoch whose weights were kept, from 1
 * @param validationLoss mean cross-entropy of the validation rows at the best epoch, in nats
 * @param validationAccuracy fraction of the validation rows answered rightly at the best epoch
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
    double validationAccuracy) {

  static Provenance of(List<LabeledText> rows, long seed, ClassifierTraining.Outcome outcome) {
    return new Provenance(
        rows.size(),
        sha256(rows),
        seed,
        version("io.github.recurrentzoo/recurrent-zoo"),
        version("org.deeplearning4j/deeplearning4j-nn"),
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        outcome.epochs(),
        outcome.bestEpoch(),
        outcome.validationLoss(),
        outcome.validationAccuracy());
  }

  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("rows", rows);
    map.put("rowsSha256", rowsSha256);
    map.put("seed", seed);
    map.put("library", library);
    map.put("deeplearning4j", deeplearning4j);
    map.put("trained", trained);
    map.put("epochs", epochs);
    map.put("bestEpoch", bestEpoch);
    map.put("validationLoss", validationLoss);
    map.put("validationAccuracy", validationAccuracy);
    return map;
  }

  static Provenance fromMap(Map<?, ?> map) {
    return new Provenance(
        ((Number) map.get("rows")).intValue(),
        (String) map.get("rowsSha256"),
        ((Number) map.get("seed")).longValue(),
        (String) map.get("library"),
        (String) map.get("deeplearning4j"),
        (String) map.get("trained"),
        ((Number) map.get("epochs")).intValue(),
        ((Number) map.get("bestEpoch")).intValue(),
        ((Number) map.get("validationLoss")).doubleValue(),
        ((Number) map.get("validationAccuracy")).doubleValue());
  }

  private static String sha256(List<LabeledText> rows) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java platform has SHA-256", e);
    }
    for (LabeledText row : rows) {
      update(digest, row.label());
      update(digest, row.text());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void update(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
    digest.update(bytes);
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
