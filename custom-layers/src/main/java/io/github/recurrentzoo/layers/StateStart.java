package io.github.recurrentzoo.layers;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * How the weights begin through which a recurrent layer carries its state from step to step: W_hh
 * of an {@link Rrnn} with {@link StateCarry#MAIN} and of a SimpleRnn ({@link StateInit}), W_h'h
 * with {@link StateCarry#UPDATED}. It decides what the layer can remember, more than its equations
 * do. Some take a number, the scale.
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
   * The identity times the scale: below 1 the state fades by that factor in each step, which the
   * same paper uses (0.01) where little is to be remembered.
   */
  SCALED_IDENTITY {
    @Override
    INDArray values(INDArray like, double scale) {
      return IDENTITY.values(like, scale).muli(scale);
    }
  },
  /**
   * Unit j of H keeps the share d_j = 1 - 1 / tau_j of its state in each step, where tau_j = scale
   * to the power of (j + 1/2) / H: from units that forget at once to some that remember for as many
   * steps as the scale says. Beside the diagonal stand small random numbers, of the deviation
   * {@value #NOISE} sqrt((1 - d_j^2) / H). The weights from the input to unit j are multiplied by
   * sqrt(1 - d_j^2), so that the states begin with one size whatever their time scale. For
   * activations that are linear above 0; RELU6 keeps states bounded as well.
   *
   * <p>Time scales spread like this are those of Tallec and Ollivier 2018, "Can recurrent neural
   * networks warp time?", arXiv:1804.11188, for the gates of LSTM and GRU.
   */
  TIME_SCALES {
    @Override
    INDArray values(INDArray like, double scale) {
      int size = like.rows();
      INDArray noise = Nd4j.randn(like.dataType(), size, size);
      INDArray factors = inputFactors(like, scale).muli(NOISE / Math.sqrt(size));
      INDArray values = noise.muliRowVector(factors);
      for (int j = 0; j < size; j++) {
        values.putScalar(j, j, kept(j, size, scale));
      }
      return values;
    }

    @Override
    INDArray inputFactors(INDArray like, double scale) {
      int size = like.columns();
      INDArray factors = Nd4j.create(like.dataType(), 1, size);
      for (int j = 0; j < size; j++) {
        double kept = kept(j, size, scale);
        factors.putScalar(0, j, Math.sqrt(1 - kept * kept));
      }
      return factors;
    }

    private double kept(int unit, int units, double scale) {
      return 1 - Math.pow(scale, -(unit + 0.5) / units);
    }
  };

  /** The scale of {@link #TIME_SCALES} where none is given, in steps. */
  public static final double LONGEST_TIME_SCALE = 400;

  static final double NOISE = 0.01;

  /** The first values of a square matrix. */
  abstract INDArray values(INDArray like, double scale);

  /** What the weights from the input are multiplied by, a row of one number for each unit. */
  INDArray inputFactors(INDArray like, double scale) {
    return Nd4j.ones(like.dataType(), 1, like.size(1));
  }

  /**
   * The scale that holds where one is given, or 0 for none.
   *
   * @throws IllegalArgumentException if this start needs one, or takes none, or it is out of range
   */
  public double scale(double given) {
    boolean valid =
        switch (this) {
          case ORTHOGONAL, IDENTITY -> given == 0;
          case SCALED_IDENTITY -> given > 0 && given < Double.POSITIVE_INFINITY;
          case TIME_SCALES -> given == 0 || (given > 1 && given < Double.POSITIVE_INFINITY);
        };
    if (!valid) {
      throw new IllegalArgumentException(
          "stateScale = "
              + given
              + " with stateStart "
              + this
              + "; SCALED_IDENTITY needs a factor above 0, TIME_SCALES takes a number of steps"
              + " above 1, the others take none");
    }
    return this == TIME_SCALES && given == 0 ? LONGEST_TIME_SCALE : given;
  }
}
