package io.github.recurrentzoo.zoo.series;

import de.focus_shift.jollyday.core.CalendarHierarchy;
import de.focus_shift.jollyday.core.Holiday;
import de.focus_shift.jollyday.core.HolidayManager;
import de.focus_shift.jollyday.core.HolidayType;
import de.focus_shift.jollyday.core.ManagerParameters;
import io.github.recurrentzoo.zoo.data.DataException;
import java.time.LocalDate;
import java.time.Year;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The public holidays of a country or of a part of one, by the rules of jollyday (ADR 15). A
 * network reads one number for each: 1 on that holiday, and on the day that it is observed on if
 * that is another one, and 0 on other days; and one more that is 1 on any holiday, also on one that
 * came after these were listed.
 *
 * @param country such as {@code US} or {@code DE-by}
 * @param names of the holidays, in the order of their numbers
 */
public record HolidayCalendar(String country, List<String> names) {
  private static final int FIRST_YEAR = 1990;
  private static final int LAST_YEAR = 2039;

  private static final Map<String, Map<LocalDate, Set<String>>> YEARS = new ConcurrentHashMap<>();

  /** Keeps a copy of the list. */
  public HolidayCalendar {
    names = names == null ? List.of() : List.copyOf(names);
  }

  /**
   * The holidays of a country that there were in any year from 1990 to 2039.
   *
   * @param code ISO 3166 of a country, such as {@code US}, and of a part of it behind a hyphen,
   *     such as {@code DE-by}; in any case
   * @throws DataException if there is no such country; the message lists those that there are
   */
  public static HolidayCalendar of(String code) {
    HolidayCalendar calendar = new HolidayCalendar(code, List.of());
    if (!calendar.hasRules()) {
      throw new DataException(
          "The holidays of \"%s\" are not known; expected the code of a country, such as US, or of a part of one, such as DE-by. Countries are %s."
              .formatted(
                  code,
                  codes().stream()
                      .map(known -> known.toUpperCase(Locale.ROOT))
                      .collect(Collectors.joining(", "))));
    }
    TreeSet<String> names = new TreeSet<>();
    for (int year = FIRST_YEAR; year <= LAST_YEAR; year++) {
      calendar.year(year).values().forEach(names::addAll);
    }
    return new HolidayCalendar(code, List.copyOf(names));
  }

  private static Set<String> codes() {
    return HolidayManager.getSupportedCalendarCodes().stream()
        .map(code -> code.toLowerCase(Locale.ROOT))
        .filter(code -> code.length() == 2)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private String[] parts() {
    return country.strip().toLowerCase(Locale.ROOT).split("-", -1);
  }

  /** Whether there are rules for the country and the part of it. */
  public boolean hasRules() {
    String[] parts = parts();
    if (!codes().contains(parts[0])) {
      return false;
    }
    CalendarHierarchy part =
        HolidayManager.getInstance(ManagerParameters.create(parts[0])).getCalendarHierarchy();
    for (int i = 1; i < parts.length; i++) {
      part = part.getChildren().get(parts[i]);
      if (part == null) {
        return false;
      }
    }
    return true;
  }

  /**
   * The same calendar with those of its holidays alone that some days have: of others, a network
   * would have inputs that are 0 wherever it learns, and weights that mean nothing.
   *
   * @param days that are learned from
   */
  public HolidayCalendar among(Stream<LocalDate> days) {
    Set<String> found = days.flatMap(day -> on(day).stream()).collect(Collectors.toSet());
    return new HolidayCalendar(country, names.stream().filter(found::contains).toList());
  }

  /** How many numbers a network reads of a day: none without a holiday. */
  public int flags() {
    return names.isEmpty() ? 0 : names.size() + 1;
  }

  /**
   * Writes the numbers of a day.
   *
   * @param numbers all 0 where they go
   * @param from the place of the first one
   */
  public void addFlags(LocalDate day, float[] numbers, int from) {
    if (names.isEmpty()) {
      return;
    }
    Set<String> holidays = on(day);
    for (String holiday : holidays) {
      int index = names.indexOf(holiday);
      if (index >= 0) {
        numbers[from + index] = 1;
      }
    }
    numbers[from + names.size()] = holidays.isEmpty() ? 0 : 1;
  }

  /** The names of the holidays of a day; most days have none. */
  public Set<String> on(LocalDate day) {
    return year(day.getYear()).getOrDefault(day, Set.of());
  }

  private Map<LocalDate, Set<String>> year(int year) {
    return YEARS.computeIfAbsent(
        year + " " + String.join("-", parts()),
        key -> {
          String[] parts = parts();
          Map<LocalDate, Set<String>> days = new HashMap<>();
          // New Year's Day may be observed in the year before.
          for (int each = year - 1; each <= year + 1; each++) {
            for (Holiday holiday :
                HolidayManager.getInstance(ManagerParameters.create(parts[0]))
                    .getHolidays(Year.of(each), Arrays.copyOfRange(parts, 1, parts.length))) {
              if (holiday.getType() == HolidayType.PUBLIC_HOLIDAY) {
                add(days, year, holiday.getActualDate(), holiday);
                holiday.getObservedDate().ifPresent(day -> add(days, year, day, holiday));
              }
            }
          }
          return days;
        });
  }

  private static void add(
      Map<LocalDate, Set<String>> days, int year, LocalDate day, Holiday holiday) {
    if (day.getYear() == year) {
      days.computeIfAbsent(day, key -> new TreeSet<>()).add(holiday.getPropertiesKey());
    }
  }
}
