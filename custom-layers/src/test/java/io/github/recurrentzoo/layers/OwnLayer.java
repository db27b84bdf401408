package io.github.recurrentzoo.layers;

import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The recurrent layers of this library: what all of them can do is tested over this list. */
enum OwnLayer {
  RRNN_MAIN {
    @Override
    RecurrentSameDiffLayer.Builder<?> builder() {
      return new Rrnn.Builder().stateCarry(StateCarry.MAIN);
    }

    @Override
    PlainRecurrence plain(RecurrentSameDiffLayer conf, Map<String, INDArray> params) {
      return new PlainRrnn((Rrnn) conf, params);
    }
  },
  RRNN_UPDATED {
    @Override
    RecurrentSameDiffLayer.Builder<?> builder() {
      return new Rrnn.Builder().stateCarry(StateCarry.UPDATED);
    }

    @Override
    PlainRecurrence plain(RecurrentSameDiffLayer conf, Map<String, INDArray> params) {
      return new PlainRrnn((Rrnn) conf, params);
    }
  },
  GRU {
    @Override
    RecurrentSameDiffLayer.Builder<?> builder() {
      return new Gru.Builder();
    }

    @Override
    PlainRecurrence plain(RecurrentSameDiffLayer conf, Map<String, INDArray> params) {
      return new PlainGru((Gru) conf, params);
    }
  };

  /** With the defaults. */
  abstract RecurrentSameDiffLayer.Builder<?> builder();

  abstract PlainRecurrence plain(RecurrentSameDiffLayer conf, Map<String, INDArray> params);

  /** The same equations in plain Java, with the parameters of a layer in a network. */
  PlainRecurrence plain(Layer layer) {
    return plain((RecurrentSameDiffLayer) layer.conf().getLayer(), layer.paramTable());
  }
}
