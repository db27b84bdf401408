package io.github.recurrentzoo.cli.command;

import io.github.recurrentzoo.cli.console.Defaults;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/**
 * One of the zoo's own data sets, on which presets are trained and architectures compared.
 *
 * @param name as {@code compare --task} takes it, such as "text"
 * @param title for people, such as "text classification"
 * @param recipe the name of the recipes for it
 * @param readsItsOutput whether its networks read their own output, so that teacher forcing has a
 *     meaning
 * @param defaults the default values of shape and training
 * @param data reads it, with a held-out part that is drawn by a seed
 */
public record Benchmark(
    String name,
    String title,
    String recipe,
    boolean readsItsOutput,
    Supplier<Defaults> defaults,
    LongFunction<BenchmarkData<?, ?>> data) {}
