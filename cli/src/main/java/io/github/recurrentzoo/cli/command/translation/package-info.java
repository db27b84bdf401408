/**
 * Commands of sequence to sequence: train on dates, pronunciations or pairs, fine-tune, translate.
 */
package io.github.recurrentzoo.cli.command.translation;
