package io.github.recurrentzoo.zoo;

import io.github.recurrentzoo.layers.FusedKernels;
import java.util.Random;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.gradientcheck.GradientCheckUtil.GraphConfig;
import org.deeplearning4j.gradientcheck.GradientCheckUtil.PrintMode;
import org.nd4j.linalg.learning.config.*;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ProtoTest {
  static ComputationGraph net(Recurrence r, int layers, int src, int tgt, int e, int h, boolean bi, DataType type, double drop) {
    FusedKernels.prepare();
    GraphBuilder g = new NeuralNetConfiguration.Builder().seed(1).dataType(type).updater(type == DataType.DOUBLE ? new NoOp() : new Adam(1e-3)).weightInit(WeightInit.XAVIER).graphBuilder();
    new EncoderDecoder(r, layers, src, tgt, e, new RecurrentSpec(e, h, bi, Activation.TANH, drop)).addTo(g);
    ComputationGraph n = new ComputationGraph(g.build());
    n.init();
    System.out.println(FusedKernels.attach(n));
    return n;
  }
  record Data(INDArray s, INDArray t, INDArray sm, INDArray tm, INDArray l) {
    static Data of(int b, int ss, int tt, int src, int tgt, Random rnd) {
      INDArray s = Nd4j.zeros(b, ss), t = Nd4j.zeros(b, tt), sm = Nd4j.zeros(b, ss), tm = Nd4j.zeros(b, tt);
      float[] l = new float[b * tgt * tt];
      for (int i = 0; i < b; i++) {
        int ls = i == 0 ? ss : Math.max(1, ss - rnd.nextInt(2)), lt = i == 0 ? tt : Math.max(1, tt - rnd.nextInt(3));
        for (int j = 0; j < ls; j++) { s.putScalar(i, j, rnd.nextInt(src)); sm.putScalar(i, j, 1); }
        for (int j = 0; j < lt; j++) { t.putScalar(i, j, rnd.nextInt(tgt)); tm.putScalar(i, j, 1); l[(j * b + i) * tgt + rnd.nextInt(tgt)] = 1; }
      }
      INDArray lab = Nd4j.create(l, new long[] {tt, b, tgt}, 'c').permute(1, 2, 0).castTo(s.dataType());
      return new Data(s, t, sm, tm, lab);
    }
  }
  @Test
  void gradients() {
    Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
    try {
      for (Recurrence r : Recurrence.values()) for (int layers = 1; layers <= 2; layers++) for (boolean bi : new boolean[] {false, true}) {
        ComputationGraph n = net(r, layers, 6, 5, 2, 3, bi, DataType.DOUBLE, 0);
        Data d = Data.of(3, 3, 4, 6, 5, new Random(3));
        boolean ok = GradientCheckUtil.checkGradients(new GraphConfig().net(n).epsilon(1e-6).maxRelError(1e-5).minAbsoluteError(1e-9).subset(true).maxPerParam(6).print(PrintMode.FAILURES_ONLY)
          .inputs(new INDArray[] {d.s, d.t}).inputMask(new INDArray[] {d.sm, d.tm}).labels(new INDArray[] {d.l}).labelMask(new INDArray[] {d.tm}));
        System.out.println(r + " " + layers + " " + bi + " " + ok);
      }
    } finally { Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT); }
  }
  @Test
  void speed() {
    NativeThreads.useOneUnless(null);
    int h = Integer.getInteger("h", 256), b = Integer.getInteger("b", 128);
    for (Recurrence r : Recurrence.values()) {
      ComputationGraph n = net(r, 1, 32, 48, 64, h, true, DataType.FLOAT, Double.parseDouble(System.getProperty("drop", "0")));
      Data d = Data.of(b, 8, 8, 32, 48, new Random(3));
      for (int i = 0; i < 8; i++) {
        long t0 = System.nanoTime();
        for (int j = 0; j < 10; j++)
        n.fit(new INDArray[] {d.s, d.t}, new INDArray[] {d.l}, new INDArray[] {d.sm, d.tm}, new INDArray[] {d.tm});
        System.out.printf("%s %.1f ms %.4f%n", r, (System.nanoTime() - t0) / 1e7, n.score());
      }
    }
  }
}
