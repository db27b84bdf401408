package io.github.recurrentzoo.datasets;

import com.ibm.icu.text.DisplayContext;
import com.ibm.icu.text.LocaleDisplayNames;
import com.ibm.icu.util.Currency;
import com.ibm.icu.util.ULocale;
import io.github.recurrentzoo.zoo.classification.LabeledText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Short phrases in 48 languages, each with the English name of its language: what languages,
 * countries and currencies are called there. Only phrases that occur in one of the languages.
 *
 * <p>The data are the locales of the Unicode CLDR as ICU4J 78.1 brings them (Unicode License v3).
 * They have no split of their own: the preset keeps a tenth for its report, drawn by its seed.
 */
public final class LanguageNames {
  private static final List<String> LANGUAGES =
      List.of(
          "af", "ar", "bg", "bn", "ca", "cs", "da", "de", "el", "en", "es", "et", "eu", "fa", "fi",
          "fr", "he", "hi", "hr", "hu", "hy", "id", "is", "it", "ja", "ka", "ko", "lt", "lv", "mk",
          "nb", "nl", "pl", "pt", "ro", "ru", "sk", "sl", "sq", "sr", "sv", "ta", "th", "tr", "uk",
          "ur", "vi", "zh");

  private LanguageNames() {}

  /** Reads the phrases, by language and alphabet. */
  public static List<LabeledText> read() {
    Map<String, List<String>> byLanguage = new LinkedHashMap<>();
    Map<String, Integer> languagesOf = new HashMap<>();
    for (String language : LANGUAGES) {
      List<String> phrases = phrases(new ULocale(language));
      byLanguage.put(ULocale.getDisplayLanguage(language, ULocale.ENGLISH), phrases);
      phrases.stream()
          .map(LanguageNames::key)
          .distinct()
          .forEach(phrase -> languagesOf.merge(phrase, 1, Integer::sum));
    }
    List<LabeledText> rows = new ArrayList<>();
    byLanguage.forEach(
        (language, phrases) ->
            phrases.stream()
                .filter(phrase -> languagesOf.get(key(phrase)) == 1)
                .map(phrase -> new LabeledText(phrase, language))
                .forEach(rows::add));
    return rows;
  }

  /** Capitals make no other phrase. */
  private static String key(String phrase) {
    return phrase.toLowerCase(Locale.ROOT);
  }

  private static List<String> phrases(ULocale locale) {
    LocaleDisplayNames names = LocaleDisplayNames.getInstance(locale, DisplayContext.NO_SUBSTITUTE);
    return Stream.of(
            Stream.of(ULocale.getISOLanguages()).map(names::languageDisplayName),
            Stream.of(ULocale.getISOCountries()).map(names::regionDisplayName),
            Currency.getAvailableCurrencies().stream().map(currency -> name(currency, locale)))
        .flatMap(each -> each)
        .filter(name -> name != null && !name.isBlank())
        .distinct()
        .sorted(Comparator.naturalOrder())
        .toList();
  }

  /** Null if the language has no name for it. */
  private static String name(Currency currency, ULocale locale) {
    String name = currency.getName(locale, Currency.LONG_NAME, null);
    return name.equals(currency.getCurrencyCode()) ? null : name;
  }
}
