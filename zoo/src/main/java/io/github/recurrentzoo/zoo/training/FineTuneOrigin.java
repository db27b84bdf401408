package io.github.recurrentzoo.zoo.training;

/**
 * Which model another one was made of.
 *
 * @param model where that model comes from
 * @param options how it was fine-tuned; null if it was only trained on with its own updater
 * @param mapping what was mapped to what; null if it was only trained on
 */
public record FineTuneOrigin(Provenance model, FineTuneOptions options, FineTuneMapping mapping) {}
