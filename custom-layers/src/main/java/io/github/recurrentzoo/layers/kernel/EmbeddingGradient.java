package io.github.recurrentzoo.layers.kernel;

import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The gradient by an embedding matrix [V, D], held for the U tokens that occur in a minibatch: all
 * other rows are zero, and nothing is written or read for them.
 *
 * <p>Memory: U D + V numbers. Sums are always made in the order of the minibatch, whatever the
 * number of threads.
 */
public final class EmbeddingGradient {

  /** A thread with fewer numbers to add is not worth waking. */
  private static final int WORTH_A_THREAD = 100_000;

  private static final int COLUMNS = 16; // a line of the cache
  private static final int READING = 16; // multiplications

  private final int vocabulary; // V
  private final int size; // D
  private int[] slots = {}; // [V], by token: its place among the tokens that occur, plus one
  private int[] found; // the tokens that all this is of
  private int[] occurring = {}; // [U], ascending
  private int count; // U
  private float[] sums = {}; // [D, U]

  /**
   * For one layer.
   *
   * @param vocabulary V
   * @param size D
   */
  public EmbeddingGradient(int vocabulary, int size) {
    this.vocabulary = vocabulary;
    this.size = size;
  }

  /**
   * Takes the place of what was held: the row of token v is {@code sum of mask[b, t] * epsilon[b,
   * :, t]} over all b, t whose token is v.
   *
   * @param epsilon [B, D, T]
   * @param tokens B*T numbers from 0 to V-1, the T of a row together; an array that is not changed
   *     from call to call
   * @param mask [B, T], or null
   */
  public void set(INDArray epsilon, int[] tokens, INDArray mask) {
    find(tokens);
    int steps = (int) epsilon.size(2);
    int rows = (int) epsilon.size(0);
    float[] factors = EmbeddingKernel.factors(mask, tokens.length);
    BatchArray from = BatchArray.of(epsilon);
    int threads = threads((long) tokens.length * size);
    try {
      KernelThreads.run(
          threads,
          thread -> {
            int first = size * thread / threads;
            int end = size * (thread + 1) / threads;
            add(from, tokens, factors, rows, steps, first, end);
          });
    } finally {
      Reference.reachabilityFence(epsilon);
    }
  }

  /**
   * Finds the tokens that occur, for {@link #setRows}.
   *
   * @param tokens as for {@link #set}
   * @param mask [B, T], or null
   * @return the place of each among {@link #occurring}; behind the last one where the mask is 0
   */
  public int[] places(int[] tokens, INDArray mask) {
    find(tokens);
    float[] factors = EmbeddingKernel.factors(mask, tokens.length);
    int[] places = new int[tokens.length];
    for (int n = 0; n < tokens.length; n++) {
      places[n] = factors != null && factors[n] == 0 ? count : slots[tokens[n]] - 1;
    }
    return places;
  }

  /**
   * Whether products with a row for each token that occurs are quicker than with one for each of
   * the N steps. Reading a row costs as much as {@value #READING} multiplications for each of its
   * numbers, and each further thread has sums of its own for all rows (docs/adr/0020).
   *
   * @param tokens as for {@link #set}
   */
  public boolean isWorthTable(int[] tokens) {
    find(tokens);
    long steps = tokens.length;
    long read = steps + (KernelThreads.count() - 1L) * count;
    return (steps - count) * size >= READING * read;
  }

  /** The U tokens that occur, ascending. */
  public int[] occurring() {
    return Arrays.copyOf(occurring, count);
  }

  /**
   * Takes the place of what was held, after {@link #places}.
   *
   * @param rows the gradient by the rows of the tokens that occur, [U, D], and more rows
   */
  public void setRows(INDArray rows) {
    float[] read = Scratch.floats(0, count * size);
    try {
      BatchArray.of(rows).read(0, 0, count, read);
    } finally {
      Reference.reachabilityFence(rows);
    }
    int threads = threads((long) count * size);
    KernelThreads.run(
        threads,
        thread -> turn(read, size, 0, size * thread / threads, size * (thread + 1) / threads));
  }

  /**
   * Whether a mask hides steps or shows them, and does nothing else.
   *
   * @param mask [B, T]
   */
  public static boolean hides(INDArray mask) {
    float[] factors = EmbeddingKernel.factors(mask, Math.toIntExact(mask.length()));
    if (factors == null) {
      return true;
    }
    for (float factor : factors) {
      if (factor != 0 && factor != 1) {
        return false;
      }
    }
    return true;
  }

  /** Finds the tokens that occur, and makes room for their rows. */
  private void find(int[] tokens) {
    if (tokens == found) {
      return;
    }
    found = tokens;
    if (slots.length == 0) {
      slots = new int[vocabulary];
    }
    for (int u = 0; u < count; u++) {
      slots[occurring[u]] = 0;
    }
    if (occurring.length < tokens.length) {
      occurring = new int[tokens.length];
    }
    count = 0;
    for (int token : tokens) {
      if (slots[token] == 0) {
        slots[token] = 1;
        occurring[count++] = token;
      }
    }
    Arrays.sort(occurring, 0, count);
    for (int u = 0; u < count; u++) {
      slots[occurring[u]] = u + 1;
    }
    if (sums.length < count * size) {
      sums = new float[count * size];
    }
  }

  /** The columns [first, end). */
  private void add(
      BatchArray from, int[] tokens, float[] factors, int rows, int steps, int first, int end) {
    int width = end - first;
    float[] step = Scratch.floats(0, rows * size);
    float[] byToken = Scratch.zeros(1, count * width);
    float[] own = Scratch.floats(2, width); // the JIT vectorizes loops with one index for all
    float[] part = Scratch.floats(3, width);
    for (int t = 0; t < steps; t++) {
      from.read(t, 0, rows, step);
      for (int b = 0; b < rows; b++) {
        int n = b * steps + t;
        float factor = factors == null ? 1 : factors[n];
        if (factor != 0) { // whatever stands at a masked step, even NaN
          int to = (slots[tokens[n]] - 1) * width;
          System.arraycopy(step, b * size + first, part, 0, width);
          System.arraycopy(byToken, to, own, 0, width);
          for (int d = 0; d < width; d++) {
            own[d] += factor * part[d];
          }
          System.arraycopy(own, 0, byToken, to, width);
        }
      }
    }
    turn(byToken, width, first, 0, width);
  }

  /**
   * Keeps the columns [begin, end) of rows of tokens, [U, width], the first of which is one of all.
   */
  private void turn(float[] byToken, int width, int first, int begin, int end) {
    for (int from = begin; from < end; from += COLUMNS) {
      int until = Math.min(end, from + COLUMNS);
      for (int u = 0; u < count; u++) {
        for (int d = from; d < until; d++) {
          sums[(first + d) * count + u] = byToken[u * width + d];
        }
      }
    }
  }

  private int threads(long numbers) {
    return (int)
        Math.max(1, Math.min(Math.min(KernelThreads.count(), size), numbers / WORTH_A_THREAD));
  }

  /** The sum of the squares of all numbers. */
  public double squares() {
    double sum = 0;
    for (int i = 0; i < count * size; i++) {
      sum += (double) sums[i] * sums[i];
    }
    return sum;
  }

  /**
   * Writes the whole matrix, zeros included.
   *
   * @param gradient written, [V, D]
   */
  public void write(INDArray gradient) {
    boolean byColumns = gradient.stride(0) == 1;
    FloatBuffer memory = Matrix.floats(gradient, (long) vocabulary * size);
    float[] line = new float[byColumns ? vocabulary : size];
    int lines = byColumns ? size : vocabulary;
    try {
      for (int i = 0; i < lines; i++) {
        Arrays.fill(line, 0);
        fill(byColumns, i * line.length, line.length, line);
        memory.put(i * line.length, line);
      }
    } finally {
      Reference.reachabilityFence(gradient);
    }
  }

  /**
   * Puts the numbers that are not zero anyway into a part of the matrix as it lies in memory.
   *
   * @param byColumns whether the V numbers of a column lie together, or the D of a row
   * @param at where the part begins
   * @param length how many numbers it has
   * @param to written, zeros before
   * @return whether any was put
   */
  boolean fill(boolean byColumns, int at, int length, float[] to) {
    return byColumns ? fillColumns(at, length, to) : fillRows(at, length, to);
  }

  private boolean fillColumns(int at, int length, float[] to) {
    boolean any = false;
    int end = at + length;
    for (int d = at / vocabulary; d * vocabulary < end; d++) {
      int start = d * vocabulary;
      int u = place(Math.max(0, at - start));
      for (; u < count && start + occurring[u] < end; u++) {
        to[start + occurring[u] - at] = sums[d * count + u];
        any = true;
      }
    }
    return any;
  }

  private boolean fillRows(int at, int length, float[] to) {
    boolean any = false;
    int end = at + length;
    for (int u = place(at / size); u < count && occurring[u] * size < end; u++) {
      int start = occurring[u] * size;
      for (int d = Math.max(0, at - start); d < size && start + d < end; d++) {
        to[start + d - at] = sums[d * count + u];
        any = true;
      }
    }
    return any;
  }

  /** The place of the first token from {@code token} on. */
  private int place(int token) {
    int place = Arrays.binarySearch(occurring, 0, count, token);
    return place < 0 ? -place - 1 : place;
  }
}
