package io.github.recurrentzoo.spark;

import io.github.recurrentzoo.zoo.classification.LabeledText;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Texts whose label one of their words tells. */
final class Texts {
  private static final List<String> LABELS = List.of("bird", "fish", "tool");
  private static final List<List<String>> TELLING =
      List.of(
          List.of("wings", "feathers", "beak", "nest"),
          List.of("fins", "gills", "scales", "river"),
          List.of("handle", "steel", "blade", "screw"));
  private static final List<String> OTHERS =
      List.of("a", "the", "small", "large", "with", "of", "and", "old", "new", "red");

  private Texts() {}

  /** The seed of tests of learning, which pass with any. */
  static long seed() {
    return Long.getLong("recurrentzoo.test.seed", 42);
  }

  static List<LabeledText> draw(int count, long seed) {
    Random random = new Random(seed);
    List<LabeledText> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int label = random.nextInt(LABELS.size());
      List<String> words = new ArrayList<>();
      for (int w = 2 + random.nextInt(7); w > 0; w--) {
        words.add(OTHERS.get(random.nextInt(OTHERS.size())));
      }
      words.add(random.nextInt(words.size() + 1), TELLING.get(label).get(random.nextInt(4)));
      rows.add(new LabeledText(String.join(" ", words), LABELS.get(label)));
    }
    return rows;
  }

  /** The same texts with labels that no word tells. */
  static List<LabeledText> noise(int count, long seed) {
    Random random = new Random(seed);
    return draw(count, seed).stream()
        .map(row -> new LabeledText(row.text(), LABELS.get(random.nextInt(LABELS.size()))))
        .toList();
  }

  /** Rows with the columns text and label. */
  static Dataset<Row> dataset(List<LabeledText> rows, int partitions) {
    return dataset(LocalSpark.session(), rows, partitions);
  }

  /** The same in another session. */
  static Dataset<Row> dataset(SparkSession spark, List<LabeledText> rows, int partitions) {
    StructType schema =
        new StructType().add("text", DataTypes.StringType).add("label", DataTypes.StringType);
    return spark
        .createDataFrame(
            rows.stream().map(row -> RowFactory.create(row.text(), row.label())).toList(), schema)
        .repartition(partitions);
  }
}
