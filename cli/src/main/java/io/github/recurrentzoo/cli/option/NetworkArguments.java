package io.github.recurrentzoo.cli.option;

import io.github.recurrentzoo.cli.console.BadOptionException;
import io.github.recurrentzoo.cli.console.RecurrenceConverter;
import io.github.recurrentzoo.zoo.network.NetworkOptions;
import io.github.recurrentzoo.zoo.network.Recurrence;
import picocli.CommandLine.Option;

/** The options of the command line that make a network, the same for each command. */
public final class NetworkArguments extends ShapeArguments {

  @Option(
      names = "--recurrence",
      paramLabel = "NAME",
      defaultValue = "lstm",
      converter = RecurrenceConverter.class,
      completionCandidates = RecurrenceConverter.Names.class,
      description = "What a recurrent layer computes: ${COMPLETION-CANDIDATES} " + DEFAULT + ".")
  public Recurrence recurrence;

  /** The options of a run without arguments. */
  public NetworkArguments() {}

  /** Sets a builder's options, all but updater and seed. */
  public <B extends NetworkOptions<B>> B apply(B builder) {
    applyOutput(applyStart(applyShape(builder))).recurrence(recurrence);
    try {
      builder.build().configuration();
    } catch (IllegalArgumentException e) {
      throw new BadOptionException(
          e.getMessage(), e); // such as an activation that the recurrence cannot have
    }
    return builder;
  }

  /** The recurrence as the command line writes it. */
  public String recurrenceName() {
    return RecurrenceConverter.name(recurrence);
  }

  /** For the name of a file: the recurrence, and the number of layers if there are several. */
  String fileName() {
    return recurrenceName() + (layers == 1 ? "" : "-" + layers + "-layers");
  }

  /** For people: "LSTM (2 recurrent layers of 64 units, both directions)". */
  public String inWords() {
    return recurrence.title() + " (" + shapeInWords() + ")";
  }
}
