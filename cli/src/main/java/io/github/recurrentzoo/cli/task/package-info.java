/** The tasks that the command line knows. */
package io.github.recurrentzoo.cli.task;
