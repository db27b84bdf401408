package io.github.recurrentzoo.layers.runtime;

import java.util.function.Supplier;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.factory.Nd4j;

/** Arrays that outlive the workspaces of one training step are made outside of them. */
public final class Workspaces {

  private Workspaces() {}

  /** Runs an action with no workspace open, so that the arrays that it creates stay valid. */
  @SuppressWarnings("try") // a scope is opened and closed, and has no use of its own
  public static <T> T outside(Supplier<T> action) {
    try (MemoryWorkspace scope = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces()) {
      return action.get();
    }
  }
}
