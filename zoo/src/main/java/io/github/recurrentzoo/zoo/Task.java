package io.github.recurrentzoo.zoo;

import java.util.Locale;

/** What the networks of this zoo are trained for, each with a pipeline of its own. */
public enum Task {
  /** A text has one of several labels: {@link TextClassifier}. */
  TEXT_CLASSIFICATION(TextClassifier.class),

  /** Time series go on: {@link Forecaster}. */
  FORECASTING(Forecaster.class),

  /** A text goes on: {@link TextGenerator}. */
  TEXT_GENERATION(TextGenerator.class),

  /** A text becomes another one: {@link SequenceTranslator}. */
  SEQUENCE_TO_SEQUENCE(SequenceTranslator.class);

  private final Class<?> pipeline;

  Task(Class<?> pipeline) {
    this.pipeline = pipeline;
  }

  /** The name in model files and commands, such as {@code text-classification}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** For people, such as "text classification". */
  public String inWords() {
    return id().replace('-', ' ');
  }

  /** The class that trains and asks such networks. */
  public Class<?> pipeline() {
    return pipeline;
  }
}
