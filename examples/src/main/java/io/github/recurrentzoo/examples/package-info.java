/**
 * Programs that train and ask the networks of the zoo.
 *
 * <p>Each has one shape: {@code main} reads the command line into options, {@code run} does the
 * work and returns a result. They end with exit code 0 if all went well, 2 if something given by
 * the user cannot be used (one message on standard error says what), and 1 for anything unexpected.
 */
package io.github.recurrentzoo.examples;
