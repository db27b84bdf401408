package io.github.recurrentzoo.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.github.recurrentzoo.zoo.pipeline.Pipeline;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.SparkEnv;
import org.apache.spark.serializer.SerializerInstance;
import org.junit.jupiter.api.Test;
import scala.reflect.ClassTag$;

class SharedModelTest {

  /** As a task gets it. */
  private static SharedModel sent(SharedModel model) {
    SerializerInstance serializer = SparkEnv.get().closureSerializer().newInstance();
    return serializer.deserialize(
        serializer.serialize(model, ClassTag$.MODULE$.apply(SharedModel.class)),
        ClassTag$.MODULE$.apply(SharedModel.class));
  }

  @Test
  void allTasksOfAJvmShareOnePipeline() throws Exception {
    SharedModel here = SharedModel.of(LocalSpark.session(), "wordnet-gru");
    Set<Pipeline> found = Collections.newSetFromMap(new IdentityHashMap<>());
    ExecutorService tasks = Executors.newFixedThreadPool(4);
    try {
      List<Future<Pipeline>> loading = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        SharedModel there = sent(here);
        assertNotSame(here, there);
        loading.add(tasks.submit(there::get));
      }
      for (Future<Pipeline> each : loading) {
        found.add(each.get());
      }
    } finally {
      tasks.shutdown();
    }
    assertEquals(1, found.size());
    SharedModel again = sent(SharedModel.of(LocalSpark.session(), "wordnet-gru"));
    assertSame(found.iterator().next(), again.get());
  }
}
