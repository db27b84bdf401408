package io.github.recurrentzoo.spark;

import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.pipeline.DistributedRows;
import io.github.recurrentzoo.zoo.training.RowDigest;
import io.github.recurrentzoo.zoo.training.TrainingTask;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * The rows of a dataset as a training asks for them.
 *
 * @param <R> a row
 */
final class SparkRows<R> implements DistributedRows<R>, AutoCloseable {
  private final JavaSparkContext context;
  private final JavaRDD<Row> rows;
  private final RowReader<R> reader;
  private final SparkTraining settings;
  private final long seed;
  private final int workers;
  private final RowStatistics statistics;
  private final Draw draw;
  private final List<R> validation;
  private final List<Runnable> closing = new ArrayList<>();

  /**
   * Goes over the rows twice: to count them, and to fetch those that validate.
   *
   * @param validationSplit the fraction of the rows that validates, if they are not too many
   * @throws DataException if there are no rows, or one lacks something
   */
  SparkRows(
      Dataset<Row> dataset,
      RowReader<R> reader,
      SparkTraining settings,
      double validationSplit,
      long seed) {
    this.context = JavaSparkContext.fromSparkContext(dataset.sparkSession().sparkContext());
    this.reader = reader;
    this.settings = settings;
    this.seed = seed;
    workers = settings.workers() == 0 ? context.defaultParallelism() : settings.workers();
    rows = dataset.javaRDD();
    statistics =
        rows.aggregate(
            new RowStatistics(),
            (sum, row) -> sum.add(reader.read(row), reader),
            RowStatistics::merge);
    statistics.check();
    double fraction =
        Math.min(validationSplit, (double) settings.mostValidationRows() / statistics.rows());
    draw = new Draw(fraction, seed, statistics);
    Draw drawn = draw;
    validation =
        rows.filter(row -> drawn.validates(reader.read(row), reader)).collect().stream()
            .map(reader::read)
            .sorted(Comparator.comparing(row -> RowHash.of(reader.parts(row)).number()))
            .toList();
  }

  @Override
  public long size() {
    return statistics.rows();
  }

  @Override
  public RowDigest digest() {
    return new RowDigest().add(statistics.digest());
  }

  @Override
  public long training() {
    return statistics.rows() - validation.size();
  }

  @Override
  public List<R> validation() {
    return validation;
  }

  private JavaRDD<Row> learned() {
    RowReader<R> read = reader; // this object itself stays here
    Draw drawn = draw;
    return rows.filter(row -> !drawn.validates(read.read(row), read));
  }

  @Override
  public Map<String, Long> counts(Names<R> names, int most) {
    RowReader<R> read = reader;
    List<Tuple2<String, Long>> counted =
        learned()
            .flatMap(row -> names.of(read.read(row)).iterator())
            .mapToPair(name -> new Tuple2<>(name, 1L))
            .reduceByKey(Long::sum)
            .takeOrdered(most, new MostFrequentFirst());
    Map<String, Long> counts = new LinkedHashMap<>();
    counted.forEach(name -> counts.put(name._1(), name._2()));
    return counts;
  }

  private static final class MostFrequentFirst
      implements Comparator<Tuple2<String, Long>>, Serializable {
    private static final long serialVersionUID = 1;

    @Override
    public int compare(Tuple2<String, Long> a, Tuple2<String, Long> b) {
      int byCount = Long.compare(b._2(), a._2());
      return byCount != 0 ? byCount : a._1().compareTo(b._1());
    }
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("workers", workers, "steps per round", settings.stepsPerRound());
  }

  @Override
  public <E extends Serializable> TrainingTask task(Worker<R, E> worker, TrainingTask validating) {
    long perRound = (long) workers * settings.stepsPerRound() * worker.batchSize();
    long rounds = Math.max(1, Math.round((double) training() / perRound));
    int count = Math.toIntExact(rounds * workers);
    Broadcast<Worker<R, E>> sent = context.broadcast(worker);
    closing.add(sent::destroy);
    JavaRDD<E> pieces = pieces(sent, count).persist(StorageLevel.MEMORY_AND_DISK());
    closing.add(() -> pieces.unpersist(false));
    return new AveragedTask<>(context, pieces, sizes(pieces, count), workers, sent, validating);
  }

  /** The rows to learn from as the network reads them, in pieces that their hashes make. */
  private <E extends Serializable> JavaRDD<E> pieces(Broadcast<Worker<R, E>> worker, int count) {
    RowReader<R> read = reader;
    long seedOfPlaces = seed;
    return learned()
        .mapToPair(
            row -> {
              R given = read.read(row);
              long place = RowHash.of(read.parts(given)).place(seedOfPlaces);
              return new Tuple2<>(place, worker.value().encode(given));
            })
        .repartitionAndSortWithinPartitions(new HashPartitioner(count))
        .mapPartitionsToPair(SparkRows::spread)
        .repartitionAndSortWithinPartitions(new HashPartitioner(count))
        .values();
  }

  /**
   * Gives equal rows, which lie one behind the other, places of their own: a text that comes often
   * would make one piece as large as many.
   */
  static <E> Iterator<Tuple2<Long, E>> spread(Iterator<Tuple2<Long, E>> rows) {
    return new Iterator<>() {
      private long place;
      private long equal; // rows before the next one

      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public Tuple2<Long, E> next() {
        Tuple2<Long, E> row = rows.next();
        equal = row._1() == place ? equal + 1 : 0;
        place = row._1();
        return equal == 0 ? row : new Tuple2<>(RowHash.mix(equal, place), row._2());
      }
    };
  }

  /** Also brings the pieces to where they stay. */
  private static <E> int[] sizes(JavaRDD<E> pieces, int count) {
    int[] sizes = new int[count];
    pieces
        .mapPartitionsWithIndex(
            (piece, rows) -> {
              int size = 0;
              for (; rows.hasNext(); size++) {
                rows.next();
              }
              return List.of(new Tuple2<>(piece, size)).iterator();
            },
            false)
        .collect()
        .forEach(piece -> sizes[piece._1()] = piece._2());
    return sizes;
  }

  @Override
  public void close() {
    closing.forEach(Runnable::run);
  }
}
