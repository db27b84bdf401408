package io.github.recurrentzoo.zoo.training;

import io.github.recurrentzoo.zoo.model.FormerNames;
import io.github.recurrentzoo.zoo.model.Metric;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What a checkpoint holds beside arrays, as JSON.
 *
 * @param identity of the training, by name
 * @param epoch as in {@link TrainingState}, and so are step, loss, metric, rows, finished
 * @param randomAtEpoch as in {@link TrainingState}
 * @param random the state of its random numbers
 * @param nd4j the state of ND4J's random numbers, which dropout is drawn from
 * @param counts of the network
 * @param best the best epoch; null before the end of the first one
 * @param history of the epochs that have ended
 * @param elapsedNanos the time of the training so far
 * @param spentOnEpochsNanos until the last epoch ended
 * @param remembered what each {@link Resumable} gave, by name
 */
record CheckpointState(
    Map<String, String> identity,
    int epoch,
    int step,
    double loss,
    double metric,
    long rows,
    boolean finished,
    long randomAtEpoch,
    long random,
    Nd4jRandom nd4j,
    Snapshot.Counts counts,
    Best best,
    List<Line> history,
    long elapsedNanos,
    long spentOnEpochsNanos,
    Map<String, String> remembered) {

  CheckpointState {
    identity = identity == null ? null : FormerNames.toToday(identity);
  }

  /** ND4J's random numbers. */
  record Nd4jRandom(long root, long node) {
    static Nd4jRandom now() {
      Random random = Nd4j.getRandom();
      return new Nd4jRandom(random.rootState(), random.nodeState());
    }

    void restore() {
      Nd4j.getRandom().setStates(root, node);
    }
  }

  /** {@link BestEpoch} without its arrays. */
  record Best(int epoch, Measures validation, Snapshot.Counts counts) {
    static Best of(BestEpoch best) {
      return best == null
          ? null
          : new Best(best.epoch(), best.validation(), best.snapshot().counts());
    }
  }

  /** An {@link TrainingProgress.EpochEvent}; older files have no rate and no rows. */
  record Line(
      int epoch,
      int epochs,
      double trainingLoss,
      Metric trainingMetric,
      double validationLoss,
      Metric validationMetric,
      boolean best,
      boolean stopsHere,
      long elapsedNanos,
      Double learningRate,
      long rows) {

    static Line of(TrainingProgress.EpochEvent event) {
      return new Line(
          event.epoch(),
          event.epochs(),
          event.trainingLoss(),
          event.trainingMetric(),
          event.validationLoss(),
          event.validationMetric(),
          event.best(),
          event.stopsHere(),
          event.elapsed().toNanos(),
          event.learningRate(),
          event.rows());
    }

    TrainingProgress.EpochEvent event() {
      return new TrainingProgress.EpochEvent(
          epoch,
          epochs,
          trainingLoss,
          trainingMetric,
          validationLoss,
          validationMetric,
          best,
          stopsHere,
          Duration.ofNanos(elapsedNanos),
          learningRate == null ? Double.NaN : learningRate,
          rows);
    }
  }

  static CheckpointState of(
      Map<String, String> identity,
      TrainingState state,
      Snapshot.Counts counts,
      Map<String, Resumable> resumables) {
    Map<String, String> remembered = new LinkedHashMap<>();
    resumables.forEach((name, each) -> remembered.put(name, each.saveState()));
    return new CheckpointState(
        identity,
        state.epoch,
        state.step,
        state.loss,
        state.metric,
        state.rows,
        state.finished,
        state.randomAtEpoch,
        state.random.state(),
        Nd4jRandom.now(),
        counts,
        Best.of(state.best),
        state.history.stream().map(Line::of).toList(),
        state.elapsed().toNanos(),
        state.spentOnEpochs.toNanos(),
        remembered);
  }

  /** Whether it is what training wrote; numbers that would only give another result may pass. */
  boolean isWhole() {
    return identity != null
        && epoch >= 1
        && step >= 0
        && rows >= 0
        && nd4j != null
        && counts != null
        && history != null
        && history.size() == epoch - 1
        && history.stream().noneMatch(line -> line == null || line.trainingMetric() == null)
        && history.stream().noneMatch(line -> line.validationMetric() == null)
        && (best == null ? epoch == 1 : best.epoch() >= 1 && best.epoch() < epoch)
        && (best == null || (best.validation() != null && best.counts() != null))
        && (!finished || best != null)
        && elapsedNanos >= 0
        && spentOnEpochsNanos >= 0
        && remembered != null;
  }

  /** Sets all but the network, the best epoch and what is remembered. */
  void restore(TrainingState state) {
    state.epoch = epoch;
    state.step = step;
    state.loss = loss;
    state.metric = metric;
    state.rows = rows;
    state.finished = finished;
    state.randomAtEpoch = randomAtEpoch;
    state.random.restore(random);
    state.history.clear();
    history.forEach(line -> state.history.add(line.event()));
    state.elapsed(Duration.ofNanos(elapsedNanos));
    state.spentOnEpochs = Duration.ofNanos(spentOnEpochsNanos);
    nd4j.restore();
  }
}
