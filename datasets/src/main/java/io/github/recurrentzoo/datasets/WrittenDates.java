package io.github.recurrentzoo.datasets;

import io.github.recurrentzoo.zoo.translation.TextPair;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Dates as 20 locales write them, each with its ISO form: {@code "samedi 12 mars 2022"} and {@code
 * "2022-03-12"}.
 *
 * <p>The texts come from the locale data of the JDK that runs this (CLDR), in the styles FULL, LONG
 * and MEDIUM; they differ a little between JDKs. The style SHORT is left out, since it is
 * ambiguous: 01/02/03. The data are under the Unicode License, which the JDK brings along.
 *
 * <p>Dates have no split of their own. The presets write those of 1950 to 2049 in 3 ways each and
 * keep a tenth for the report, by what they mean, so that no date of the report was seen in any
 * locale: {@code PairSplit.byTarget(pairs, 0.1, seed)}.
 */
public final class WrittenDates {

  private static final List<Locale> LOCALES =
      List.of(
              "en-US", "en-GB", "de-DE", "fr-FR", "es-ES", "it-IT", "pt-BR", "nl-NL", "sv-SE",
              "pl-PL", "cs-CZ", "hu-HU", "ro-RO", "fi-FI", "tr-TR", "ru-RU", "el-GR", "ja-JP",
              "ko-KR", "zh-CN")
          .stream()
          .map(Locale::forLanguageTag)
          .toList();

  private static final List<FormatStyle> STYLES =
      List.of(FormatStyle.FULL, FormatStyle.LONG, FormatStyle.MEDIUM);

  private WrittenDates() {}

  /** The number of ways in which a date can be written: 20 locales in 3 styles. */
  public static int ways() {
    return LOCALES.size() * STYLES.size();
  }

  /**
   * All dates of some years, each in some of the {@link #ways}, drawn anew for each date. A text
   * that comes of several locales is given once.
   *
   * @param firstYear the first year
   * @param lastYear the last year
   * @param waysPerDate how many ways to draw for a date, from 1 to all
   * @param seed of the draw
   * @return a pair of text and ISO date each, in the order of time
   * @throws IllegalStateException if the JDK has no data for a locale
   */
  public static List<TextPair> of(int firstYear, int lastYear, int waysPerDate, long seed) {
    requireLocales();
    List<DateTimeFormatter> formats = formats();
    Random random = new Random(seed);
    List<TextPair> pairs = new ArrayList<>();
    LocalDate end = LocalDate.of(lastYear + 1, 1, 1);
    for (LocalDate date = LocalDate.of(firstYear, 1, 1);
        date.isBefore(end);
        date = date.plusDays(1)) {
      Set<String> texts = new LinkedHashSet<>();
      int[] ways = random.ints(0, formats.size()).distinct().limit(waysPerDate).toArray();
      for (int way : ways) {
        texts.add(formats.get(way).format(date));
      }
      for (String text : texts) {
        pairs.add(new TextPair(text, date.toString()));
      }
    }
    return pairs;
  }

  /**
   * A date as each locale writes it, in the style FULL.
   *
   * @param date any date
   * @return 20 texts
   */
  public static List<String> inAllLocales(LocalDate date) {
    requireLocales();
    return LOCALES.stream()
        .map(
            locale ->
                DateTimeFormatter.ofLocalizedDate(FormatStyle.FULL).withLocale(locale).format(date))
        .toList();
  }

  private static List<DateTimeFormatter> formats() {
    return LOCALES.stream()
        .flatMap(
            locale ->
                STYLES.stream()
                    .map(style -> DateTimeFormatter.ofLocalizedDate(style).withLocale(locale)))
        .toList();
  }

  private static void requireLocales() {
    Set<Locale> available = Set.copyOf(Arrays.asList(Locale.getAvailableLocales()));
    String missing =
        LOCALES.stream()
            .filter(locale -> !available.contains(locale))
            .map(Locale::toLanguageTag)
            .collect(Collectors.joining(", "));
    if (!missing.isEmpty()) {
      throw new IllegalStateException(
          "This Java runtime has no data for the locales %s. Use a full JDK, or one with the module jdk.localedata."
              .formatted(missing));
    }
  }
}
