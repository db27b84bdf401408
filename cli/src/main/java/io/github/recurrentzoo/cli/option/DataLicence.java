package io.github.recurrentzoo.cli.option;

import java.util.Map;

/** The licences of the data that the artifact recurrent-zoo-datasets holds, for model cards. */
public final class DataLicence {
  private static final Map<String, String> BY_SOURCE =
      Map.of(
          "WordNet 3.1, definitions",
          "WordNet 3.1 licence (free use with notice), Princeton University",
          "dates",
          "Unicode License v3",
          "words",
          "free use with notice, University of Edinburgh (CSTR)",
          "seattle-weather.csv",
          "public domain",
          "co2-concentration.csv",
          "CC BY 4.0",
          "us-births.csv",
          "PDDL 1.0, contents CC0 1.0",
          "us-unemployment.csv",
          "public domain (a work of the United States government)",
          "Brown corpus",
          "redistribution permitted, Brown University");

  private DataLicence() {}

  /** Empty for data of the user's. */
  public static String of(Object source) {
    return BY_SOURCE.getOrDefault(String.valueOf(source), "");
  }
}
