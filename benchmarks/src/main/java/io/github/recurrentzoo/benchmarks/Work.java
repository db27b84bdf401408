package io.github.recurrentzoo.benchmarks;

/** What is measured, once per call. */
enum Work {
  LAYER_FORWARD("layer, forward") {
    @Override
    void run(Contender contender) {
      contender.layerForward();
    }
  },
  LAYER_FORWARD_BACKWARD("layer, forward + backward") {
    @Override
    void run(Contender contender) {
      contender.layerForwardBackward();
    }
  },
  TRAINING_STEP("training step") {
    @Override
    void run(Contender contender) {
      contender.trainingStep();
    }
  },
  INFERENCE("inference of a batch") {
    @Override
    void run(Contender contender) {
      contender.inference();
    }
  },
  ANSWER("answer, batch 1") {
    @Override
    void run(Contender contender) {
      contender.answer();
    }
  },
  STREAMING_STEP("streaming step, batch 1") {
    @Override
    void run(Contender contender) {
      contender.streamingStep();
    }
  },
  GENERATED_CHARACTER("generated character") {
    @Override
    void run(Contender contender) {
      contender.generateCharacter();
    }
  };

  private final String title;

  Work(String title) {
    this.title = title;
  }

  /** Its name in the tables. */
  String title() {
    return title;
  }

  /** Whether a call takes microseconds. */
  boolean isShort() {
    return this == ANSWER || this == STREAMING_STEP || this == GENERATED_CHARACTER;
  }

  /** Does it once. */
  abstract void run(Contender contender);
}
