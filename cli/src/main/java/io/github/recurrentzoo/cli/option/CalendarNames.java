package io.github.recurrentzoo.cli.option;

import io.github.recurrentzoo.cli.console.BadOptionException;
import io.github.recurrentzoo.zoo.series.CalendarFeature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The calendar features as the command line writes them, for completion, too. */
public final class CalendarNames extends ArrayList<String> {
  private static final long serialVersionUID = 1L;
  private static final String NONE = "none";

  /** All, and none. */
  public CalendarNames() {
    super(Arrays.stream(CalendarFeature.values()).map(CalendarNames::name).toList());
    add(NONE);
  }

  /** The features of these names. */
  public static List<CalendarFeature> features(List<String> names) {
    return names.size() == 1 && names.get(0).equalsIgnoreCase(NONE)
        ? List.of()
        : names.stream().map(CalendarNames::feature).toList();
  }

  private static CalendarFeature feature(String name) {
    String plain = name.strip().toLowerCase(Locale.ROOT).replace('_', '-');
    return Arrays.stream(CalendarFeature.values())
        .filter(feature -> name(feature).equals(plain))
        .findFirst()
        .orElseThrow(
            () ->
                new BadOptionException(
                    "--calendar-features knows %s and none, but not \"%s\"."
                        .formatted(
                            String.join(
                                ", ",
                                Arrays.stream(CalendarFeature.values())
                                    .map(CalendarNames::name)
                                    .toList()),
                            name)));
  }

  private static String name(CalendarFeature feature) {
    return feature.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
