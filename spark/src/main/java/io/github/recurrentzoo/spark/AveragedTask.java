package io.github.recurrentzoo.spark;

import io.github.recurrentzoo.zoo.pipeline.DistributedRows;
import io.github.recurrentzoo.zoo.training.Measures;
import io.github.recurrentzoo.zoo.training.Minibatch;
import io.github.recurrentzoo.zoo.training.TrainingTask;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import scala.collection.JavaConverters;
import scala.reflect.ClassTag$;

/**
 * Trains by averaging parameters (McDonald, Hall, Mann 2010). The rows lie in pieces. In a round,
 * each of W workers trains a copy of the network on one piece, and the network becomes the mean of
 * these copies, weights and updater's state alike. To the training's loop on the driver, a round is
 * what a minibatch is elsewhere; an epoch has each piece once, in a new order.
 *
 * @param <R> a row
 * @param <E> what is kept of it
 */
final class AveragedTask<R, E extends Serializable> implements TrainingTask {
  private final JavaSparkContext context;
  private final JavaRDD<E> pieces;
  private final int[] sizes;
  private final int workers;
  private final Broadcast<DistributedRows.Worker<R, E>> worker;
  private final TrainingTask validating;

  /**
   * A training.
   *
   * @param pieces one per partition
   * @param sizes the number of rows of each
   * @param workers how many pieces are trained at a time, W
   * @param validating measures the network here
   */
  AveragedTask(
      JavaSparkContext context,
      JavaRDD<E> pieces,
      int[] sizes,
      int workers,
      Broadcast<DistributedRows.Worker<R, E>> worker,
      TrainingTask validating) {
    this.context = context;
    this.pieces = pieces;
    this.sizes = sizes;
    this.workers = workers;
    this.worker = worker;
    this.validating = validating;
  }

  @Override
  public String metric() {
    return validating.metric();
  }

  @Override
  public List<Minibatch> epoch(int epoch, Random random) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, sizes.length).boxed().toList());
    order.removeIf(piece -> sizes[piece] == 0);
    Collections.shuffle(order, random);
    List<Minibatch> rounds = new ArrayList<>();
    for (int from = 0; from < order.size(); from += workers) {
      List<Integer> together = order.subList(from, Math.min(order.size(), from + workers));
      rounds.add(new Round(together.stream().sorted().toList(), epoch, random.nextLong()));
    }
    return rounds;
  }

  @Override
  public boolean validates() {
    return validating.validates();
  }

  @Override
  public Measures validate(ComputationGraph network) {
    return validating.validate(network);
  }

  /** The pieces that are trained at the same time, and averaged. */
  private final class Round implements Minibatch {
    private final List<Integer> together;
    private final int epoch;
    private final long seed;

    Round(List<Integer> together, int epoch, long seed) {
      this.together = together;
      this.epoch = epoch;
      this.seed = seed;
    }

    @Override
    public int rows() {
      return together.stream().mapToInt(piece -> sizes[piece]).sum();
    }

    @Override
    public Measures train(ComputationGraph network) {
      List<PieceResult> results = results(network);
      NetworkState.mean(results).restore(network);
      double rows = results.stream().mapToDouble(PieceResult::rows).sum();
      return new Measures(
          results.stream().mapToDouble(each -> each.loss() * each.rows()).sum() / rows,
          results.stream().mapToDouble(each -> each.metric() * each.rows()).sum() / rows);
    }

    private List<PieceResult> results(ComputationGraph network) {
      Broadcast<RoundStart> begin =
          context.broadcast(
              new RoundStart(configuration(network), NetworkState.of(network), epoch, seed));
      try {
        List<Object> partitions = new ArrayList<>(together);
        Object results =
            context
                .sc()
                .runJob(
                    pieces.rdd(),
                    new PieceTraining<R, E>(worker, begin),
                    JavaConverters.asScalaBuffer(partitions).toSeq(),
                    ClassTag$.MODULE$.apply(PieceResult.class));
        return Stream.of((PieceResult[]) results).filter(Objects::nonNull).toList();
      } finally {
        begin.destroy();
      }
    }

    /** With the learning rate as it is now, and without counters, which go with the state. */
    private String configuration(ComputationGraph network) {
      ComputationGraphConfiguration copy = network.getConfiguration().clone();
      copy.setIterationCount(0);
      copy.setEpochCount(0);
      return copy.toJson();
    }
  }
}
