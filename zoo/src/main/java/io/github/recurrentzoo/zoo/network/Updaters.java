package io.github.recurrentzoo.zoo.network;

import io.github.recurrentzoo.zoo.preset.Optimizer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import org.nd4j.shade.jackson.core.type.TypeReference;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

/** ND4J's updaters as data, and back. */
public final class Updaters {
  /** The name that an updater has among the options of a network. */
  public static final String OPTIMIZER = "optimizer";

  private static final ObjectMapper JSON = NeuralNetConfiguration.mapper();
  private static final String UPDATERS = "org.nd4j.linalg.learning.config.";
  private static final String SCHEDULES = "org.nd4j.linalg.schedule.";
  private static final String CLASS = "@class";
  private static final String NAME = "name";
  private static final String RATE = "learningRate";
  private static final String SCHEDULE = "learningRateSchedule";

  private Updaters() {}

  /**
   * The updater of parameters that are to stay as they are. ND4J's {@code NoOp} lets the gradient
   * through, as a step with the rate 1.
   */
  public static IUpdater leaving() {
    return new Sgd(0);
  }

  /** Whether an updater is {@link #leaving}, or what stood in its place in earlier versions. */
  public static boolean leaves(IUpdater updater) {
    return updater instanceof NoOp
        || (updater instanceof Sgd sgd
            && sgd.getLearningRate() == 0
            && sgd.getLearningRateSchedule() == null);
  }

  /**
   * The updater that the data describes.
   *
   * @throws IllegalArgumentException if the name is none of ND4J's updaters, or a setting is none
   *     of this one's
   */
  public static IUpdater of(Optimizer optimizer) {
    ObjectNode all = defaults(optimizer.name());
    if (optimizer.learningRate() == null ? optimizer.learningRateDecay() != 1 : !all.has(RATE)) {
      throw new IllegalArgumentException(
          "The optimizer %s has %s; leave the decay at 1, and the rate away where it has none"
              .formatted(
                  optimizer.name(),
                  optimizer.learningRate() == null
                      ? "a decay, but no learning rate"
                      : "no learning rate, but is given one"));
    }
    optimizer
        .settings()
        .forEach(
            (name, value) -> {
              if (!all.has(name) && !name.endsWith("Schedule")) { // ND4J leaves null out
                throw new IllegalArgumentException(
                    "The optimizer %s has no setting %s".formatted(optimizer.name(), name));
              }
              all.set(name, name.equals(SCHEDULE) ? schedule(value) : JSON.valueToTree(value));
            });
    boolean scheduled = optimizer.settings().containsKey(SCHEDULE);
    if (scheduled && optimizer.learningRateDecay() != 1) {
      throw new IllegalArgumentException(
          "The optimizer %s has both learningRateDecay and a learningRateSchedule; leave one away"
              .formatted(optimizer.name()));
    }
    if (optimizer.learningRate() != null) {
      all.put(RATE, scheduled ? Double.NaN : optimizer.learningRate()); // as ND4J has it
    }
    IUpdater updater = JSON.convertValue(all, IUpdater.class);
    if (optimizer.learningRateDecay() != 1) {
      updater.setLrAndSchedule(
          Double.NaN,
          new ExponentialSchedule(
              ScheduleType.EPOCH, optimizer.learningRate(), optimizer.learningRateDecay()));
    }
    return updater;
  }

  /** The updater of that name with ND4J's settings. */
  private static ObjectNode defaults(String name) {
    try {
      Class<?> type = Class.forName(UPDATERS + name);
      return JSON.valueToTree(
          type.asSubclass(IUpdater.class).getDeclaredConstructor().newInstance());
    } catch (ReflectiveOperationException | ClassCastException e) {
      throw new IllegalArgumentException(
          "\"%s\" is none of ND4J's updaters; expected a name such as Adam, Sgd or RmsProp. Set one of another kind with updater(...)"
              .formatted(name),
          e);
    }
  }

  private static ObjectNode schedule(Object value) {
    ObjectNode schedule = JSON.valueToTree(value);
    String name = schedule.path(NAME).asText();
    if (!name.matches("\\w+")) {
      throw new IllegalArgumentException(
          "A schedule needs the name of one of ND4J's, such as StepSchedule, but has \"%s\""
              .formatted(name));
    }
    schedule.remove(NAME);
    return schedule.put(CLASS, SCHEDULES + name);
  }

  /** An updater as data. */
  public static Optimizer describe(IUpdater updater) {
    Map<String, Object> settings = map(updater, UPDATERS);
    String name = settings.remove(NAME).toString();
    settings.remove(RATE);
    settings.remove(SCHEDULE);
    if (!updater.hasLearningRate()) {
      return new Optimizer(name, null, 1, settings);
    }
    ISchedule schedule = schedule(updater);
    double rate = updater.getLearningRate(0, 0);
    if (schedule instanceof ExponentialSchedule exponential
        && exponential.getScheduleType() == ScheduleType.EPOCH
        && exponential.getGamma() > 0
        && exponential.getGamma() < 1) {
      return new Optimizer(name, rate, exponential.getGamma(), settings);
    }
    if (schedule != null) {
      settings.put(SCHEDULE, map(schedule, SCHEDULES));
    }
    return new Optimizer(name, rate, 1, settings);
  }

  /** The same as maps, for JSON. */
  public static Map<String, Object> describeAsMap(IUpdater updater) {
    return JSON.convertValue(describe(updater), new TypeReference<Map<String, Object>>() {});
  }

  private static ISchedule schedule(IUpdater updater) {
    ObjectNode all = JSON.valueToTree(updater);
    return all.hasNonNull(SCHEDULE) ? JSON.convertValue(all.get(SCHEDULE), ISchedule.class) : null;
  }

  /** The fields by name; the class by its simple name, if it is of that package. */
  private static Map<String, Object> map(Object value, String ofNd4j) {
    Map<String, Object> fields =
        JSON.convertValue(
            JSON.valueToTree(value), new TypeReference<LinkedHashMap<String, Object>>() {});
    fields.remove(CLASS);
    Map<String, Object> map = new LinkedHashMap<>();
    String name = value.getClass().getName();
    map.put(NAME, name.startsWith(ofNd4j) ? name.substring(ofNd4j.length()) : name);
    map.putAll(fields);
    return map;
  }
}
