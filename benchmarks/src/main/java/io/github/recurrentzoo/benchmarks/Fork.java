package io.github.recurrentzoo.benchmarks;

/** placeholder. */
final class Fork {}
