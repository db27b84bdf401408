package io.github.recurrentzoo.spark;

import io.github.recurrentzoo.zoo.network.NativeThreads;
import io.github.recurrentzoo.zoo.network.Networks;
import io.github.recurrentzoo.zoo.pipeline.DistributedRows;
import io.github.recurrentzoo.zoo.training.Measures;
import io.github.recurrentzoo.zoo.training.Minibatch;
import io.github.recurrentzoo.zoo.training.TrainingTask;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.factory.Nd4j;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction2;

/**
 * The part of a round that one worker does: trains a network on the rows of a piece, from the state
 * that all workers begin the round with.
 *
 * @param <R> a row
 * @param <E> what is kept of it
 */
final class PieceTraining<R, E extends Serializable>
    extends AbstractFunction2<TaskContext, Iterator<E>, PieceResult> implements Serializable {
  private static final long serialVersionUID = 1;

  private final Broadcast<DistributedRows.Worker<R, E>> worker;
  private final Broadcast<RoundStart> round;

  PieceTraining(Broadcast<DistributedRows.Worker<R, E>> worker, Broadcast<RoundStart> round) {
    this.worker = worker;
    this.round = round;
  }

  /** Null for a piece without rows. */
  @Override
  public PieceResult apply(TaskContext context, Iterator<E> encoded) {
    List<E> rows = new ArrayList<>();
    while (encoded.hasNext()) {
      rows.add(encoded.next());
    }
    if (rows.isEmpty()) {
      return null;
    }
    Executors.prepare();
    NativeThreads.useOne();
    TrainingTask task = worker.value().task(rows, batchSize(rows.size()));
    ComputationGraph network = KeptNetworks.take(round.value().configuration());
    PieceResult result = train(network, task, rows.size(), context.partitionId());
    KeptNetworks.giveBack(round.value().configuration(), network); // not one that threw
    return result;
  }

  /** Near to the one that is asked for, so that the last minibatch is about as large as others. */
  private int batchSize(int rows) {
    int asked = worker.value().batchSize();
    int batches = Math.max(1, Math.round((float) rows / asked));
    return (rows + batches - 1) / batches;
  }

  private PieceResult train(ComputationGraph network, TrainingTask task, int rows, int piece) {
    RoundStart begin = round.value();
    begin.state().restore(network);
    network.setListeners(task.listeners());
    long seed = RowHash.mix(begin.seed(), piece);
    Nd4j.getRandom().setSeed(Networks.seed(seed));
    double loss = 0;
    double metric = 0;
    for (Minibatch batch : task.epoch(begin.epoch(), new Random(seed))) {
      Measures measures = batch.train(network);
      loss += measures.loss() * batch.rows();
      metric += measures.metric() * batch.rows();
    }
    network.setListeners();
    return new PieceResult(NetworkState.of(network), rows, loss / rows, metric / rows);
  }
}
