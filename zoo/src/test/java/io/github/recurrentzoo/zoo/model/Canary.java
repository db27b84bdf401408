package io.github.recurrentzoo.zoo.model;

import org.deeplearning4j.nn.conf.graph.MergeVertex;

/** A vertex that no model file may bring to life. */
public class Canary extends MergeVertex {
  private static final long serialVersionUID = 1L;

  static {
    // The class itself must not be loaded to ask it, so what happened is told elsewhere.
    System.setProperty("recurrentzoo.canary", "sang");
  }

  /** Whether the class was initialised. */
  static final class Cage {
    private Cage() {}

    static boolean silent() {
      return System.getProperty("recurrentzoo.canary") == null;
    }
  }
}
