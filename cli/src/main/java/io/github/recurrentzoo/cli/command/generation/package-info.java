/** Commands of text generation: train, fine-tune, generate. */
package io.github.recurrentzoo.cli.command.generation;
