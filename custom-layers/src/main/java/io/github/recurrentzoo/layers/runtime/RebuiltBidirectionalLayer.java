package io.github.recurrentzoo.layers.runtime;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.layers.recurrent.BidirectionalLayer;

/** Deeplearning4j's Bidirectional, with layers of ours within. */
class RebuiltBidirectionalLayer extends BidirectionalLayer {

  private static final long serialVersionUID = 1L;

  private final transient Layer forwards;
  private final transient Layer backwards;

  /** Takes the place of {@code plain}, with layers upon its parameters. */
  RebuiltBidirectionalLayer(BidirectionalLayer plain, Layer forwards, Layer backwards) {
    super(plain.conf(), forwards, backwards, plain.params());
    this.forwards = forwards;
    this.backwards = backwards;
    if (plain.getGradientsViewArray() != null) {
      setBackpropGradientsViewArray(plain.getGradientsViewArray());
    }
    setIterationCount(plain.getIterationCount());
    setEpochCount(plain.getEpochCount());
    setMaskArray(plain.getMaskArray());
  }

  Layer forwards() {
    return forwards;
  }

  Layer backwards() {
    return backwards;
  }
}
