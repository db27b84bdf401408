/**
 * The command that compares the architectures: the same number of parameters and steps, several
 * seeds.
 */
package io.github.recurrentzoo.cli.compare;
