package io.github.recurrentzoo.examples;

import io.github.recurrentzoo.layers.StateCarry;
import io.github.recurrentzoo.zoo.NetworkOptions;
import io.github.recurrentzoo.zoo.Recurrence;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.nd4j.linalg.activations.Activation;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of the command line that shape a network, the same in each example. */
public final class NetworkArguments {

  private static final String DEFAULT = "(default: ${DEFAULT-VALUE})";

  @Option(
      names = "--recurrence",
      paramLabel = "NAME",
      defaultValue = "lstm",
      converter = RecurrenceConverter.class,
      description = "simple-rnn, lstm or rrnn " + DEFAULT + ".")
  Recurrence recurrence;

  @Option(
      names = "--state-carry",
      paramLabel = "NAME",
      defaultValue = "main",
      description = "Which state rrnn carries on: main or updated " + DEFAULT + ".")
  StateCarry stateCarry;

  @Option(
      names = "--layers",
      paramLabel = "N",
      defaultValue = "1",
      description = "Recurrent layers " + DEFAULT + ".")
  int layers;

  @Option(
      names = "--hidden-size",
      paramLabel = "N",
      defaultValue = "64",
      description = "Units of each layer " + DEFAULT + ".")
  int hiddenSize;

  @Option(
      names = "--bidirectional",
      negatable = true,
      defaultValue = "false",
      fallbackValue = "true",
      description = "Read in both directions.")
  boolean bidirectional;

  @Option(
      names = "--activation",
      paramLabel = "NAME",
      defaultValue = "tanh",
      converter = ActivationConverter.class,
      description =
          "Activation of the recurrent layers: tanh, sigmoid, relu, leakyrelu, elu, hardtanh ... "
              + DEFAULT
              + ".")
  Activation activation;

  @Option(
      names = "--drop-out",
      paramLabel = "X",
      defaultValue = "0",
      description = "Fraction of each layer's inputs to drop while training " + DEFAULT + ".")
  double dropOut;

  @Option(
      names = "--l1",
      paramLabel = "X",
      defaultValue = "0",
      description = "L1 penalty on weights " + DEFAULT + ".")
  double l1;

  @Option(
      names = "--l2",
      paramLabel = "X",
      defaultValue = "0",
      description = "L2 penalty on weights " + DEFAULT + ".")
  double l2;

  @Option(
      names = "--clip-norm",
      paramLabel = "X",
      defaultValue = "0",
      description = "Clip a layer's gradient to this norm; 0 is off " + DEFAULT + ".")
  double clipNorm;

  @Option(
      names = "--clip-value",
      paramLabel = "X",
      defaultValue = "0",
      description = "Clip each number of the gradient; 0 is off " + DEFAULT + ".")
  double clipValue;

  /** The options of a run without arguments. */
  public NetworkArguments() {}

  /** In the words of the command line; the library speaks of its own options. */
  private void check() {
    TrainingChecks.range("--layers", layers, 1, 16);
    TrainingChecks.range("--hidden-size", hiddenSize, 1, 4096);
    if (!(dropOut >= 0 && dropOut < 1)) {
      throw new BadOptionException(
          "--drop-out must be at least 0 and below 1, but is " + dropOut + ".");
    }
    TrainingChecks.notNegative("--l1", l1);
    TrainingChecks.notNegative("--l2", l2);
    TrainingChecks.notNegative("--clip-norm", clipNorm);
    TrainingChecks.notNegative("--clip-value", clipValue);
    if (clipNorm > 0 && clipValue > 0) {
      throw new BadOptionException("Give --clip-norm or --clip-value, not both.");
    }
    if (stateCarry != StateCarry.MAIN && recurrence != Recurrence.RRNN) {
      throw new BadOptionException(
          "--state-carry is a choice of rrnn, but --recurrence is " + recurrenceName() + ".");
    }
  }

  /** Sets a builder's options, all but updater and seed. */
  <B extends NetworkOptions<B>> B apply(B builder) {
    check();
    return builder
        .recurrence(recurrence)
        .stateCarry(stateCarry)
        .layers(layers)
        .hiddenSize(hiddenSize)
        .bidirectional(bidirectional)
        .activation(activation)
        .dropOut(dropOut)
        .l1(l1)
        .l2(l2)
        .clipGradientNorm(clipNorm)
        .clipGradientValue(clipValue);
  }

  /** The recurrence as the command line writes it. */
  String recurrenceName() {
    return name(recurrence);
  }

  static String name(Recurrence recurrence) {
    return recurrence.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** For the name of a file: the recurrence, and the number of layers if there are several. */
  String fileName() {
    return recurrenceName() + (layers == 1 ? "" : "-" + layers + "-layers");
  }

  /** For people: "lstm (2 recurrent layers of 64 units, both directions)". */
  String inWords() {
    return String.format(
        Locale.ROOT,
        "%s (%d recurrent %s of %d units%s)",
        recurrenceName(),
        layers,
        layers == 1 ? "layer" : "layers",
        hiddenSize,
        bidirectional ? ", both directions" : "");
  }

  /** Takes simple-rnn, SimpleRnn and SIMPLE_RNN alike. */
  static final class RecurrenceConverter implements ITypeConverter<Recurrence> {
    @Override
    public Recurrence convert(String value) {
      for (Recurrence recurrence : Recurrence.values()) {
        if (letters(recurrence.name()).equals(letters(value))) {
          return recurrence;
        }
      }
      throw new TypeConversionException(
          "expected simple-rnn, lstm or rrnn, but was '" + value + "'");
    }
  }

  /** Takes the names of Deeplearning4j's activations, in small letters too. */
  static final class ActivationConverter implements ITypeConverter<Activation> {
    @Override
    public Activation convert(String value) {
      for (Activation activation : Activation.values()) {
        if (letters(activation.name()).equals(letters(value))) {
          return activation;
        }
      }
      throw new TypeConversionException(
          "expected one of "
              + Arrays.stream(Activation.values())
                  .map(activation -> activation.name().toLowerCase(Locale.ROOT))
                  .collect(Collectors.joining(", "))
              + ", but was '"
              + value
              + "'");
    }
  }

  private static String letters(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
  }
}
