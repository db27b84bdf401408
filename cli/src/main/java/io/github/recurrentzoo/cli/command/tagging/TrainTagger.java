package io.github.recurrentzoo.cli.command.tagging;

import io.github.recurrentzoo.cli.command.ModelTraining;
import io.github.recurrentzoo.zoo.tagging.SequenceTagger;
import io.github.recurrentzoo.zoo.tagging.SequenceTagging;
import io.github.recurrentzoo.zoo.tagging.TaggedText;
import io.github.recurrentzoo.zoo.tagging.TaggingPart;
import io.github.recurrentzoo.zoo.tagging.TaggingReport;
import io.github.recurrentzoo.zoo.tagging.WordBaseline;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** Trains a tagger on the Brown corpus or on a file of the user's, reports, saves and asks it. */
public final class TrainTagger {
  static final String BROWN = "Brown corpus";

  private static final String QUESTION = "She saw the saw that cuts long planks quickly.";

  private TrainTagger() {}

  /**
   * What a run gives.
   *
   * @param tagger the trained tagger
   * @param report how good it is on sentences that it has not seen
   * @param model the file that it was saved to
   */
  public record Result(SequenceTagger tagger, TaggingReport report, Path model) {}

  /**
   * Trains, reports, saves and asks.
   *
   * @param options what to train, on what, and where to save it
   * @param out where to print to
   * @return tagger, report and file
   */
  public static Result run(TrainTaggerOptions options, PrintStream out) {
    options.check();
    TaggedParts parts = parts(options, out);
    Path folder = options.output.prepare(options.rows.data, "brown", options.network);
    SequenceTagging architecture = options.architecture(parts.training());
    out.printf(
        Locale.ROOT,
        "Training %s%s%s on %,d sentences; %,d more are held out as test set.%n%n",
        options.network.inWords(),
        architecture.crf() ? " with a CRF" : "",
        architecture.englishVectors() ? " with English word vectors" : "",
        parts.training().size(),
        parts.test().size());
    ModelTraining run =
        new ModelTraining(options.training, options.output, options.console, folder, out);
    run.readFrom(options.rows.columns());
    TrainingOptions training = options.trainingOptions();
    SequenceTagger tagger = run.train(around -> parts.train(architecture, training, around));
    Path data = options.rows.data;
    return end(
        run,
        tagger,
        parts,
        data == null ? BROWN : data.toString(),
        "%s: tagging by %s"
            .formatted(
                data == null ? BROWN : data.getFileName().toString(), options.network.inWords()),
        () ->
            run.toSave(
                tagger,
                options.split,
                "%,d sentences".formatted(parts.all().training().size()),
                (epochs, around) ->
                    parts.all().train(architecture, training.withEpochs(epochs), around)));
  }

  private static TaggedParts parts(TrainTaggerOptions options, PrintStream out) {
    if (options.rows.data != null) {
      return options.rows.parts(options.split, options.training.seed, out);
    }
    out.println("Reading the Brown corpus.");
    return TaggedParts.brown(options.split.testSplit, options.training.seed);
  }

  /** Reports, saves and asks; the same for a model that began from another one. */
  static Result end(
      ModelTraining run,
      SequenceTagger tagger,
      TaggedParts parts,
      String source,
      String title,
      Supplier<SequenceTagger> toSave) {
    TaggingReport report = tagger.evaluate(parts.test(), WordBaseline.train(parts.training()));
    TaggingPart part = new TaggingPart(report);
    run.show(tagger, report, part);
    run.save(toSave.get());
    run.report(tagger, part, title, facts(source, parts, tagger));
    String question = source.equals(BROWN) ? QUESTION : asText(parts.test().get(0));
    TagText.print(question, tagger.tag(question), run.out());
    run.out().println();
    run.next("Ask the model:", TagText.command(run.folder(), question));
    run.emit(tagger, part, Map.of());
    return new Result(tagger, report, run.file());
  }

  private static String asText(TaggedText sentence) {
    List<String> words = sentence.words();
    return String.join(" ", words.subList(0, Math.min(words.size(), 20)));
  }

  private static Map<String, Object> facts(
      String source, TaggedParts parts, SequenceTagger tagger) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("source", source);
    facts.put("sentences for training and validation", parts.training().size());
    parts
        .validation()
        .ifPresent(own -> facts.put("sentences of one's own for validation", own.size()));
    facts.put("sentences for the report", parts.test().size());
    facts.put("labels", tagger.labels().size());
    if (!parts.weights().isNone()) {
      facts.put("class weights", parts.weights().inWords());
    }
    facts.put("words in the vocabulary", tagger.vocabulary().words().size());
    return facts;
  }
}
