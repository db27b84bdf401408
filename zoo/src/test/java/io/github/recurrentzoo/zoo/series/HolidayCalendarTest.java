package io.github.recurrentzoo.zoo.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.data.DataException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Public holidays, as the government's calendars have them. */
class HolidayCalendarTest {

  @Test
  void holidaysOfTheUnitedStates() {
    HolidayCalendar us = HolidayCalendar.of("US");
    for (String day :
        List.of(
            "2013-01-01", // New Year's Day
            "2013-01-21", // Martin Luther King
            "2013-05-27", // Memorial Day
            "2013-07-04", // Independence Day
            "2013-09-02", // Labor Day
            "2013-11-28", // Thanksgiving
            "2013-12-25")) {
      assertEquals(1, us.on(LocalDate.parse(day)).size(), day);
    }
    assertEquals(Set.of(), us.on(LocalDate.of(2013, 12, 24)));
    assertEquals(us.names().size() + 1, us.flags());
  }

  @Test
  void aPartOfACountryHasFurtherHolidays() {
    LocalDate corpusChristi = LocalDate.of(2024, 5, 30);
    assertFalse(HolidayCalendar.of("de-BY").on(corpusChristi).isEmpty());
    assertTrue(HolidayCalendar.of("DE").on(corpusChristi).isEmpty());
  }

  @Test
  void flagsAreOneForEachHolidayAndOneForAny() {
    HolidayCalendar two = new HolidayCalendar("US", List.of("nothing", "CHRISTMAS"));
    assertEquals("[0.0, 0.0, 1.0, 1.0, 0.0]", flags(two, LocalDate.of(2013, 12, 25)));
    assertEquals("[0.0, 0.0, 0.0, 0.0, 0.0]", flags(two, LocalDate.of(2013, 12, 24)));
    assertEquals("[0.0, 0.0, 0.0, 1.0, 0.0]", flags(two, LocalDate.of(2013, 7, 4)));
  }

  private static String flags(HolidayCalendar calendar, LocalDate day) {
    float[] numbers = new float[5];
    calendar.addFlags(day, numbers, 1);
    return Arrays.toString(numbers);
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    for (String code : List.of("Atlantis", "", "US-zz", "DE-by-zz-a")) {
      String message =
          assertThrows(DataException.class, () -> HolidayCalendar.of(code)).getMessage();
      assertTrue(message.startsWith("The holidays of \"" + code + "\" are not known"), message);
      assertTrue(message.contains(", FR, "), message);
    }
  }

  /** New Year's Day 2022, a Saturday, was observed in the year before. */
  @Test
  void aDayMayBeObservedInAnotherYear() {
    HolidayCalendar us = HolidayCalendar.of("US");
    assertEquals(Set.of("NEW_YEAR"), us.on(LocalDate.of(2021, 12, 31)));
    assertEquals(Set.of("NEW_YEAR"), us.on(LocalDate.of(2022, 1, 1)));
    assertEquals(Set.of(), us.on(LocalDate.of(2022, 12, 31)));
  }

  /** Christmas Eve is observed in Arkansas, but no public holiday. */
  @Test
  void observancesAreNoPublicHolidays() {
    HolidayCalendar arkansas = HolidayCalendar.of("US-ar");
    assertEquals(Set.of(), arkansas.on(LocalDate.of(2024, 12, 24)));
    assertFalse(arkansas.names().contains("CHRISTMAS_EVE"));
    assertEquals(Set.of("CHRISTMAS"), arkansas.on(LocalDate.of(2024, 12, 25)));
  }

  @Test
  void onlyHolidaysThatSomeDaysHaveAreKept() {
    HolidayCalendar us = HolidayCalendar.of("US");
    HolidayCalendar summer =
        us.among(LocalDate.of(2024, 6, 1).datesUntil(LocalDate.of(2024, 9, 1)));
    assertEquals(List.of("INDEPENDENCE_DAY", "JUNETEENTH"), summer.names());
    assertEquals(3, summer.flags());
    assertEquals("[0.0, 0.0, 0.0, 1.0, 0.0]", flags(summer, LocalDate.of(2024, 12, 25)));
    HolidayCalendar none = us.among(LocalDate.of(2024, 8, 1).datesUntil(LocalDate.of(2024, 9, 1)));
    assertEquals(0, none.flags());
    assertEquals("[0.0, 0.0, 0.0, 0.0, 0.0]", flags(none, LocalDate.of(2024, 12, 25)));
  }
}
