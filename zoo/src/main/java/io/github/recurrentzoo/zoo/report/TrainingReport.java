package io.github.recurrentzoo.zoo.report;

import io.github.recurrentzoo.zoo.model.AtomicFile;
import io.github.recurrentzoo.zoo.model.ModelFileException;
import io.github.recurrentzoo.zoo.training.Provenance;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.nd4j.shade.jackson.core.JsonGenerator;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.JsonSerializer;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.SerializationFeature;
import org.nd4j.shade.jackson.databind.SerializerProvider;
import org.nd4j.shade.jackson.databind.module.SimpleModule;

/**
 * What a training leaves beside the model: a page for people, which needs no other file, and the
 * same figures for programs.
 *
 * <pre>{@code
 * TrainingHistory history = new TrainingHistory();
 * GradientNorms norms = new GradientNorms();
 * TextClassifier classifier = TextClassifier.train(rows, architecture.build(), options,
 *     TrainingRun.builder().progress(history).listener(norms).build());
 * TrainingReport.builder(history, new ClassificationPart(classifier.evaluate(test), List.of()))
 *     .gradientNorms(norms).provenance(classifier.provenance()).build()
 *     .write(Path.of("models/reviews"));
 * }</pre>
 */
public final class TrainingReport {
  /** The name of the model in a folder of a training. */
  public static final String MODEL = "model.zip";

  /** The name of the figures for programs. */
  public static final String METRICS = "metrics.json";

  /** The name of what whoever gets the model has to know of it. */
  public static final String CARD = "MODEL_CARD.md";

  /** The name of the page. */
  public static final String PAGE = "report.html";

  private static final int FORMAT = 2;
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .registerModule(
              new SimpleModule()
                  .addSerializer(Double.class, new FiniteOrNull())
                  .addSerializer(Double.TYPE, new FiniteOrNull()));

  /** JSON has no NaN and no infinity. */
  private static final class FiniteOrNull extends JsonSerializer<Double> {
    @Override
    public void serialize(Double value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      if (Double.isFinite(value)) {
        json.writeNumber(value);
      } else {
        json.writeNull();
      }
    }
  }

  private final Builder builder;

  private TrainingReport(Builder builder) {
    this.builder = builder;
  }

  /**
   * Begins a report.
   *
   * @param history what was heard while training
   * @param part how good the model is
   */
  public static Builder builder(TrainingHistory history, ReportPart part) {
    return new Builder(history, part);
  }

  /** What a report may tell more. */
  public static final class Builder {
    final TrainingHistory history;
    final ReportPart part;
    GradientNorms norms = new GradientNorms();
    String title;
    String command = "";
    Provenance provenance;
    long parameters;
    String licence = "";
    final Map<String, Object> options = new LinkedHashMap<>();
    final Map<String, Object> data = new LinkedHashMap<>();

    private Builder(TrainingHistory history, ReportPart part) {
      this.history = history;
      this.part = part;
      this.title = part.task();
    }

    /** What was trained on what. Default: the task. */
    public Builder title(String title) {
      this.title = title;
      return this;
    }

    /** Default: none. */
    public Builder gradientNorms(GradientNorms norms) {
      this.norms = norms;
      return this;
    }

    /** The command that trained. Default: none. */
    public Builder command(String command) {
      this.command = command;
      return this;
    }

    /** Where the model comes from. Default: not told. */
    public Builder provenance(Provenance provenance) {
      this.provenance = provenance;
      return this;
    }

    /** The licence of the data that was learned from. Default: not told. */
    public Builder licence(String licence) {
      this.licence = licence;
      return this;
    }

    /** The number of weights. Default: not told. */
    public Builder parameters(long parameters) {
      this.parameters = parameters;
      return this;
    }

    /** Options by name, added to those that were given before. */
    public Builder options(Map<String, ?> options) {
      this.options.putAll(options);
      return this;
    }

    /** What is known of the data by name, added to what was given before. */
    public Builder data(Map<String, ?> facts) {
      this.data.putAll(facts);
      return this;
    }

    /** The report. */
    public TrainingReport build() {
      return new TrainingReport(this);
    }
  }

  /**
   * Writes {@value #METRICS}, {@value #PAGE} and {@value #CARD} into a folder, each as a whole or
   * not at all; files of these names are replaced.
   *
   * @param folder is made if it is not there
   * @throws ModelFileException if they cannot be written
   */
  public void write(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new ModelFileException(
          "Cannot make the folder %s for the report: %s. Give another place."
              .formatted(folder, e.getMessage()),
          e);
    }
    save(folder.resolve(METRICS), json());
    String model = folder.resolve(MODEL).toString();
    save(folder.resolve(PAGE), new ReportPage(builder, model).write());
    CardWriter.of(builder, model).ifPresent(card -> save(folder.resolve(CARD), card.markdown()));
  }

  private static void save(Path file, String content) {
    AtomicFile.write(file, out -> out.write(content.getBytes(StandardCharsets.UTF_8)));
  }

  /** The figures: docs/reports.md names the fields. */
  public String json() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("format", FORMAT);
    all.put("task", builder.part.task().replace(' ', '-'));
    all.put("title", builder.title);
    all.put("verdict", builder.part.verdict());
    all.put("command", builder.command);
    all.put("parameters", builder.parameters);
    all.put("options", builder.options);
    all.put("data", builder.data);
    all.put("licence", builder.licence);
    all.put("provenance", builder.provenance);
    all.put("environment", Environment.here());
    all.put("metric", builder.history.metric());
    all.put("bestEpoch", builder.history.bestEpoch());
    all.put("seconds", builder.history.seconds());
    all.put("history", builder.history.epochs());
    all.put("report", builder.part.toMap());
    all.putAll(builder.part.more());
    Map<String, Object> norms = new LinkedHashMap<>();
    norms.put("measuredEvery", builder.norms.interval());
    norms.put("points", builder.norms.points());
    all.put("gradientNorms", norms);
    try {
      return JSON.writeValueAsString(all) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "The report cannot be written as JSON: %s. Give maps, lists, numbers and strings as options, data and metrics."
              .formatted(e.getMessage()),
          e);
    }
  }

  /** The page. */
  public String html() {
    return new ReportPage(builder, MODEL).write();
  }

  /** The model card in Markdown; none where the report is about no one model. */
  public Optional<String> card() {
    return CardWriter.of(builder, MODEL).map(CardWriter::markdown);
  }

  /**
   * Writes {@link #html()} as a whole or not at all; a file of that name is replaced.
   *
   * @param file its folder must be there
   * @throws ModelFileException if it cannot be written
   */
  public void writePage(Path file) {
    save(file, html());
  }

  /** What tells a model from others, in words. */
  static Map<String, Object> origin(Provenance provenance) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("rows given to training", provenance.rows());
    facts.put("SHA-256 of these rows", provenance.rowsSha256());
    facts.put("seed", provenance.seed());
    facts.put("Recurrent Zoo", provenance.library());
    facts.put("Deeplearning4j", provenance.deeplearning4j());
    facts.put("trained", provenance.trained());
    return facts;
  }
}
