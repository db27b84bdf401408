package io.github.recurrentzoo.layers;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * How the weights begin through which an {@link Rrnn} carries its state from step to step: W_hh
 * with {@link StateCarry#MAIN}, W_h'h with {@link StateCarry#UPDATED}. It decides what the layer
 * can remember, more than its equations do.
 */
public enum StateStart {
  /**
   * Orthogonal, each singular value 1: neither grows nor vanishes as long as the activation is in
   * its linear part. Saxe, McClelland, Ganguli 2014, "Exact solutions to the nonlinear dynamics of
   * learning in deep linear neural networks", arXiv:1312.6120.
   */
  ORTHOGONAL {
    @Override
    INDArray values(INDArray like, double scale) {
      long[] shape = like.shape();
      INDArray room = Nd4j.create(like.dataType(), like.length());
      return new OrthogonalInit().init((double) shape[0], (double) shape[1], shape, 'c', room);
    }
  },
  /**
   * The identity: with RELU, and without input, the state stays as it is. Le, Jaitly, Hinton 2015,
   * "A simple way to initialize recurrent networks of rectified linear units", arXiv:1504.00941.
   */
  IDENTITY {
    @Override
    INDArray values(INDArray like, double scale) {
      return Nd4j.eye(like.size(0)).castTo(like.dataType());
    }
  },
  /**
   * The identity times a number, {@link Rrnn.Builder#stateScale}: below 1 the state fades by that
   * factor in each step, which the same paper uses (0.01) where little is to be remembered.
   */
  SCALED_IDENTITY {
    @Override
    INDArray values(INDArray like, double scale) {
      return IDENTITY.values(like, scale).muli(scale);
    }
  };

  /** The first values of a square matrix. */
  abstract INDArray values(INDArray like, double scale);
}
