package io.github.recurrentzoo.cli.console;

/**
 * Options of a command that reads one series: the help leaves out what is for several, which is
 * refused then.
 */
public interface ForOneSeries {
  /** What the help says of {@code --dataset}. */
  String DATASETS =
      "One of the zoo's own series: seattle (daily weather), co2 (monthly) or births (daily).";
}
