package io.github.recurrentzoo.zoo.network;

import io.github.recurrentzoo.layers.Gru;
import io.github.recurrentzoo.layers.Rrnn;
import io.github.recurrentzoo.layers.StateCarry;
import io.github.recurrentzoo.layers.StateInit;
import io.github.recurrentzoo.layers.StateStart;
import java.util.Map;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.nd4j.linalg.activations.Activation;

/**
 * The recurrence of a network: what one recurrent layer computes from step to step. A task of the
 * zoo takes any of them.
 *
 * <p>A bidirectional layer runs a second copy, with weights of its own, from the end to the
 * beginning and puts both outputs side by side.
 */
public enum Recurrence {
  /**
   * The plain (Elman) network, Deeplearning4j's own layer: {@code h_t = f(W_hh h_{t-1} + W_xh x_t +
   * b_h)}.
   */
  SIMPLE_RNN("SimpleRnn"),

  /**
   * Long short-term memory without peepholes, Deeplearning4j's own layer; the bias of its forget
   * gate starts at 1.
   */
  LSTM("LSTM"),

  /**
   * Long short-term memory with peepholes, through which the gates see the memory: Graves 2013,
   * "Generating sequences with recurrent neural networks", arXiv:1308.0850; Deeplearning4j's own
   * {@code GravesLSTM}. There is no kernel for it, so that it runs on Deeplearning4j's code,
   * several times slower than {@link #LSTM}. It cannot be trained by truncated BPTT, where that
   * code has wrong gradients.
   */
  PEEPHOLE_LSTM("Peephole LSTM"),

  /** The gated recurrent unit that resets after the product, {@link Gru}. */
  GRU("GRU"),

  /** The dual recurrence of {@link Rrnn}, which carries h_t from step to step. */
  RRNN("RRNN"),

  /** The same, but what is carried is the updated state h'_t: {@link StateCarry#UPDATED}. */
  RRNN_UPDATED("RRNN, updated");

  private final String title;

  Recurrence(String title) {
    this.title = title;
  }

  /** Its name in tables and pictures, as people write it. */
  public String title() {
    return title;
  }

  /**
   * The recurrence of a network that is described by the options of its entry, as {@link
   * io.github.recurrentzoo.zoo.preset.Preset#architecture} and {@link RecurrentZooModel#describe}
   * give them.
   *
   * @throws IllegalArgumentException if they name none of this zoo
   */
  public static Recurrence of(Map<String, Object> architecture) {
    return valueOf(String.valueOf(architecture.get("recurrence")));
  }

  /** The activation of the state where none is chosen. */
  Activation activation() {
    return this == RRNN ? Activation.RELU6 : Activation.TANH;
  }

  /** The activation of the output where none is chosen; null where the output is the state. */
  Activation outputActivation() {
    return this == RRNN || this == RRNN_UPDATED ? Activation.IDENTITY : null;
  }

  /** How the weights begin that carry the state where nothing is chosen; null for as others. */
  StateStart stateStart() {
    return switch (this) {
      case RRNN -> StateStart.TIME_SCALES;
      case RRNN_UPDATED -> StateStart.ORTHOGONAL;
      default -> null;
    };
  }

  /** Whether the start of the weights that carry the state can be chosen. */
  boolean choosesStateStart() {
    return this == SIMPLE_RNN || stateStart() != null;
  }

  RecurrentLayers layers(SequenceVertices vertices) {
    return switch (this) {
      case SIMPLE_RNN -> new StandardLayers(Recurrence::simpleRnn, vertices);
      case LSTM ->
          new StandardLayers(
              spec -> new org.deeplearning4j.nn.conf.layers.LSTM.Builder(), vertices);
      case PEEPHOLE_LSTM -> new StandardLayers(spec -> peepholeLstm(), vertices);
      case GRU -> new OwnLayers(spec -> new Gru.Builder());
      case RRNN -> new OwnLayers(spec -> rrnn(spec, StateCarry.MAIN));
      case RRNN_UPDATED -> new OwnLayers(spec -> rrnn(spec, StateCarry.UPDATED));
    };
  }

  @SuppressWarnings("deprecation") // Deeplearning4j advises the LSTM for its cuDNN code
  private static BaseRecurrentLayer.Builder<?> peepholeLstm() {
    return new org.deeplearning4j.nn.conf.layers.GravesLSTM.Builder();
  }

  /** Whether gradients are right that go back over a part of a sequence only. */
  public boolean servesTruncatedBptt() {
    return this != PEEPHOLE_LSTM;
  }

  private static SimpleRnn.Builder simpleRnn(RecurrentSpec spec) {
    SimpleRnn.Builder builder = new SimpleRnn.Builder();
    if (spec.stateStart() != null) {
      builder.weightInit(StateInit.input(spec.stateStart(), spec.stateScale()));
      builder.weightInitRecurrent(StateInit.recurrent(spec.stateStart(), spec.stateScale()));
    }
    return builder;
  }

  private static Rrnn.Builder rrnn(RecurrentSpec spec, StateCarry carry) {
    Rrnn.Builder builder =
        new Rrnn.Builder()
            .stateCarry(carry)
            .outputActivation(spec.outputActivation())
            .stateScale(spec.stateScale());
    return spec.stateStart() == StateStart.ORTHOGONAL
        ? builder // as all its recurrent weights begin
        : builder.stateStart(spec.stateStart());
  }
}
