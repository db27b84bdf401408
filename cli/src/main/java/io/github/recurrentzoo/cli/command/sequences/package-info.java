/** Commands of sequence classification: train, fine-tune, classify. */
package io.github.recurrentzoo.cli.command.sequences;
