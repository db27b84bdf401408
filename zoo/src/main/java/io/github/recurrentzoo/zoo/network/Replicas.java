package io.github.recurrentzoo.zoo.network;

import io.github.recurrentzoo.layers.inference.Inference;
import io.github.recurrentzoo.layers.inference.InferenceNetwork;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * Networks with the same weights, so that several threads can ask one model at the same time. A
 * Deeplearning4j network keeps what it computes, each layer its last input and its state, so that
 * two threads in one network would disturb each other.
 *
 * <p>A thread that asks gets a replica that no other one uses. At most as many threads as there are
 * processors ask at once; further ones wait, in no certain order, as that is quicker. Replicas are
 * made when they are needed. A question that asks again takes one more of them, but no turn, so
 * that it never waits; it must not wait for what another thread asks.
 *
 * @param <N> what is asked: a network, or what is made of one
 */
public final class Replicas<N> {
  private final Supplier<N> maker;
  private final Semaphore turns = new Semaphore(Runtime.getRuntime().availableProcessors());
  private final Deque<N> idle = new ConcurrentLinkedDeque<>();
  private final Set<Thread> asking = ConcurrentHashMap.newKeySet();

  /**
   * None is made before it is needed.
   *
   * @param maker makes one more; several threads may ask it at once
   */
  public Replicas(Supplier<N> maker) {
    this.maker = maker;
  }

  /**
   * A network, and others that share its parameters.
   *
   * @param network nobody may change its parameters while a replica is asked, or use it otherwise
   */
  public static Replicas<ComputationGraph> of(ComputationGraph network) {
    Replicas<ComputationGraph> replicas = new Replicas<>(() -> Networks.sharing(network));
    replicas.idle.add(network);
    return replicas;
  }

  /**
   * A network as copies of its weights on the Java heap, for threads that ask it; quicker than the
   * network itself.
   *
   * @param network nobody may change its parameters
   * @param outputs names of vertices whose activations are wanted
   * @return empty if it has layers that only Deeplearning4j computes, or kernels do not serve
   */
  public static Optional<Replicas<Inference>> inferences(
      ComputationGraph network, String... outputs) {
    return InferenceNetwork.of(network, List.of(outputs))
        .map(onHeap -> new Replicas<>(onHeap::newInference));
  }

  /**
   * Asks a replica, with one native thread per operation. A question may ask again, another
   * replica.
   *
   * @param question must not keep the replica; one of which a question throws is not asked again
   */
  public <A> A ask(Function<N, A> question) {
    boolean outermost = asking.add(Thread.currentThread());
    if (outermost) {
      turns.acquireUninterruptibly();
    }
    try {
      NativeThreads.useOne();
      N replica = idle.pollFirst();
      if (replica == null) {
        replica = maker.get();
      }
      A answer = question.apply(replica);
      idle.addFirst(replica);
      return answer;
    } finally {
      if (outermost) {
        turns.release();
        asking.remove(Thread.currentThread());
      }
    }
  }
}
