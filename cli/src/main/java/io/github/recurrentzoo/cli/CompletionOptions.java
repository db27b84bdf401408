package io.github.recurrentzoo.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The options of {@code completion}. */
@Command(
    name = "completion",
    description = {"Prints a completion script for bash and zsh.", ""},
    footer = {
      "",
      "Examples:",
      "  source <(recurrent-zoo completion)                         for this shell",
      "  recurrent-zoo completion >> ~/.bash_completion             for each bash to come",
      "  recurrent-zoo completion > ~/.recurrent-zoo-completion     for zsh, with",
      "    autoload -U +X bashcompinit && bashcompinit; source ~/.recurrent-zoo-completion   in ~/.zshrc"
    })
final class CompletionOptions {

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;
}
