package io.github.recurrentzoo.zoo.report;

import java.util.List;

/**
 * What whoever gets a model has to know of it, beside its figures. {@value #MODEL} in a program or
 * command stands for where the model lies.
 *
 * @param purpose what it is for, in a sentence
 * @param limits what it does not do, or does badly, a sentence each
 * @param java a program that loads and asks it
 * @param shell a command that asks it
 */
public record ModelCard(String purpose, List<String> limits, String java, String shell) {
  /** Stands for the path of the model. */
  public static final String MODEL = "{model}";

  /** Keeps a copy of the list. */
  public ModelCard {
    limits = List.copyOf(limits);
  }

  /** The same with the model's path. */
  ModelCard at(String model) {
    String inJava = model.replace("\\", "\\\\").replace("\"", "\\\"");
    String inShell =
        model.matches("[\\w./:\\\\-]+") ? model : "'" + model.replace("'", "'\\''") + "'";
    return new ModelCard(
        purpose, limits, java.replace(MODEL, inJava), shell.replace(MODEL, inShell));
  }
}
