/**
 * What every command has in common: the frame that runs it, its help and messages, exit codes,
 * terminal and standard input.
 */
package io.github.recurrentzoo.cli.console;
