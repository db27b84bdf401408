package io.github.recurrentzoo.zoo.generation;

import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.model.ModelFileException;
import io.github.recurrentzoo.zoo.network.Replicas;
import io.github.recurrentzoo.zoo.onnx.OnnxPart;
import io.github.recurrentzoo.zoo.pipeline.ModelEntries;
import io.github.recurrentzoo.zoo.pipeline.ModelInfo;
import io.github.recurrentzoo.zoo.pipeline.Pipeline;
import io.github.recurrentzoo.zoo.pipeline.PipelineType;
import io.github.recurrentzoo.zoo.pipeline.TrainedOutside;
import io.github.recurrentzoo.zoo.preset.Presets;
import io.github.recurrentzoo.zoo.preset.UnknownPresetException;
import io.github.recurrentzoo.zoo.text.CharacterVocabulary;
import io.github.recurrentzoo.zoo.text.TextPieces;
import io.github.recurrentzoo.zoo.text.TextUnit;
import io.github.recurrentzoo.zoo.text.Vocabulary;
import io.github.recurrentzoo.zoo.training.FineTuneOptions;
import io.github.recurrentzoo.zoo.training.Provenance;
import io.github.recurrentzoo.zoo.training.TrainingDivergedException;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import io.github.recurrentzoo.zoo.training.TrainingStoppedException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * Writes text, character by character or word by word, after the manner of a text that it learned
 * from.
 *
 * <pre>{@code
 * TextGenerator generator =
 *     TextGenerator.train(
 *         List.of(text),
 *         TextGeneration.builder().build(),
 *         TrainingOptions.builder().batchSize(64).build());
 * String more = generator.generate("Once upon a", GenerationOptions.builder().build());
 * }</pre>
 *
 * <p>For training, the text is cut into {@link TrainingOptions#batchSize} streams that are read
 * side by side, {@link TextGeneration#segmentLength} characters per step of the optimiser; the
 * state is carried over the whole text. Fewer streams are made of a short text, so that each has a
 * segment at least.
 *
 * <p>A character is a Unicode code point; words are those of {@link TextPieces}, and one that is
 * not known is never written. Safe for use by several threads, and sets the number of native
 * threads per operation to one, as {@code TextClassifier} is and does.
 */
public final class TextGenerator extends Pipeline {
  /** What it is among the pipelines of the zoo. */
  public static final PipelineType<TextGenerator> TYPE =
      new PipelineType<>(TextGeneration.TASK, TextGenerator.class, TextGenerator::read);

  /** What ends each document where several are one text. */
  private static final String END = "\n";

  private static final int PROBE_STEPS = 32;
  private static final String VOCABULARY = "vocabulary";
  static final String SEGMENT_LENGTH = "segmentLength";
  static final String RESTART_EVERY = "restartEvery";

  private final GeneratorUnits units;
  private final Replicas<ComputationGraph> networks;
  private final TextWriter writer;

  TextGenerator(ComputationGraph network, GeneratorUnits units, ModelInfo info) {
    super(network, info);
    this.units = units;
    networks = Replicas.of(network);
    writer = new TextWriter(units, network, networks);
  }

  /** Whether text is generated without Deeplearning4j: by all recurrences that have kernels. */
  boolean hasSteps() {
    return writer.hasSteps();
  }

  /**
   * Trains a new network. A part of the text is kept out of training and of the vocabulary; after
   * each epoch, the loss there decides which weights are the best so far, and these are the ones
   * that stay. The same documents, options and seeds give the same generator to the bit, on the
   * same machine with the same number of threads.
   *
   * @param documents such as definitions, or messages: they are put in a random order, by the seed
   *     of the training, one after the other, each with a new line at its end, and the last ones
   *     are kept out of training. Of a single one, {@code List.of(text)}, it is the end that is
   *     kept out. Together longer than a segment, the part for validation left out
   * @param architecture the network; its vocabulary size is an upper bound
   * @param training how to train; {@code batchSize} is the number of streams
   * @throws DataException if the text is too short
   * @throws TrainingDivergedException if the loss becomes infinite or no number
   */
  public static TextGenerator train(
      List<String> documents, TextGeneration architecture, TrainingOptions training) {
    return train(documents, architecture, training, TrainingRun.SILENT);
  }

  /**
   * As {@link #train(List, TextGeneration, TrainingOptions)}, within a run, which hears how the
   * training goes on and may stop it.
   *
   * @throws TrainingStoppedException if the run stops it
   */
  public static TextGenerator train(
      List<String> documents,
      TextGeneration architecture,
      TrainingOptions training,
      TrainingRun run) {
    return GeneratorTraining.train(
        GenerationText.of(documents, training), architecture, training, run);
  }

  /**
   * As {@link #train(List, TextGeneration, TrainingOptions, TrainingRun)}, with a validation text
   * of one's own.
   *
   * @param validation chooses the best epoch; if it is empty, all epochs are trained and the
   *     weights of the last one stay
   */
  public static TextGenerator train(
      String text,
      String validation,
      TextGeneration architecture,
      TrainingOptions training,
      TrainingRun run) {
    return GeneratorTraining.train(
        GenerationText.of(text, validation), architecture, training, run);
  }

  /**
   * Puts a network that was trained in a loop of your own into a generator. {@link
   * Provenance#trainedOutside} is true for it.
   *
   * @param network made by {@code architecture}; it is copied and stays as it is
   * @param architecture the entry that made it; its vocabulary size is replaced
   * @param vocabulary the characters whose ids the network was trained with
   * @throws IllegalArgumentException if the network has other weights than vocabulary and
   *     architecture ask for; the message names both shapes
   */
  public static TextGenerator of(
      ComputationGraph network, TextGeneration architecture, CharacterVocabulary vocabulary) {
    return of(network, architecture, new CharacterUnits(vocabulary));
  }

  /**
   * As {@link #of(ComputationGraph, TextGeneration, CharacterVocabulary)}, of a network that reads
   * and writes words.
   *
   * @param words the pieces, as {@link TextPieces} cuts them, whose ids the network was trained
   *     with
   */
  public static TextGenerator ofWords(
      ComputationGraph network, TextGeneration architecture, Vocabulary words) {
    return of(network, architecture, WordUnits.ofSymbols(words.words()));
  }

  private static TextGenerator of(
      ComputationGraph network, TextGeneration architecture, GeneratorUnits units) {
    return TrainedOutside.put(
        architecture.toBuilder().unit(units.unit()).vocabularySize(units.size()).build(),
        network,
        (copy, info) -> new TextGenerator(copy, units, info));
  }

  /**
   * Trains on from these weights, on other documents, and leaves this generator as it is.
   * Vocabulary and network stay the same: characters that it does not know are read as unknown
   * ones. The updater goes on with its state.
   *
   * @param documents as for {@link #train}
   * @return a new generator
   * @throws DataException if the text is too short, or has no character that is known
   * @throws TrainingDivergedException if the loss becomes infinite or no number
   */
  public TextGenerator trainOn(List<String> documents, TrainingOptions training) {
    return trainOn(documents, training, TrainingRun.SILENT);
  }

  /**
   * As {@link #trainOn(List, TrainingOptions)}, within a run, which hears how the training goes on
   * and may stop it.
   *
   * @throws TrainingStoppedException if the run stops it
   */
  public TextGenerator trainOn(List<String> documents, TrainingOptions training, TrainingRun run) {
    return training().trainOn(GenerationText.of(documents, training), training, run);
  }

  private GeneratorTraining training() {
    return new GeneratorTraining(this, trained(), units);
  }

  /**
   * Fits the network to other documents, from the weights that it has, and leaves this generator as
   * it is. Characters that it knows keep their vectors and output weights; new ones are added, the
   * most frequent first, as many as the options allow. {@link Provenance#origin} of the new
   * generator says how many were known and new.
   *
   * @param documents as for {@link #train}
   * @param options what is frozen, and how to train
   * @return a new generator
   * @throws DataException if the text is too short, or has no character that is known or may be
   *     added
   * @throws TrainingDivergedException if the loss becomes infinite or no number
   */
  public TextGenerator fineTune(List<String> documents, FineTuneOptions options) {
    return fineTune(documents, options, TrainingRun.SILENT);
  }

  /**
   * As {@link #fineTune(List, FineTuneOptions)}, within a run, which hears how the training goes on
   * and may stop it.
   *
   * @throws TrainingStoppedException if the run stops it
   */
  public TextGenerator fineTune(List<String> documents, FineTuneOptions options, TrainingRun run) {
    return training().fineTune(GenerationText.of(documents, options.training()), options, run);
  }

  /**
   * As {@link #fineTune(List, FineTuneOptions, TrainingRun)}, with a validation text of one's own.
   *
   * @param validation as in training
   */
  public TextGenerator fineTune(
      String text, String validation, FineTuneOptions options, TrainingRun run) {
    return training().fineTune(GenerationText.of(text, validation), options, run);
  }

  /**
   * One text of several documents, each with a new line at its end, as training puts them together
   * but in the given order.
   */
  public static String join(List<String> documents) {
    StringBuilder text = new StringBuilder();
    documents.forEach(document -> text.append(document).append(END));
    return text.toString();
  }

  /**
   * Counts the bits per character of a text, by the network and by a baseline. The network reads
   * the text with carried state, in up to 64 places at once.
   *
   * @param text of two characters or words at least, that were not in training
   * @param baseline n-grams of what the network was trained on, as {@link #nGrams} makes them
   * @throws DataException if the text is shorter
   * @throws IllegalArgumentException if the baseline has another vocabulary than a generator of
   *     characters
   */
  public GenerationReport evaluate(String text, CharacterNGrams baseline) {
    if (units instanceof CharacterUnits own
        && !baseline.vocabulary().characters().equals(own.vocabulary().characters())) {
      throw new IllegalArgumentException(
          "The baseline tells other characters apart than the network does, so that their bits"
              + " cannot be compared; make it with vocabulary() of this generator");
    }
    return evaluate(text)
        .beside(baseline.order(), baseline.bitsPerCharacter(String.join("", units.cut(text))));
  }

  /**
   * N-grams of characters to compare with: of the text as the network reads it, with the vocabulary
   * of a generator of characters, or with all characters of the text.
   *
   * @param text what the network was trained on
   * @param order n
   */
  public CharacterNGrams nGrams(String text, int order) {
    String read = String.join("", units.cut(text));
    CharacterVocabulary characters =
        units instanceof CharacterUnits own
            ? own.vocabulary()
            : CharacterVocabulary.of(read, Integer.MAX_VALUE);
    return CharacterNGrams.of(read, characters, order);
  }

  /**
   * As {@link #evaluate(String, CharacterNGrams)}, with nothing to compare with: for a text where
   * what the network was trained on is not at hand.
   */
  public GenerationReport evaluate(String text) {
    GeneratorUnits.Encoded encoded = units.encode(text);
    if (encoded.ids().length < 2) {
      throw new DataException(
          "The text to evaluate on has %d %s; expected two at least, since the second is the first to be predicted."
              .formatted(encoded.ids().length, unit().inWords()));
    }
    UnitScore score = networks.ask(each -> UnitScore.of(each, encoded.ids()));
    double bits = score.bits(encoded);
    GenerationReport.Words words =
        unit() == TextUnit.CHARACTERS
            ? null
            : new GenerationReport.Words(
                score.predicted(), encoded.unknown(), bits / score.predicted());
    return new GenerationReport(
        encoded.characters(),
        encoded.unknownCharacters(),
        bits / encoded.characters(),
        0,
        Double.NaN,
        Optional.ofNullable(words));
  }

  /**
   * Goes on where a prompt ends.
   *
   * @param prompt what is read first; unknown characters are read as such. Empty for the beginning
   *     of a line.
   * @return what was generated, without the prompt
   */
  public String generate(String prompt, GenerationOptions generation) {
    StringBuilder text = new StringBuilder();
    generate(prompt, generation, text::appendCodePoint);
    return text.toString();
  }

  /**
   * As {@link #generate(String, GenerationOptions)}, telling each character as soon as it is
   * chosen.
   *
   * @param prompt as above
   * @param listener gets each character as a code point; what it throws ends the generation
   */
  public void generate(String prompt, GenerationOptions generation, IntConsumer listener) {
    boolean readsNothing = prompt.isEmpty() || units.cut(prompt).isEmpty();
    writer.write(readsNothing ? END : prompt, generation, listener);
  }

  /**
   * Loads a generator, which answers as the saved one did, to the bit.
   *
   * @param file a file that {@link #save} made; it may lie within a jar, too
   * @throws ModelFileException if the file is missing, damaged, of another kind, for another task
   *     or in a newer format
   */
  public static TextGenerator load(Path file) {
    return TYPE.load(file);
  }

  /**
   * As {@link #load(Path)}, from a stream, such as {@code
   * Main.class.getResourceAsStream("/model.zip")}.
   *
   * @param model is read to its end and not closed
   */
  public static TextGenerator load(InputStream model) {
    return TYPE.load(model);
  }

  /**
   * A pretrained generator, from the artifact recurrent-zoo-pretrained on the class path; nothing
   * is downloaded. {@link Presets} tells which there are.
   *
   * @param name such as {@code definitions-lstm}
   * @throws UnknownPresetException if there is none of that name for this task, or the artifact is
   *     missing
   * @throws ModelFileException if the file is not the one that belongs to it
   */
  public static TextGenerator pretrained(String name) {
    return TYPE.pretrained(name);
  }

  private static TextGenerator read(ModelEntries entries, ModelInfo info) {
    TextUnit unit = entries.unit(info, TextUnit.CHARACTERS);
    GeneratorUnits units;
    try {
      units = GeneratorUnits.ofSymbols(unit, entries.distinct(VOCABULARY));
    } catch (IllegalArgumentException e) {
      throw entries.damaged(
          VOCABULARY,
          unit == TextUnit.CHARACTERS
              ? "is empty, or holds more or less than one character in an element"
              : "is empty, or holds what is no word");
    }
    entries.checkInteger(info, SEGMENT_LENGTH, 1, Integer.MAX_VALUE);
    entries.checkInteger(info, RESTART_EVERY, 0, Integer.MAX_VALUE);
    int known = units.symbols().size();
    entries.checkSize(
        VOCABULARY, known, entries.inputSize(TextGeneration.EMBEDDING) - units.first());
    entries.checkSize(VOCABULARY, known, entries.outputSize(TextGeneration.NEXT) - units.first());
    return new TextGenerator(entries.network(), units, info);
  }

  @Override
  public PipelineType<TextGenerator> type() {
    return TYPE;
  }

  @Override
  protected List<OnnxPart> onnx() {
    return List.of(OnnxPart.stepwise());
  }

  @Override
  protected Map<String, Integer> onnxIds() {
    return units.reserved();
  }

  @Override
  protected Map<String, Object> entries() {
    return Map.of(VOCABULARY, units.symbols());
  }

  /** As users ask: all units as a prompt, and steps on from there. */
  @Override
  protected void answerOnce() {
    List<String> symbols = units.symbols();
    String prompt =
        String.join("", symbols.subList(0, Math.min(symbols.size(), TextWriter.PROMPT_STEPS)));
    generate(prompt, GenerationOptions.builder().length(PROBE_STEPS).build());
  }

  /** What is read and written step by step: characters or words. */
  public TextUnit unit() {
    return units.unit();
  }

  /**
   * The characters that the network knows.
   *
   * @throws IllegalStateException if it reads words: see {@link #words}
   */
  public CharacterVocabulary vocabulary() {
    if (units instanceof CharacterUnits own) {
      return own.vocabulary();
    }
    throw new IllegalStateException(
        "The generator reads words, and has no vocabulary of characters. Ask for words().");
  }

  /**
   * The words that the network knows, signs of punctuation and the end of a line among them, as
   * {@link TextPieces} cuts them.
   *
   * @throws IllegalStateException if it reads characters: see {@link #vocabulary}
   */
  public Vocabulary words() {
    if (units instanceof WordUnits own) {
      return own.vocabulary();
    }
    throw new IllegalStateException(
        "The generator reads characters, and has no vocabulary of words. Ask for vocabulary().");
  }

  /** The number of characters or words that gradients go back in training. */
  public int segmentLength() {
    return info().integer(SEGMENT_LENGTH);
  }
}
