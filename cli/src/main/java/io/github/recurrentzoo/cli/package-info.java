/**
 * The launcher: one program with a command for each thing that the zoo can do. Packages below it
 * hold options and work.
 */
package io.github.recurrentzoo.cli;
