package io.github.recurrentzoo.zoo.training;

/**
 * The epoch with the lowest validation loss so far.
 *
 * @param epoch from 1
 * @param validation what was measured after it
 * @param snapshot the network after it
 */
record BestEpoch(int epoch, Measures validation, Snapshot snapshot) {}
