package io.github.recurrentzoo.layers.kernel;

import java.util.Optional;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationHardSigmoid;
import org.nd4j.linalg.activations.impl.ActivationHardTanH;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU6;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftSign;
import org.nd4j.linalg.activations.impl.ActivationTanH;

/**
 * The activations that kernels know: those whose slope follows from their value, so that a tape
 * need not hold what went in. The values are those of Deeplearning4j's activations of the same
 * names.
 */
public enum CellActivation {
  /** {@code tanh(z)}. */
  TANH {
    @Override
    public double apply(double z) {
      return Math.tanh(z);
    }

    @Override
    public double slope(double y) {
      return 1 - y * y;
    }
  },
  /** {@code 1 / (1 + exp(-z))}. */
  SIGMOID {
    @Override
    public double apply(double z) {
      return 1 / (1 + Math.exp(-z));
    }

    @Override
    public double slope(double y) {
      return y * (1 - y);
    }
  },
  /** {@code min(1, max(0, 0.2 z + 0.5))}. */
  HARDSIGMOID {
    @Override
    public double apply(double z) {
      return Math.min(1, Math.max(0, 0.2 * z + 0.5));
    }

    @Override
    public double slope(double y) {
      return y > 0 && y < 1 ? 0.2 : 0;
    }
  },
  /** {@code min(1, max(-1, z))}. */
  HARDTANH {
    @Override
    public double apply(double z) {
      return Math.min(1, Math.max(-1, z));
    }

    @Override
    public double slope(double y) {
      return y > -1 && y < 1 ? 1 : 0;
    }
  },
  /** {@code max(0, z)}. */
  RELU {
    @Override
    public double apply(double z) {
      return Math.max(0, z);
    }

    @Override
    public double slope(double y) {
      return y > 0 ? 1 : 0;
    }
  },
  /** {@code min(6, max(0, z))}. */
  RELU6 {
    @Override
    public double apply(double z) {
      return Math.min(6, Math.max(0, z));
    }

    @Override
    public double slope(double y) {
      return y > 0 && y < 6 ? 1 : 0;
    }
  },
  /** {@code z} above 0, {@code 0.01 z} below. */
  LEAKYRELU {
    @Override
    public double apply(double z) {
      return z > 0 ? z : ActivationLReLU.DEFAULT_ALPHA * z;
    }

    @Override
    public double slope(double y) {
      return y > 0 ? 1 : ActivationLReLU.DEFAULT_ALPHA;
    }
  },
  /** {@code z / (1 + |z|)}. */
  SOFTSIGN {
    @Override
    public double apply(double z) {
      return z / (1 + Math.abs(z));
    }

    @Override
    public double slope(double y) {
      double rest = 1 - Math.abs(y);
      return rest * rest;
    }
  },
  /** {@code z}. */
  IDENTITY {
    @Override
    public double apply(double z) {
      return z;
    }

    @Override
    public double slope(double y) {
      return 1;
    }
  };

  /** The activation of z. */
  public abstract double apply(double z);

  /** The derivative at the point where the activation is y. */
  public abstract double slope(double y);

  /** The one that computes what {@code activation} does; empty for one that kernels do not know. */
  public static Optional<CellActivation> of(IActivation activation) {
    Class<?> type = activation.getClass(); // a subclass may compute something else
    CellActivation known = null;
    if (type == ActivationTanH.class) {
      known = TANH;
    } else if (type == ActivationSigmoid.class) {
      known = SIGMOID;
    } else if (type == ActivationHardSigmoid.class) {
      known = HARDSIGMOID;
    } else if (type == ActivationHardTanH.class) {
      known = HARDTANH;
    } else if (type == ActivationReLU.class) {
      known = RELU;
    } else if (type == ActivationReLU6.class) {
      known = RELU6;
    } else if (type == ActivationLReLU.class
        && ((ActivationLReLU) activation).getAlpha() == ActivationLReLU.DEFAULT_ALPHA) {
      known = LEAKYRELU;
    } else if (type == ActivationSoftSign.class) {
      known = SOFTSIGN;
    } else if (type == ActivationIdentity.class) {
      known = IDENTITY;
    }
    return Optional.ofNullable(known);
  }
}
