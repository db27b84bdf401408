package io.github.recurrentzoo.zoo.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Patterns of times. */
class TimeParserTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "dd.MM.yyyy HH:mm, 31.03.2024 14:05, 2024-03-31T14:05",
        "dd.MM.yyyy hh:mm a, 31.03.2024 02:05 PM, 2024-03-31T14:05",
        "dd.MM.yyyy HH, 31.03.2024 14, 2024-03-31T14:00",
        "'day' dd.MM.yyyy, day 31.03.2024, 2024-03-31T00:00",
        "yyyy, 2024, 2024-01-01T00:00",
        "MM/yyyy, 03/2024, 2024-03-01T00:00",
        "yyyy-'Q'q, 2024-Q3, 2024-07-01T00:00",
      })
  void reads(String pattern, String text, LocalDateTime expected) {
    assertEquals(expected, new TimeParser(pattern).parse(text).local());
  }

  @ParameterizedTest
  @ValueSource(strings = {"dd.MM.yyyy hh:mm", "dd.MM.yyyy KK", "dd.MM.yyyy[ hh:mm]", "dd.mm.yyyy"})
  void noHourOfTheDay(String pattern) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> new TimeParser(pattern)).getMessage();
    assertTrue(message.contains("no hour from 0 to 23, which is HH"), message);
  }

  @Test
  void noSuchQuarter() {
    TimeParser parser = new TimeParser("yyyy-'Q'q");
    assertThrows(DateTimeException.class, () -> parser.parse("2024-Q5"));
  }
}
