package io.github.recurrentzoo.cli.console;

/**
 * Options of a training whose network does not read its own output: the help leaves teacher forcing
 * out, which is refused then.
 */
public interface WithoutTeacher {}
