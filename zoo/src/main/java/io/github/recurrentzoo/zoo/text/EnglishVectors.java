package io.github.recurrentzoo.zoo.text;

import io.github.recurrentzoo.zoo.model.ModelFileException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.SoftReference;
import java.net.URL;
import java.net.URLConnection;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** The zoo's own vectors, which {@code vectors.json} of the pretrained models describes. */
final class EnglishVectors extends EmbeddingSource {
  private static final String FOLDER = "/io/github/recurrentzoo/pretrained/";
  private static final String LIST = "vectors.json";
  private static final int MOST_BYTES = 25 << 20;

  private static SoftReference<EnglishVectors> last = new SoftReference<>(null);

  private final WordVectors vectors;

  private EnglishVectors(WordVectors vectors) {
    this.vectors = vectors;
  }

  /**
   * What is on the class path.
   *
   * @param sha256 of the file, in hexadecimal
   */
  record Row(
      String name,
      String about,
      String data,
      String licence,
      int words,
      int dimension,
      String file,
      long bytes,
      String sha256) {}

  /** Empty if they are not on the class path. */
  static synchronized Optional<EnglishVectors> get() {
    EnglishVectors read = last.get();
    if (read == null) {
      URL list = EnglishVectors.class.getResource(FOLDER + LIST);
      if (list == null) {
        return Optional.empty();
      }
      read = read(list);
      last = new SoftReference<>(read);
    }
    return Optional.of(read);
  }

  private static EnglishVectors read(URL list) {
    try {
      Row row = new ObjectMapper().readValue(bytes(list), Row.class);
      URL url = EnglishVectors.class.getResource(FOLDER + row.file());
      if (url == null) {
        throw new IOException("there is no " + row.file() + " beside the list");
      }
      byte[] content = bytes(url);
      String sha256 =
          HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
      if (!sha256.equals(row.sha256())) {
        throw new IOException(
            "%s has %d bytes and SHA-256 %s; expected %d bytes and %s"
                .formatted(row.file(), content.length, sha256, row.bytes(), row.sha256()));
      }
      return new EnglishVectors(WordVectors.read(row.file(), content));
    } catch (IOException e) {
      throw new ModelFileException(
          "The word vectors of the artifact recurrent-zoo-pretrained cannot be read (%s): %s. Get the artifact again."
              .formatted(list, e.getMessage()),
          e);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Each Java platform has SHA-256", e);
    }
  }

  private static byte[] bytes(URL url) throws IOException {
    URLConnection connection = url.openConnection();
    connection.setUseCaches(false); // else a jar that was replaced meanwhile is read as it was
    try (InputStream in = connection.getInputStream()) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new IOException("%s has more than %d bytes".formatted(url, MOST_BYTES));
      }
      return bytes;
    }
  }

  @Override
  public String name() {
    return "english";
  }

  @Override
  public int dimension() {
    return vectors.dimension();
  }

  @Override
  public Map<String, float[]> vectors(Set<String> wanted, int others) {
    Map<String, float[]> found = new LinkedHashMap<>();
    int left = others;
    for (int i = 0; i < vectors.words().size(); i++) {
      String word = vectors.words().get(i);
      boolean asked = wanted.contains(word);
      if (asked || left > 0) {
        found.put(word, vectors.vector(i));
        left -= asked ? 0 : 1;
      }
    }
    return found;
  }

  @Override
  Set<String> known(Set<String> words) {
    Set<String> known = new HashSet<>(vectors.words());
    known.retainAll(words);
    return known;
  }
}
