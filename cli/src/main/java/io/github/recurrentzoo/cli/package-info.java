/**
 * The launcher: one program with a command for each thing that the zoo can do. Options and work are
 * those of the examples, so that each has one definition.
 */
package io.github.recurrentzoo.cli;
