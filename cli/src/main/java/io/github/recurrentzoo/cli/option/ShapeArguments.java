package io.github.recurrentzoo.cli.option;

import io.github.recurrentzoo.cli.console.BadOptionException;
import io.github.recurrentzoo.layers.StateStart;
import io.github.recurrentzoo.zoo.network.NetworkOptions;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.nd4j.linalg.activations.Activation;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of the command line that shape a network, whichever its recurrence. */
public abstract class ShapeArguments {

  static final String DEFAULT = "(default: ${DEFAULT-VALUE})";

  @Option(
      names = "--layers",
      paramLabel = "N",
      defaultValue = "1",
      description = "Number of recurrent layers " + DEFAULT + ".")
  int layers;

  @Option(
      names = "--hidden-size",
      paramLabel = "N",
      defaultValue = "64",
      description = "Units of each recurrent layer " + DEFAULT + ".")
  public int hiddenSize;

  @Option(
      names = "--bidirectional",
      negatable = true,
      defaultValue = "false",
      fallbackValue = "true",
      description = "Use bidirectional layers.")
  public boolean bidirectional;

  @Option(
      names = "--activation",
      paramLabel = "NAME",
      converter = ActivationConverter.class,
      description =
          "Activation of the recurrent layers: tanh, sigmoid, relu, relu6, leakyrelu, elu, hardtanh ... (default: relu6 for rrnn, tanh for the others).")
  Activation activation;

  @Option(
      names = "--output-activation",
      paramLabel = "NAME",
      converter = ActivationConverter.class,
      description = "Activation of the output of rrnn (default: identity).")
  Activation outputActivation;

  @Option(
      names = "--state-start",
      paramLabel = "NAME",
      converter = StateStartConverter.class,
      description =
          "How the weights begin that carry the state of simple-rnn, rrnn and rrnn-updated: orthogonal, identity, scaled-identity or time-scales (default: time-scales for rrnn, orthogonal for rrnn-updated; for simple-rnn as its other weights).")
  StateStart stateStart;

  @Option(
      names = "--state-scale",
      paramLabel = "X",
      defaultValue = "0",
      description =
          "The factor of --state-start scaled-identity, or the longest of time-scales in steps, 400"
              + " unless given; 0 is none "
              + DEFAULT
              + ".")
  double stateScale;

  @Option(
      names = "--dropout",
      paramLabel = "X",
      defaultValue = "0",
      description =
          "Dropout rate: the fraction of each layer's inputs that is dropped in training "
              + DEFAULT
              + ".")
  public double dropout;

  @Option(
      names = "--l1",
      paramLabel = "X",
      defaultValue = "0",
      description = "L1 regularization of the weights " + DEFAULT + ".")
  double l1;

  @Option(
      names = "--l2",
      paramLabel = "X",
      defaultValue = "0",
      description = "L2 regularization of the weights " + DEFAULT + ".")
  double l2;

  @Option(
      names = "--clip-norm",
      paramLabel = "X",
      defaultValue = "0",
      description = "Clip each layer's gradient to this L2 norm; 0 is off " + DEFAULT + ".")
  public double clipNorm;

  @Option(
      names = "--clip-value",
      paramLabel = "X",
      defaultValue = "0",
      description =
          "Clip each element of the gradient to this absolute value; 0 is off " + DEFAULT + ".")
  double clipValue;

  /** In the words of the command line; the library speaks of its own options. */
  private void check() {
    TrainingChecks.range("--layers", layers, 1, 16);
    TrainingChecks.range("--hidden-size", hiddenSize, 1, 4096);
    if (!(dropout >= 0 && dropout < 1)) {
      throw new BadOptionException(
          "--dropout must be at least 0 and below 1, but is " + dropout + ".");
    }
    TrainingChecks.notNegative("--l1", l1);
    TrainingChecks.notNegative("--l2", l2);
    TrainingChecks.notNegative("--clip-norm", clipNorm);
    TrainingChecks.notNegative("--clip-value", clipValue);
    TrainingChecks.notNegative("--state-scale", stateScale);
    if (clipNorm > 0 && clipValue > 0) {
      throw new BadOptionException("Give --clip-norm or --clip-value, not both.");
    }
  }

  /** Sets how the weights begin that carry the state, which SimpleRnn and RRNN can be told. */
  public <B extends NetworkOptions<B>> B applyStart(B builder) {
    if (stateStart != null) {
      builder.stateStart(stateStart);
    }
    return builder.stateScale(stateScale);
  }

  /** Sets the activation of the output, which RRNN can be told. */
  public <B extends NetworkOptions<B>> B applyOutput(B builder) {
    return outputActivation == null ? builder : builder.outputActivation(outputActivation);
  }

  /** Sets a builder's options, all but recurrence, its state, updater and seed. */
  public <B extends NetworkOptions<B>> B applyShape(B builder) {
    check();
    if (activation != null) {
      builder.activation(activation);
    }
    return builder
        .layers(layers)
        .hiddenSize(hiddenSize)
        .bidirectional(bidirectional)
        .dropout(dropout)
        .l1(l1)
        .l2(l2)
        .clipNorm(clipNorm)
        .clipValue(clipValue);
  }

  /** For people: "2 recurrent layers of 64 units, both directions". */
  String shapeInWords() {
    return String.format(
        Locale.ROOT,
        "%d recurrent %s of %d units%s",
        layers,
        layers == 1 ? "layer" : "layers",
        hiddenSize,
        bidirectional ? ", both directions" : "");
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

  /** Takes time-scales and TIME_SCALES alike. */
  static final class StateStartConverter implements ITypeConverter<StateStart> {
    @Override
    public StateStart convert(String value) {
      for (StateStart start : StateStart.values()) {
        if (letters(start.name()).equals(letters(value))) {
          return start;
        }
      }
      throw new TypeConversionException(
          "expected orthogonal, identity, scaled-identity or time-scales, but was '" + value + "'");
    }
  }

  static String letters(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
  }

  /** These options and no others. */
  public static final class Only extends ShapeArguments {}
}
