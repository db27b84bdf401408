/**
 * The commands of the command line, and what those of all tasks have in common. A package below for
 * each task.
 */
package io.github.recurrentzoo.cli.command;
