package io.github.recurrentzoo.cli.command;

import io.github.recurrentzoo.cli.console.CommandLineProgram.Work;
import java.util.function.Supplier;

/**
 * A command with options and work.
 *
 * @param name as one types it, such as "train text"
 * @param options makes its options
 * @param work what it does with them
 */
public record Verb<O>(String name, Supplier<O> options, Work<O> work) {}
