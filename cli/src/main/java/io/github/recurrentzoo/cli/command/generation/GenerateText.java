package io.github.recurrentzoo.cli.command.generation;

import io.github.recurrentzoo.cli.command.ModelTraining;
import io.github.recurrentzoo.cli.option.SplitArguments;
import io.github.recurrentzoo.datasets.WordNetDefinitions;
import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.generation.GenerationOptions;
import io.github.recurrentzoo.zoo.generation.GenerationPart;
import io.github.recurrentzoo.zoo.generation.GenerationReport;
import io.github.recurrentzoo.zoo.generation.TextFile;
import io.github.recurrentzoo.zoo.generation.TextGeneration;
import io.github.recurrentzoo.zoo.generation.TextGenerator;
import io.github.recurrentzoo.zoo.text.TextPieces;
import io.github.recurrentzoo.zoo.text.TextUnit;
import io.github.recurrentzoo.zoo.training.FineTuneOptions;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/** Trains a network that writes text, on WordNet's definitions or on a file, and lets it write. */
public final class GenerateText {

  private static final double TEST_FRACTION = 0.05;
  public static final double VALIDATION_FRACTION = 0.05;
  private static final int BASELINE_ORDER = 5;
  private static final int REPORTED_LENGTH = 300;

  /** The options that say what to write, and how to print. */
  private static final List<String> WRITING =
      List.of(
          "--model",
          "--prompt",
          "--length",
          "--temperature",
          "--top-k",
          "--top-p",
          "--repetition-penalty",
          "--sample-seed",
          "--json");

  private GenerateText() {}

  /**
   * What a run gives.
   *
   * @param generator the trained or loaded generator
   * @param report how well it predicts text that it has not seen; empty without training
   * @param sample what it wrote, without the prompt
   * @param model the file that it was saved to; empty without training
   */
  public record Result(
      TextGenerator generator,
      Optional<GenerationReport> report,
      String sample,
      Optional<Path> model) {}

  /**
   * Trains, reports and saves, unless a model is given; then writes.
   *
   * @param options what to train, on what, and what to write
   * @param out where to print to
   * @return generator, report, sample and file
   */
  public static Result run(GenerateTextOptions options, PrintStream out) {
    if (options.model.isGiven()) {
      options.console.refuseAllBut(
          "with --model, which writes with a saved model and trains none", WRITING);
      WriteText.Result written =
          WriteText.write(options.model, options.writing, options.console, out);
      return new Result(written.generator(), Optional.empty(), written.sample(), Optional.empty());
    }
    options.writing.options(); // refuses what cannot be
    TextGeneration.Builder architecture = options.architecture();
    TrainingOptions training = options.trainingOptions(options.split.validationSplit);
    Split split = Split.of(options, out).requireTwo(architecture.build().unit());
    Path folder = options.output.prepare(options.data, "definitions", options.network);
    out.printf(
        Locale.ROOT,
        "Training %s on %,d characters; %,d more are held out as test set.%n%n",
        options.network.inWords(),
        length(split.allButTest()),
        length(split.test()));
    ModelTraining run =
        new ModelTraining(options.training, options.output, options.console, folder, out);
    TextGenerator generator =
        run.train(around -> split.train(architecture.build(), training, around));
    String source =
        options.data == null ? "WordNet's definitions" : options.data.getFileName().toString();
    return end(
        run,
        generator,
        split,
        options.writing,
        options.data == null ? "WordNet 3.1, definitions" : options.data.toString(),
        "%s: text by %s".formatted(source, options.network.inWords()),
        () ->
            run.toSave(
                generator,
                options.split,
                "%,d characters".formatted(length(split.all())),
                (epochs, around) ->
                    TextGenerator.train(
                        split.all(),
                        "",
                        architecture.build(),
                        training.withEpochs(epochs),
                        around)));
  }

  /** Reports, saves and writes; the same for a model that began from another one. */
  static Result end(
      ModelTraining run,
      TextGenerator generator,
      Split split,
      WritingArguments writing,
      String source,
      String title,
      Supplier<TextGenerator> toSave) {
    GenerationReport report = evaluate(generator, split);
    run.show(generator, report, new GenerationPart(report, List.of()));
    run.save(toSave.get());
    String sample = WriteText.write(generator, writing.prompt, writing.options(), run.out());
    run.out().println();
    GenerationPart part = new GenerationPart(report, samples(generator, writing, sample));
    run.report(generator, part, title, facts(source, split, generator));
    run.next("Let the model write:", WriteText.command(run.folder()));
    run.emit(generator, part, Map.of("sample", sample));
    return new Result(generator, Optional.of(report), sample, Optional.of(run.file()));
  }

  public static GenerationReport evaluate(TextGenerator generator, Split split) {
    return generator.evaluate(split.test(), generator.nGrams(split.allButTest(), BASELINE_ORDER));
  }

  /** What was printed, and two shorter ones, more careful and more daring. */
  static List<GenerationPart.Sample> samples(
      TextGenerator generator, WritingArguments writing, String printed) {
    List<GenerationPart.Sample> samples = new ArrayList<>();
    samples.add(
        new GenerationPart.Sample("temperature " + writing.temperature, writing.prompt, printed));
    for (double temperature : new double[] {0.5, 1.0}) {
      GenerationOptions generation =
          writing.options(Math.min(writing.length, REPORTED_LENGTH), temperature);
      samples.add(
          new GenerationPart.Sample(
              "temperature " + temperature,
              writing.prompt,
              generator.generate(writing.prompt, generation)));
    }
    return samples;
  }

  static Map<String, Object> facts(String source, Split split, TextGenerator generator) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("source", source);
    facts.put("characters for training and validation", length(split.allButTest()));
    facts.put("characters for the report", length(split.test()));
    boolean words = generator.unit() == TextUnit.WORDS;
    facts.put(
        "%s in the vocabulary".formatted(generator.unit().inWords()),
        words ? generator.words().size() : generator.vocabulary().size());
    return facts;
  }

  /** A file, or all texts of a folder, one after the other. */
  static String textOf(Path file) {
    return Files.isDirectory(file)
        ? TextGenerator.join(TextFile.readAll(file))
        : TextFile.read(file);
  }

  static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /**
   * What is learned from, and what is kept for the report.
   *
   * @param documents what is learned from, a single one if it is one text
   * @param allButTest the same as one text
   * @param validation a text of the user's for validation
   * @param test what is kept for the report
   */
  public record Split(
      List<String> documents, String allButTest, Optional<String> validation, String test) {

    static Split of(GenerateTextOptions options, PrintStream out) {
      return options.data == null
          ? ofDefinitions(options.training.seed, options.split.testSplit, out)
          : ofFile(
              options.data,
              options.split,
              options.training.seed,
              options.segmentLength,
              ", or a smaller --segment-length",
              out);
    }

    /** As with default options. */
    public static Split ofDefinitions(long seed, PrintStream out) {
      return ofDefinitions(seed, TEST_FRACTION, out);
    }

    /** In a random order: WordNet's own is by subject. */
    private static Split ofDefinitions(long seed, double testSplit, PrintStream out) {
      out.println("Reading the definitions of WordNet 3.1.");
      List<String> definitions = new ArrayList<>(WordNetDefinitions.readAll());
      Collections.shuffle(definitions, new Random(seed));
      int border = (int) (definitions.size() * (1 - testSplit));
      List<String> documents = definitions.subList(0, border);
      return new Split(
          documents,
          TextGenerator.join(documents),
          Optional.empty(),
          TextGenerator.join(definitions.subList(border, definitions.size())));
    }

    /**
     * The end of the file is for the report, unless there is a file for that; of a folder, whole
     * documents are.
     *
     * @param orElse what else may be done where it is too short
     */
    static Split ofFile(
        Path file,
        SplitArguments split,
        long seed,
        int segmentLength,
        String orElse,
        PrintStream out) {
      if (Files.isDirectory(file)) {
        return ofFolder(file, split, seed, out);
      }
      String text = read(file, out);
      Optional<String> validation =
          Optional.ofNullable(split.validationData).map(own -> read(own, out));
      Optional<String> test = Optional.ofNullable(split.testData).map(own -> read(own, out));
      double testPart = test.isPresent() ? 0 : split.testSplit;
      double validationPart = validation.isPresent() ? 0 : split.validationSplit;
      int characters = length(text);
      int needed = (int) Math.ceil((segmentLength + 2) / (1 - testPart));
      needed = (int) Math.ceil(needed / (1 - validationPart));
      needed = testPart == 0 ? needed : (int) Math.max(needed, 2 / testPart + 2);
      if (characters < needed) {
        throw new DataException(
            "%s has %d characters; expected at least %d, for a segment of %d in training, validation and test set. Give a longer text%s; good results take 100,000 characters or more."
                .formatted(file, characters, needed, segmentLength, orElse));
      }
      requireTwo(split.validationData, validation);
      requireTwo(split.testData, test);
      int border = text.offsetByCodePoints(0, (int) (characters * (1 - testPart)));
      return new Split(
          List.of(text.substring(0, border)),
          text.substring(0, border),
          validation,
          test.orElseGet(() -> text.substring(border)));
    }

    /** Of documents in a random order the last ones are for the report, and none is cut. */
    private static Split ofFolder(Path folder, SplitArguments split, long seed, PrintStream out) {
      List<String> documents = new ArrayList<>(TextFile.readAll(folder));
      out.printf(Locale.ROOT, "Reading %s: %,d documents.%n", folder, documents.size());
      Collections.shuffle(documents, new Random(seed));
      Optional<String> validation =
          Optional.ofNullable(split.validationData).map(own -> read(own, out));
      Optional<String> test = Optional.ofNullable(split.testData).map(own -> read(own, out));
      requireTwo(split.validationData, validation);
      requireTwo(split.testData, test);
      int held =
          test.isPresent() ? 0 : (int) Math.max(1, Math.round(documents.size() * split.testSplit));
      int parts = 1 + (held > 0 ? 1 : 0) + (validation.isPresent() ? 0 : 1);
      if (documents.size() < parts) {
        throw new DataException(
            "%s has %,d text files (.txt); expected %d at least, one each for training, validation and test set. Add some, or name files with --validation-data and --test-data."
                .formatted(folder, documents.size(), parts));
      }
      int border = documents.size() - held;
      List<String> learned = documents.subList(0, border);
      return new Split(
          learned,
          TextGenerator.join(learned),
          validation,
          test.orElseGet(() -> TextGenerator.join(documents.subList(border, border + held))));
    }

    private static String read(Path file, PrintStream out) {
      out.println("Reading " + file + ".");
      return textOf(file);
    }

    private static void requireTwo(Path file, Optional<String> text) {
      if (text.isPresent() && length(text.get()) < 2) {
        throw new DataException(
            "%s has %d characters; expected at least 2. Give a longer text."
                .formatted(file, length(text.get())));
      }
    }

    /** Refuses texts of one word, where words are the units, before anything is trained. */
    Split requireTwo(TextUnit unit) {
      requireTwo(unit, "The text for validation", validation.orElse(allButTest));
      requireTwo(unit, "The test text", test);
      return this;
    }

    private static void requireTwo(TextUnit unit, String what, String text) {
      if (unit == TextUnit.WORDS && TextPieces.cut(text).size() < 2) {
        throw new DataException(
            "%s has fewer than two words; the second is the first to be predicted. Give a longer text."
                .formatted(what));
      }
    }

    TextGenerator train(TextGeneration network, TrainingOptions training, TrainingRun run) {
      return validation.isPresent()
          ? TextGenerator.train(allButTest, validation.get(), network, training, run)
          : TextGenerator.train(documents, network, training, run);
    }

    TextGenerator fineTune(TextGenerator model, FineTuneOptions tuning, TrainingRun run) {
      return validation.isPresent()
          ? model.fineTune(allButTest, validation.get(), tuning, run)
          : model.fineTune(documents, tuning, run);
    }

    /** All text. */
    String all() {
      return allButTest + validation.orElse("") + test;
    }
  }
}
