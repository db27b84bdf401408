/** Commands of text classification: train, fine-tune, predict. */
package io.github.recurrentzoo.cli.command.classification;
