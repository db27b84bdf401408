package io.github.recurrentzoo.benchmarks;

/** placeholder. */
public final class Benchmarks {}
