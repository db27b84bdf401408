package io.github.recurrentzoo.zoo.tagging;

import io.github.recurrentzoo.zoo.pipeline.ModelEntries;
import io.github.recurrentzoo.zoo.pipeline.ModelInfo;
import io.github.recurrentzoo.zoo.text.Vocabulary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a tagger knows beside its network, as entries of its model file.
 *
 * @param encoder turns words into inputs
 * @param labels in the order of the output units
 * @param rare words of the training without a vector of their own
 */
record TaggerEntries(TagEncoder encoder, List<String> labels, Set<String> rare) {
  private static final String VOCABULARY = "vocabulary";
  private static final String RARE = "rare-words";
  private static final String LABELS = "labels";
  private static final String VECTORS = "vectors";

  /** The entry {@code vectors.json}: which vectors are read beside the model. */
  record Vectors(String name, int size, long checksum) {}

  /** Whether training has seen a word in lower case. */
  boolean hasSeen(String lower) {
    return rare.contains(lower) || encoder.vocabulary().id(lower) != Vocabulary.UNKNOWN;
  }

  /** Reads and checks them. */
  static TaggerEntries read(ModelEntries entries, ModelInfo info) {
    List<String> words = entries.distinct(VOCABULARY);
    List<String> labels = entries.distinct(LABELS);
    entries.checkInteger(info, "maxLength", 1, Integer.MAX_VALUE);
    entries.checkSize(VOCABULARY, words.size() + 2, entries.inputSize(SequenceTagging.EMBEDDING));
    entries.checkSize(LABELS, labels.size(), entries.outputSize(SequenceTagging.LABELS));
    int buckets = 0;
    if (Boolean.TRUE.equals(info.option("affixes"))) {
      buckets = entries.inputSize(Affix.PREFIX.table());
      entries.checkInteger(info, "affixBuckets", Math.max(2, buckets), buckets);
      for (Affix affix : Affix.values()) {
        String table = affix.table();
        entries.checkSize(table, buckets, entries.inputSize(table));
      }
    }
    return new TaggerEntries(
        new TagEncoder(
            Vocabulary.ofWords(words), buckets, vectors(entries, info), info.integer("maxLength")),
        labels,
        Set.copyOf(entries.distinct(RARE)));
  }

  private static Optional<VectorTable> vectors(ModelEntries entries, ModelInfo info) {
    if (!Boolean.TRUE.equals(info.option("englishVectors"))) {
      return Optional.empty();
    }
    VectorTable english = VectorTable.english();
    Vectors read = entries.read(VECTORS, Vectors.class);
    if (read.checksum() != english.checksum()) {
      throw entries.damaged(
          VECTORS,
          "names other English word vectors (checksum %d) than those on the class path (%d); get recurrent-zoo-pretrained in the version that the model was trained with"
              .formatted(read.checksum(), english.checksum()));
    }
    return Optional.of(english);
  }

  /** As they are written. */
  Map<String, Object> entries() {
    Map<String, Object> entries = new LinkedHashMap<>();
    entries.put(VOCABULARY, encoder.vocabulary().words());
    entries.put(LABELS, labels);
    entries.put(RARE, rare.stream().sorted().toList());
    encoder
        .vectors()
        .ifPresent(
            table -> entries.put(VECTORS, new Vectors("english", table.size(), table.checksum())));
    return entries;
  }
}
