package io.github.recurrentzoo.zoo.translation;

import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.model.ModelFileException;
import io.github.recurrentzoo.zoo.network.Replicas;
import io.github.recurrentzoo.zoo.network.TokenBatch;
import io.github.recurrentzoo.zoo.onnx.OnnxPart;
import io.github.recurrentzoo.zoo.pipeline.ModelEntries;
import io.github.recurrentzoo.zoo.pipeline.ModelInfo;
import io.github.recurrentzoo.zoo.pipeline.Pipeline;
import io.github.recurrentzoo.zoo.pipeline.PipelineType;
import io.github.recurrentzoo.zoo.pipeline.TrainedOutside;
import io.github.recurrentzoo.zoo.preset.Presets;
import io.github.recurrentzoo.zoo.preset.UnknownPresetException;
import io.github.recurrentzoo.zoo.report.CrossValidation;
import io.github.recurrentzoo.zoo.text.SymbolUnit;
import io.github.recurrentzoo.zoo.text.SymbolVocabulary;
import io.github.recurrentzoo.zoo.training.FineTuneOptions;
import io.github.recurrentzoo.zoo.training.Provenance;
import io.github.recurrentzoo.zoo.training.TrainingDivergedException;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import io.github.recurrentzoo.zoo.training.TrainingStoppedException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * Makes one text of another, as it learned from pairs: dates, pronunciations, abbreviations ...
 *
 * <pre>{@code
 * SequenceTranslator translator =
 *     SequenceTranslator.train(
 *         pairs,
 *         SequenceToSequence.builder().maxOutputLength(10).build(),
 *         TrainingOptions.builder().build());
 * Translation translation = translator.translate("12 March 2021");
 * }</pre>
 *
 * <p>Texts are taken as they are: what is to be read alike, such as capital and small letters, is
 * to be written alike before. A symbol of an input that was not in training is read as the unknown
 * symbol.
 *
 * <p>Safe for use by several threads, as {@code TextClassifier} is.
 *
 * <p>To train or to ask sets the number of native threads per operation to one, unless the
 * environment variable OMP_NUM_THREADS is set: see {@code TextClassifier}.
 */
public final class SequenceTranslator extends Pipeline {
  /** What it is among the pipelines of the zoo. */
  public static final PipelineType<SequenceTranslator> TYPE =
      new PipelineType<>(
          SequenceToSequence.TASK, SequenceTranslator.class, SequenceTranslator::read);

  private static final int ROWS_AT_ONCE = 256;

  private static final String SOURCE_SYMBOLS = "source-symbols";
  private static final String TARGET_SYMBOLS = "target-symbols";

  private final Replicas<StepwiseDecoder> decoders;
  private final PairEncoder encoder;

  SequenceTranslator(ComputationGraph network, PairEncoder encoder, ModelInfo info) {
    super(network, info);
    Optional<StepwiseDecoder.OnHeap> onHeap = StepwiseDecoder.OnHeap.of(network);
    this.decoders = new Replicas<>(() -> new StepwiseDecoder(network, onHeap));
    this.encoder = encoder;
  }

  /**
   * Trains a new network.
   *
   * <p>A fraction of the different sources, each with all its targets, is kept out of training and
   * of the vocabularies; after each epoch their loss decides which weights are the best so far, and
   * these are the ones that the translator has. The same pairs, options and seeds give the same
   * translator to the bit, on the same machine with the same number of threads.
   *
   * @param pairs with two different sources at least
   * @param architecture the network; its vocabulary sizes are upper bounds
   * @param training how to train
   * @throws DataException if there are too few pairs, or a side has more symbols than is allowed
   * @throws TrainingDivergedException if the loss becomes infinite or no number
   */
  public static SequenceTranslator train(
      List<TextPair> pairs, SequenceToSequence architecture, TrainingOptions training) {
    return train(pairs, architecture, training, TrainingRun.SILENT);
  }

  /**
   * As {@link #train(List, SequenceToSequence, TrainingOptions)}, within a run, which hears how the
   * training goes on and may stop it.
   *
   * @throws TrainingStoppedException if the run stops it
   */
  public static SequenceTranslator train(
      List<TextPair> pairs,
      SequenceToSequence architecture,
      TrainingOptions training,
      TrainingRun run) {
    return TranslatorTraining.train(
        PairSplit.bySource(pairs, training.validationSplit(), training.seed()),
        pairs,
        architecture,
        training,
        run);
  }

  /**
   * As {@link #train(List, SequenceToSequence, TrainingOptions, TrainingRun)}, with validation
   * pairs of one's own.
   *
   * @param pairs to learn from, and as {@code test} those that choose the best epoch; without any,
   *     all epochs are trained and the weights of the last one stay
   */
  public static SequenceTranslator train(
      PairSplit pairs, SequenceToSequence architecture, TrainingOptions training, TrainingRun run) {
    return TranslatorTraining.train(pairs, null, architecture, training, run);
  }

  /**
   * Puts a network that was trained in a loop of your own into a translator. {@link
   * Provenance#trainedOutside} is true for it.
   *
   * @param network made by {@code architecture}; it is copied and stays as it is
   * @param architecture the entry that made it; its vocabulary sizes and units are replaced
   * @param source the symbols whose ids the inputs were
   * @param target the symbols whose ids the outputs were
   * @throws IllegalArgumentException if the network has other weights than vocabularies and
   *     architecture ask for; the message names both shapes
   */
  public static SequenceTranslator of(
      ComputationGraph network,
      SequenceToSequence architecture,
      SymbolVocabulary source,
      SymbolVocabulary target) {
    SequenceToSequence entry =
        architecture.toBuilder()
            .sourceUnit(source.unit())
            .targetUnit(target.unit())
            .sourceVocabularySize(source.size())
            .targetVocabularySize(target.size())
            .build();
    PairEncoder encoder =
        new PairEncoder(source, target, entry.maxInputLength(), entry.maxOutputLength());
    return TrainedOutside.put(
        entry, network, (copy, info) -> new SequenceTranslator(copy, encoder, info));
  }

  /**
   * Trains this translator's network further, on other pairs or with other options. The
   * architecture, the symbols, the bounds of the lengths and the updater stay as they are; this
   * translator is left as it is.
   *
   * @param pairs with two different sources at least
   * @return a new translator
   * @throws DataException as for {@link #train}, or if a target has a symbol that the network
   *     cannot answer, since it was made for others
   * @throws TrainingDivergedException if the loss becomes infinite or no number
   */
  public SequenceTranslator trainOn(List<TextPair> pairs, TrainingOptions training) {
    return trainOn(pairs, training, TrainingRun.SILENT);
  }

  /**
   * As {@link #trainOn(List, TrainingOptions)}, within a run, which hears how the training goes on
   * and may stop it.
   *
   * @throws TrainingStoppedException if the run stops it
   */
  public SequenceTranslator trainOn(
      List<TextPair> pairs, TrainingOptions training, TrainingRun run) {
    return new TranslatorTraining(this, trained(), encoder).further(pairs, training, run);
  }

  /**
   * Fits the network to pairs with other symbols, from the weights that it has, and leaves this
   * translator as it is. On both sides the symbols that it knows keep their vectors, and those of
   * outputs their output weights; new ones are added, the most frequent first, as many as the
   * options allow. Units and bounds of the lengths stay. {@link Provenance#origin} of the new
   * translator says how many symbols were known and new.
   *
   * @param pairs with two different sources at least
   * @param options what is frozen, and how to train
   * @return a new translator
   * @throws DataException as for {@link #train}, or if a target has a symbol that the network
   *     cannot answer and may not learn, or no symbol of the sources can be read
   * @throws TrainingDivergedException if the loss becomes infinite or no number
   */
  public SequenceTranslator fineTune(List<TextPair> pairs, FineTuneOptions options) {
    return fineTune(pairs, options, TrainingRun.SILENT);
  }

  /**
   * As {@link #fineTune(List, FineTuneOptions)}, within a run, which hears how the training goes on
   * and may stop it.
   *
   * @throws TrainingStoppedException if the run stops it
   */
  public SequenceTranslator fineTune(
      List<TextPair> pairs, FineTuneOptions options, TrainingRun run) {
    TrainingOptions training = options.training();
    return new TranslatorTraining(this, trained(), encoder)
        .fineTune(
            PairSplit.bySource(pairs, training.validationSplit(), training.seed()),
            pairs,
            options,
            run);
  }

  /**
   * As {@link #fineTune(List, FineTuneOptions, TrainingRun)}, with validation pairs of one's own.
   *
   * @param pairs as in {@link #train(PairSplit, SequenceToSequence, TrainingOptions, TrainingRun)}
   */
  public SequenceTranslator fineTune(PairSplit pairs, FineTuneOptions options, TrainingRun run) {
    return new TranslatorTraining(this, trained(), encoder).fineTune(pairs, null, options, run);
  }

  /**
   * Cross-validation: deals the sources into folds, trains a translator for each of them on all
   * others, and measures it, greedily, on this one.
   *
   * @param folds how many, from two to the number of different sources
   * @param run hears of each training one after the other; without checkpoints, as those belong to
   *     one training
   * @throws DataException as for {@link #train}
   */
  public static CrossValidation crossValidate(
      List<TextPair> pairs,
      int folds,
      SequenceToSequence architecture,
      TrainingOptions training,
      TrainingRun run) {
    return TranslatorTraining.crossValidate(pairs, folds, architecture, training, run);
  }

  /** As {@link #evaluate(List, DecodingOptions)}, greedily. */
  public TranslationReport evaluate(List<TextPair> pairs) {
    return evaluate(pairs, DecodingOptions.GREEDY);
  }

  /**
   * Translates the sources and compares with the targets. A source with several targets counts
   * once, and any of them is right.
   *
   * @throws DataException if there are no pairs, or a source has more symbols than is allowed
   */
  public TranslationReport evaluate(List<TextPair> pairs, DecodingOptions decoding) {
    if (pairs.isEmpty()) {
      throw new DataException("There are no pairs to evaluate on; expected one at least.");
    }
    Map<String, List<String>> targets = TranslationReport.targets(pairs);
    List<String> outputs =
        translate(List.copyOf(targets.keySet()), decoding).stream().map(Translation::text).toList();
    return TranslationReport.of(targets, outputs, encoder.target().unit());
  }

  /**
   * What becomes of a text, greedily.
   *
   * @throws DataException if it is blank or has more symbols than is allowed
   */
  public Translation translate(String text) {
    return translate(List.of(text), DecodingOptions.GREEDY).get(0);
  }

  /**
   * What becomes of texts, in their order. Many at once are answered faster than one by one, and
   * equally but for rounding.
   *
   * @throws DataException if one is blank or has more symbols than is allowed
   */
  public List<Translation> translate(List<String> texts, DecodingOptions decoding) {
    List<int[]> ids = texts.stream().map(encoder::input).toList();
    return decoders.ask(decoder -> translate(ids, decoding, decoder));
  }

  /** Whether the network attends to the symbols of its input, so that it can {@link #explain}. */
  public boolean hasAttention() {
    return network().getConfiguration().getVertices().containsKey(SequenceToSequence.ATTENTION);
  }

  /**
   * What becomes of a text, greedily, and on which of its symbols each symbol of the output rests.
   *
   * @throws DataException if it is blank or has more symbols than is allowed
   * @throws IllegalStateException if the network has no attention
   */
  public Alignment explain(String text) {
    return explain(text, DecodingOptions.GREEDY);
  }

  /**
   * As {@link #explain(String)}, of the output that {@link #translate(List, DecodingOptions)}
   * finds.
   *
   * @throws DataException if it is blank or has more symbols than is allowed
   * @throws IllegalStateException if the network has no attention
   */
  public Alignment explain(String text, DecodingOptions decoding) {
    if (!hasAttention()) {
      throw new IllegalStateException(
          "The network has no attention, so it cannot say on which symbols of the input an output rests. Train a model with attention; those of earlier versions have none.");
    }
    List<int[]> ids = List.of(encoder.input(text));
    return decoders.ask(decoder -> explain(text, ids, decoding, decoder));
  }

  private Alignment explain(
      String text, List<int[]> ids, DecodingOptions decoding, StepwiseDecoder decoder) {
    TokenBatch batch = TokenBatch.of(ids, new int[] {0});
    Decoded decoded = decode(batch, decoding, decoder)[0];
    double[][] weights = new double[decoded.ids().length][];
    decoder.begin(batch);
    for (int t = 0; t < weights.length; t++) {
      decoder.next(new int[] {t == 0 ? SymbolVocabulary.START : decoded.ids()[t - 1]});
      weights[t] = decoder.weights()[0];
    }
    List<String> output =
        Arrays.stream(decoded.ids()).mapToObj(id -> encoder.target().text(new int[] {id})).toList();
    return new Alignment(
        translation(decoded, ids.get(0)), encoder.source().unit().cut(text), output, weights);
  }

  private Translation translation(Decoded decoded, int[] ids) {
    return new Translation(
        encoder.target().text(decoded.ids()),
        decoded.logProbability(),
        decoded.ended(),
        PairEncoder.unknown(ids));
  }

  private List<Translation> translate(
      List<int[]> ids, DecodingOptions decoding, StepwiseDecoder decoder) {
    Translation[] translations = new Translation[ids.size()];
    for (int[] rows : TokenBatch.byLength(ids, rowsAtOnce(decoding))) {
      Decoded[] decoded = decode(TokenBatch.of(ids, rows), decoding, decoder);
      for (int b = 0; b < rows.length; b++) {
        translations[rows[b]] = translation(decoded[b], ids.get(rows[b]));
      }
    }
    return Arrays.asList(translations);
  }

  private static int rowsAtOnce(DecodingOptions decoding) {
    return Math.max(1, ROWS_AT_ONCE / decoding.beamSize());
  }

  private Decoded[] decode(TokenBatch batch, DecodingOptions decoding, StepwiseDecoder decoder) {
    int longest = encoder.maxOutputLength();
    return decoding.beamSize() == 1
        ? GreedySearch.decode(decoder, batch, longest)
        : new BeamSearch(decoder, decoding, longest).decode(batch);
  }

  /**
   * Loads a translator, which answers as the saved one did, to the bit.
   *
   * @param file a file that {@link #save} made; it may lie within a jar, too
   * @throws ModelFileException if the file is missing, damaged, of another kind, for another task
   *     or in a newer format
   */
  public static SequenceTranslator load(Path file) {
    return TYPE.load(file);
  }

  /**
   * As {@link #load(Path)}, from a stream, such as {@code
   * Main.class.getResourceAsStream("/model.zip")}.
   *
   * @param model is read to its end and not closed
   */
  public static SequenceTranslator load(InputStream model) {
    return TYPE.load(model);
  }

  /**
   * A pretrained translator, from the artifact recurrent-zoo-pretrained on the class path; nothing
   * is downloaded. {@link Presets} tells which there are.
   *
   * @param name such as {@code dates-lstm}
   * @throws UnknownPresetException if there is none of that name for this task, or the artifact is
   *     missing
   * @throws ModelFileException if the file is not the one that belongs to it
   */
  public static SequenceTranslator pretrained(String name) {
    return TYPE.pretrained(name);
  }

  private static SequenceTranslator read(ModelEntries entries, ModelInfo info) {
    entries.checkInteger(info, "maxInputLength", 1, SequenceToSequence.LONGEST);
    entries.checkInteger(info, "maxOutputLength", 1, SequenceToSequence.LONGEST);
    SymbolVocabulary source = symbols(entries, info, SOURCE_SYMBOLS, "sourceUnit");
    SymbolVocabulary target = symbols(entries, info, TARGET_SYMBOLS, "targetUnit");
    entries.checkSize(
        SOURCE_SYMBOLS, source.size(), entries.inputSize(SequenceToSequence.SOURCE_EMBEDDING));
    entries.checkSize(
        TARGET_SYMBOLS, target.size(), entries.inputSize(SequenceToSequence.TARGET_EMBEDDING));
    entries.checkSize(
        TARGET_SYMBOLS, target.size(), entries.outputSize(SequenceToSequence.SYMBOLS));
    return new SequenceTranslator(
        entries.network(),
        new PairEncoder(
            source, target, info.integer("maxInputLength"), info.integer("maxOutputLength")),
        info);
  }

  private static SymbolVocabulary symbols(
      ModelEntries entries, ModelInfo info, String entry, String unit) {
    List<String> symbols = entries.distinct(entry);
    SymbolUnit found =
        Arrays.stream(SymbolUnit.values())
            .filter(each -> each.name().equals(info.option(unit)))
            .findFirst()
            .orElseThrow(
                () -> entries.damaged("options", "has no architecture." + unit + " that is known"));
    try {
      return SymbolVocabulary.ofSymbols(symbols, found);
    } catch (IllegalArgumentException e) {
      throw entries.damaged(entry, "holds what is no symbol of its unit");
    }
  }

  @Override
  public PipelineType<SequenceTranslator> type() {
    return TYPE;
  }

  @Override
  protected List<OnnxPart> onnx() {
    return List.of(
        OnnxPart.encoder(SequenceToSequence.TARGET), OnnxPart.decoder(SequenceToSequence.TARGET));
  }

  @Override
  protected Map<String, Integer> onnxIds() {
    return SymbolVocabulary.IDS;
  }

  @Override
  protected Map<String, Object> entries() {
    return Map.of(
        SOURCE_SYMBOLS, encoder.source().symbols(), TARGET_SYMBOLS, encoder.target().symbols());
  }

  @Override
  protected void answerOnce() {
    decoders.ask(
        decoder -> {
          // As users ask: inputs of two lengths, which need a mask, and a beam of each.
          int unknown = SymbolVocabulary.UNKNOWN;
          List<int[]> inputs = List.of(new int[] {unknown}, new int[] {unknown, unknown});
          decoder.begin(TokenBatch.of(inputs, new int[] {0, 1}));
          decoder.next(new int[] {SymbolVocabulary.START, SymbolVocabulary.START});
          decoder.select(new int[] {1, 0, 1});
          return decoder.next(new int[] {unknown, unknown, unknown}).best(2, 0);
        });
  }

  /** The symbols that an input may have. */
  public SymbolVocabulary sourceVocabulary() {
    return encoder.source();
  }

  /** The symbols that an output may have. */
  public SymbolVocabulary targetVocabulary() {
    return encoder.target();
  }

  /** The number of symbols that an input may have. */
  public int maxInputLength() {
    return encoder.maxInputLength();
  }

  /** The number of symbols that an output may have. */
  public int maxOutputLength() {
    return encoder.maxOutputLength();
  }
}
