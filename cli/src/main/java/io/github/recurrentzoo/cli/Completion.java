package io.github.recurrentzoo.cli;

import io.github.recurrentzoo.zoo.preset.Preset;
import io.github.recurrentzoo.zoo.preset.Presets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The script that makes a shell complete commands, options and their values. Picocli writes it from
 * the commands; here they get what it needs for that: a label of its own for each option, as it
 * keeps the values of one command by the labels, and values as people write them.
 */
final class Completion {

  private Completion() {}

  static String script() {
    CommandLine root = Commands.of().root();
    prepare(root);
    return AutoComplete.bash("recurrent-zoo", root);
  }

  private static void prepare(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    for (OptionSpec option : List.copyOf(spec.options())) {
      List<String> values = values(option);
      if (!values.isEmpty()) {
        spec.remove(option);
        spec.addOption(
            OptionSpec.builder(option)
                .paramLabel(option.longestName().replaceFirst("^-+", "").toUpperCase(Locale.ROOT))
                .completionCandidates(values)
                .build());
      }
    }
    command.getSubcommands().values().forEach(Completion::prepare);
  }

  /** What may follow an option; nothing if that is not one of a few words. */
  private static List<String> values(OptionSpec option) {
    if (option.longestName().equals("--model")) {
      return Presets.list().stream().map(Preset::name).toList();
    }
    List<String> values = new ArrayList<>();
    if (option.completionCandidates() != null) {
      // Enums have a converter where hyphens are taken.
      char separator = option.converters().length > 0 ? '-' : '_';
      option
          .completionCandidates()
          .forEach(value -> values.add(value.toLowerCase(Locale.ROOT).replace('_', separator)));
    }
    return values;
  }
}
