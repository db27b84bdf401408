package io.github.recurrentzoo.cli.command.generation;

import static io.github.recurrentzoo.zoo.report.JsonTree.object;

import io.github.recurrentzoo.cli.console.ConsoleArguments;
import io.github.recurrentzoo.cli.console.LostOutputException;
import io.github.recurrentzoo.cli.console.Wording;
import io.github.recurrentzoo.cli.option.ModelArgument;
import io.github.recurrentzoo.zoo.generation.GenerationOptions;
import io.github.recurrentzoo.zoo.generation.TextGenerator;
import io.github.recurrentzoo.zoo.text.CharacterVocabulary;
import io.github.recurrentzoo.zoo.text.TextPieces;
import io.github.recurrentzoo.zoo.text.TextUnit;
import io.github.recurrentzoo.zoo.text.Vocabulary;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lets a saved text generator write. */
public final class WriteText {

  private WriteText() {}

  /**
   * What a run gives.
   *
   * @param generator the loaded generator
   * @param sample what it wrote, without the prompt
   */
  public record Result(TextGenerator generator, String sample) {}

  /**
   * Loads and writes.
   *
   * @param options the model, and what to write
   * @param out where to print to
   * @return generator and sample
   */
  public static Result run(WriteTextOptions options, PrintStream out) {
    return write(options.model, options.writing, options.console, out);
  }

  static Result write(
      ModelArgument model, WritingArguments writing, ConsoleArguments console, PrintStream out) {
    GenerationOptions generation = writing.options();
    TextGenerator generator = model.load(TextGenerator::load, TextGenerator::pretrained);
    String sample = write(generator, writing.prompt, generation, out);
    console.emit(
        () ->
            object(
                "prompt", writing.prompt,
                "text", sample,
                "temperature", generation.temperature(),
                "topK", generation.topK(),
                "topP", generation.topP(),
                "repetitionPenalty", generation.repetitionPenalty(),
                "sampleSeed", generation.seed()));
    return new Result(generator, sample);
  }

  /** Writes the prompt, then each character as it comes. */
  static String write(
      TextGenerator generator, String prompt, GenerationOptions generation, PrintStream out) {
    String unknown = unknown(generator, prompt);
    if (!unknown.isEmpty()) {
      out.printf(
          "Warning: the model has never seen these %s of the prompt: %s%n",
          generator.unit().inWords(), unknown);
    }
    StringBuilder sample = new StringBuilder();
    out.print(prompt);
    out.flush();
    generator.generate(
        prompt,
        generation,
        character -> {
          sample.appendCodePoint(character);
          out.print(Character.toString(character));
          if (out.checkError()) { // flushes, too; a pipe that was closed wants no more
            throw new LostOutputException();
          }
        });
    out.println();
    return sample.toString();
  }

  /** The characters or words of a prompt that the network does not know, with blanks between. */
  private static String unknown(TextGenerator generator, String prompt) {
    Stream<String> unknown =
        generator.unit() == TextUnit.WORDS
            ? TextPieces.cut(prompt).stream()
                .filter(word -> generator.words().id(word) == Vocabulary.UNKNOWN)
                .map(String::strip)
            : TextUnit.CHARACTERS.cut(prompt).stream()
                .filter(
                    c ->
                        generator.vocabulary().id(c.codePointAt(0)) == CharacterVocabulary.UNKNOWN);
    return unknown.distinct().collect(Collectors.joining(" "));
  }

  /** The command that lets a model write, to type as it stands. */
  static String command(Path model) {
    return Wording.command(
        "generate", "--model %s --length 1000".formatted(Wording.argument(model.toString())));
  }
}
