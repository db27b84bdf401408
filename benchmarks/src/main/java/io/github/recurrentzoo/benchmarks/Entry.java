package io.github.recurrentzoo.benchmarks;

/** placeholder. */
enum Entry {}
