package io.github.recurrentzoo.layers;

import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import java.util.Map;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The first values of an {@link Rrnn}'s parameters: each [., H] block of a weight matrix is drawn
 * by itself with its own fan-in and fan-out, as if it were a matrix of its own.
 */
final class RrnnInitializer {

  private final Rrnn conf;
  private final IWeightInit input;
  private final IWeightInit recurrent;

  RrnnInitializer(Rrnn conf) {
    this.conf = conf;
    this.input = conf.getWeightInit().getWeightInitFunction();
    this.recurrent =
        conf.getRecurrentWeightInit() != null
            ? conf.getRecurrentWeightInit()
            : new OrthogonalInit();
  }

  void initialize(Map<String, INDArray> params, String prefix) {
    blocks(params, prefix + RrnnParams.WEIGHT, input);
    blocks(params, prefix + RrnnParams.RECURRENT_WEIGHT, recurrent);
    blocks(params, prefix + RrnnParams.GATE_WEIGHT, input);
    blocks(params, prefix + RrnnParams.OUTPUT_WEIGHT, input);
    params.get(prefix + RrnnParams.BIAS).assign(conf.getBiasInit());
    params.get(prefix + RrnnParams.OUTPUT_BIAS).assign(conf.getBiasInit());
  }

  private void blocks(Map<String, INDArray> params, String key, IWeightInit byKind) {
    Map<String, IWeightInit> own = conf.getParamWeightInit();
    IWeightInit init = own != null && own.get(key) != null ? own.get(key) : byKind;
    INDArray matrix = params.get(key);
    long fanIn = matrix.rows();
    long fanOut = conf.getNOut();
    for (long column = 0; column < matrix.columns(); column += fanOut) {
      INDArray block = Nd4j.create(matrix.dataType(), fanIn * fanOut);
      INDArray values =
          init.init((double) fanIn, (double) fanOut, new long[] {fanIn, fanOut}, 'c', block);
      matrix.get(all(), interval(column, column + fanOut)).assign(values);
    }
  }
}
