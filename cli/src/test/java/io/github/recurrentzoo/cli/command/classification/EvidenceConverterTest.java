package io.github.recurrentzoo.cli.command.classification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertIterableEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.text.Evidence;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.TypeConversionException;

class EvidenceConverterTest {
  private final EvidenceConverter converter = new EvidenceConverter();

  @Test
  void namesAsPeopleWriteThem() {
    assertEquals(Evidence.NAIVE_BAYES, converter.convert("naive-bayes"));
    assertEquals(Evidence.NAIVE_BAYES, converter.convert("NAIVE_BAYES"));
    assertEquals(Evidence.REGRESSION, converter.convert("Regression"));
    assertIterableEquals(
        List.of("none", "naive-bayes", "regression", "both"), new EvidenceConverter.Names());
    String message =
        assertThrows(TypeConversionException.class, () -> converter.convert("bayes")).getMessage();
    assertTrue(message.contains("none, naive-bayes, regression, both"), message);
  }
}
