package io.github.recurrentzoo.cli.command.classification;

import io.github.recurrentzoo.cli.console.BadOptionException;
import io.github.recurrentzoo.zoo.classification.LabeledText;
import io.github.recurrentzoo.zoo.model.ModelFileException;
import io.github.recurrentzoo.zoo.text.EmbeddingSource;
import io.github.recurrentzoo.zoo.text.TextUnit;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import picocli.CommandLine.Option;

/** The option that names the word vectors that a text classifier begins with. */
public final class EmbeddingsArgument {
  private static final String NONE = "none";
  private static final String ENGLISH = "english";

  /** So many texts tell which language it is. */
  private static final int TEXTS_TO_COUNT = 2_000;

  @Option(
      names = "--embeddings",
      paramLabel = "none|english|FILE",
      description =
          "Word vectors to begin with; the size of the embedding is theirs. english: GloVe, 50,000 words, 100 dimensions. FILE: vectors as GloVe, word2vec (text) or fastText (.vec) write them, also gzip. Default with --data: english if it knows 60 %% of the words, else none.")
  String embeddings;

  /** The vectors are chosen by the texts. */
  public EmbeddingsArgument() {}

  /** Refuses a file that is not there, before texts are read, and vectors of words for others. */
  void check(TextUnit unit) {
    if (embeddings != null && !embeddings.equals(NONE) && unit != TextUnit.WORDS) {
      throw new BadOptionException(
          "--embeddings has no meaning with --unit %s. Leave it out.".formatted(unit.inWords()));
    }
    if (embeddings != null
        && !embeddings.equals(NONE)
        && !embeddings.equals(ENGLISH)
        && !Files.isRegularFile(Path.of(embeddings))) {
      throw new BadOptionException(
          "--embeddings is \"%s\"; expected none, english or a file of word vectors, and there is no such file. Check the path."
              .formatted(embeddings));
    }
  }

  /**
   * The vectors to begin with, and prints which.
   *
   * @param automatic whether english vectors are taken where they know the words, if none are named
   * @param rows to learn from
   */
  Optional<EmbeddingSource> choose(boolean automatic, List<LabeledText> rows, PrintStream out) {
    if (NONE.equals(embeddings) || (embeddings == null && !automatic)) {
      return Optional.empty();
    }
    if (embeddings != null) {
      EmbeddingSource source =
          embeddings.equals(ENGLISH)
              ? EmbeddingSource.english()
              : EmbeddingSource.of(Path.of(embeddings));
      tell(source, source.coverage(some(rows)), "used", out);
      return Optional.of(source);
    }
    EmbeddingSource english;
    try {
      english = EmbeddingSource.english();
    } catch (ModelFileException e) {
      out.println("No word vectors: " + e.getMessage());
      return Optional.empty();
    }
    EmbeddingSource.Coverage coverage = english.coverage(some(rows));
    boolean enough = coverage.share() >= EmbeddingSource.ENOUGH;
    tell(
        english,
        coverage,
        enough
            ? "used (--embeddings none does without)"
            : String.format(
                Locale.ROOT,
                "not used, since that is less than %.0f %%",
                100 * EmbeddingSource.ENOUGH),
        out);
    return enough ? Optional.of(english) : Optional.empty();
  }

  private static void tell(
      EmbeddingSource source, EmbeddingSource.Coverage coverage, String what, PrintStream out) {
    out.printf(
        Locale.ROOT,
        "Word vectors %s (%d dimensions) know %.1f %% of the words of the texts: %s.%n",
        source.name(),
        source.dimension(),
        100 * coverage.share(),
        what);
  }

  private static List<String> some(List<LabeledText> rows) {
    int count = Math.min(rows.size(), TEXTS_TO_COUNT);
    return IntStream.range(0, count)
        .mapToObj(i -> rows.get((int) ((long) i * rows.size() / count)).text())
        .toList();
  }
}
