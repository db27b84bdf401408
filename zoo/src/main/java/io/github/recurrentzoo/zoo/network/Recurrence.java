package io.github.recurrentzoo.zoo.network;

import io.github.recurrentzoo.layers.Gru;
import io.github.recurrentzoo.layers.Rrnn;
import io.github.recurrentzoo.layers.StateCarry;
import java.util.Map;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;

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

  RecurrentLayers layers(SequenceVertices vertices) {
    return switch (this) {
      case SIMPLE_RNN -> new StandardLayers(SimpleRnn.Builder::new, vertices);
      case LSTM ->
          new StandardLayers(org.deeplearning4j.nn.conf.layers.LSTM.Builder::new, vertices);
      case GRU -> new OwnLayers(Gru.Builder::new);
      case RRNN -> new OwnLayers(Rrnn.Builder::new);
      case RRNN_UPDATED -> new OwnLayers(() -> new Rrnn.Builder().stateCarry(StateCarry.UPDATED));
    };
  }
}
