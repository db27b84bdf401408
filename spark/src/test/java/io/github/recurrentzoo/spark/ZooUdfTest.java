package io.github.recurrentzoo.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.Zoo;
import io.github.recurrentzoo.zoo.classification.TextClassifier;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

class ZooUdfTest {
  private final SparkSession spark = LocalSpark.session();

  @Test
  void aModelIsAFunctionOfSql() {
    ZooUdf.register(spark, "classify", "wordnet-lstm");
    List<Row> rows =
        spark
            .sql(
                """
                SELECT answer.label, answer.probability, answer.reason
                FROM (SELECT id, classify(text) AS answer
                      FROM VALUES (0, 'someone who repairs bicycles for a living'), (1, NULL) AS t(id, text))
                ORDER BY id
                """)
            .collectAsList();
    assertEquals("person", rows.get(0).getString(0));
    assertTrue(rows.get(0).getDouble(1) > 0.5);
    assertNull(rows.get(0).get(2));
    assertNull(rows.get(1).get(0));
    assertTrue(rows.get(1).getString(2).contains("null"));
  }

  @Test
  void aLoadedModelIsOneToo() {
    ZooUdf.register(spark, "iso", Zoo.pretrained("dates-lstm"));
    Row row = spark.sql("SELECT iso('May 5, 2026').text, iso(' ').reason").first();
    assertEquals("2026-05-05", row.getString(0));
    assertTrue(row.getString(1).contains("empty"), row.getString(1));
  }

  @Test
  void itTakesArrays() {
    ZooUdf.register(spark, "tag", "pos-lstm");
    Row row = spark.sql("SELECT tag(array('The', 'dog', 'barks')).words.label").first();
    assertEquals(3, row.getList(0).size());
  }

  @Test
  void aModelThatWasTrainedHereAnswersAsItDoes() {
    TextClassifier classifier = TextClassifier.pretrained("wordnet-lstm");
    ZooUdf.register(spark, "classify2", classifier);
    Row row = spark.sql("SELECT classify2('a small bird of the tropics').label").first();
    assertEquals(classifier.predict("a small bird of the tropics").label(), row.getString(0));
  }
}
