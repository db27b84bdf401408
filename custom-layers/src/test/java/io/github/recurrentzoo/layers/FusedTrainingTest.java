package io.github.recurrentzoo.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.dropout.GaussianNoise;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.util.MaskZeroLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** A network with kernels learns what the same network without them learns. */
class FusedTrainingTest {

  private static final int ITERATIONS = 30;

  /** Makes a new layer each time: configurations are not to be shared. */
  interface LayerMaker {
    Layer make();
  }

  /** Some layers; {@code sequence} is whether the last of them has a time axis. */
  record Case(String name, boolean sequence, boolean masked, List<LayerMaker> layers) {
    @Override
    public String toString() {
      return name + (masked ? ", masked" : "");
    }

    Case withMask() {
      return new Case(name, sequence, true, layers);
    }

    Layer[] all() {
      Stream<Layer> output = Stream.of(sequence ? Attached.sequenceOutput() : Attached.output());
      return Stream.concat(layers.stream().map(LayerMaker::make), output).toArray(Layer[]::new);
    }

    DataSet data(int seed) {
      return Attached.data(seed, sequence, masked ? Attached.mask() : null);
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
            sequence("LSTM", () -> Attached.lstm().build(), () -> Attached.lstm().build()),
            sequence(
                "SimpleRnn",
                () -> Attached.simpleRnn().build(),
                () -> Attached.simpleRnn().build()),
            sequence(
                "L2",
                () -> Attached.lstm().l2(0.1).build(),
                () -> Attached.simpleRnn().l2(0.1).build()),
            // Of the first layer alone: which numbers are drawn for it depends on the input's
            // order.
            sequence("LSTM dropout", () -> Attached.lstm().dropOut(0.7).build()),
            sequence("SimpleRnn dropout", () -> Attached.simpleRnn().dropOut(0.7).build()),
            sequence("LSTM noise", () -> Attached.lstm().dropOut(new GaussianNoise(0.1)).build()),
            sequence(
                "LSTM clipped",
                () ->
                    Attached.lstm()
                        .gradientNormalization(GradientNormalization.ClipL2PerLayer)
                        .gradientNormalizationThreshold(0.01)
                        .build()),
            lastStep(
                "LastTimeStep(LSTM)",
                () -> Attached.simpleRnn().build(),
                () -> new LastTimeStep(Attached.lstm().build())),
            lastStep(
                "LastTimeStep(SimpleRnn)",
                () -> Attached.lstm().build(),
                () -> new LastTimeStep(Attached.simpleRnn().build())),
            lastStep(
                "LastTimeStep(LSTM) dropout",
                () -> new LastTimeStep(Attached.lstm().dropOut(0.7).build())),
            lastStep("LastTimeStep(LSTM) alone", () -> new LastTimeStep(Attached.lstm().build())),
            sequence(
                "MaskZero",
                () -> new MaskZeroLayer(Attached.lstm().build(), 0),
                () -> Attached.simpleRnn().build()),
            sequence(
                "Frozen",
                () -> new FrozenLayer(Attached.lstm().build()),
                () -> Attached.lstm().build()),
            sequence(
                "FrozenWithBackprop",
                () -> Attached.lstm().build(),
                () -> new FrozenLayerWithBackprop(Attached.lstm().build())))
        .flatMap(c -> Stream.of(c, c.withMask()));
  }

  static Stream<Case> bidirectional() {
    return Stream.of(Bidirectional.Mode.values())
        .flatMap(
            mode ->
                Stream.of(
                    sequence(
                        mode + " LSTM",
                        () -> new Bidirectional(mode, Attached.lstm().build()),
                        () -> new Bidirectional(mode, Attached.lstm().build())),
                    sequence(
                        mode + " SimpleRnn",
                        () -> new Bidirectional(mode, Attached.simpleRnn().build()),
                        () -> new Bidirectional(mode, Attached.simpleRnn().build()))))
        .flatMap(c -> Stream.of(c, c.withMask()));
  }

  private static Case sequence(String name, LayerMaker... layers) {
    return new Case(name, true, false, List.of(layers));
  }

  private static Case lastStep(String name, LayerMaker... layers) {
    return new Case(name, false, false, List.of(layers));
  }

  @Tag("learning")
  @ParameterizedTest
  @MethodSource({"cases", "bidirectional"})
  void staysTogether(Case c) {
    MultiLayerNetwork plain = Attached.network(c.all());
    MultiLayerNetwork fused = Attached.network(c.all());
    assertTrue(FusedKernels.attach(fused).isComplete());
    for (int i = 0; i < ITERATIONS; i++) {
      Nd4j.getRandom().setSeed(i + 1);
      plain.fit(c.data(i));
      Nd4j.getRandom().setSeed(i + 1);
      fused.fit(c.data(i));
      assertEquals(plain.score(), fused.score(), 1e-4, "score of iteration " + i);
    }
    assertEquals(0, Attached.difference(plain.params(), fused.params()), 1e-3);
    INDArray x = Attached.features(99);
    assertEquals(0, Attached.difference(plain.output(x), fused.output(x)), 1e-3);
  }
}
