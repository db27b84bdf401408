package io.github.recurrentzoo.zoo.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** The page of a {@link TrainingReport}. */
final class ReportPage {
  private final TrainingReport.Builder report;
  private final TrainingHistory history;
  private final Optional<CardWriter> card;
  private final Html html = new Html();

  ReportPage(TrainingReport.Builder report, String model) {
    this.report = report;
    this.card = CardWriter.of(report, model);
    this.history = report.history;
  }

  String write() {
    html.doctype().open("html", "lang", "en").line().open("head").line();
    html.open("meta", "charset", "utf-8").line();
    html.open("meta", "name", "viewport", "content", "width=device-width, initial-scale=1").line();
    html.element("title", report.title)
        .line()
        .style(Html.resource("chart.css") + Html.resource("report.css"))
        .close("head")
        .line();
    html.open("body").open("main").line();
    head();
    report.part.sections().forEach(section -> section.write(html));
    curves();
    gradients();
    card.ifPresent(writer -> writer.section().write(html));
    facts();
    html.close("main").close("body").close("html").line();
    return html.toString();
  }

  private void head() {
    html.element("h1", report.title);
    StringBuilder about = new StringBuilder(report.part.task());
    if (report.parameters > 0) {
      about.append(String.format(Locale.ROOT, ", %,d parameters", report.parameters));
    }
    if (!history.epochs().isEmpty()) {
      int last = history.epochs().get(history.epochs().size() - 1).epoch();
      about.append(
          String.format(
              Locale.ROOT,
              ", %s in %.0f s; the weights are those of epoch %d",
              last == 1 ? "1 epoch" : last + " epochs",
              history.seconds(),
              history.bestEpoch()));
    }
    html.element("p", about.toString(), "class", "weak");
    html.element("p", report.part.verdict(), "class", "verdict");
    html.open("dl", "class", "figures");
    report
        .part
        .headline()
        .forEach(
            (name, value) ->
                html.open("div").element("dt", name).element("dd", value).close("div"));
    html.close("dl").line();
  }

  private void curves() {
    if (history.epochs().isEmpty()) {
      return;
    }
    String metric = history.metric();
    new ReportSection("Training")
        .note(
            "Training is measured with dropout and penalties, while the weights change; "
                + (validated()
                    ? "validation without, after the epoch."
                    : "no row validated, and the last epoch is kept."))
        .sideBySide()
        .chart(
            curve(
                "Loss by epoch",
                "loss",
                TrainingHistory.Epoch::trainingLoss,
                TrainingHistory.Epoch::validationLoss))
        .chart(
            curve(
                metric.substring(0, 1).toUpperCase(Locale.ROOT) + metric.substring(1) + " by epoch",
                metric,
                TrainingHistory.Epoch::trainingMetric,
                TrainingHistory.Epoch::validationMetric))
        .chart(pace("Learning rate by epoch", "rate", TrainingHistory.Epoch::learningRate))
        .chart(
            pace(
                validated() ? "Speed by epoch, validation included" : "Speed by epoch",
                "rows per second",
                TrainingHistory.Epoch::rowsPerSecond))
        .write(html);
  }

  private LineChart pace(String title, String unit, ToDoubleFunction<TrainingHistory.Epoch> value) {
    List<TrainingHistory.Epoch> epochs = history.epochs();
    double[] x = epochs.stream().mapToDouble(TrainingHistory.Epoch::epoch).toArray();
    double[] y = epochs.stream().mapToDouble(value).toArray();
    return new LineChart(title, "epoch", unit)
        .wholeSteps()
        .line(unit, 2, x, y)
        .description(
            "%s of %d epochs, from %s in the first to %s in the last one."
                .formatted(unit, y.length, Table.number(y[0]), Table.number(y[y.length - 1])));
  }

  private LineChart curve(
      String title,
      String unit,
      ToDoubleFunction<TrainingHistory.Epoch> training,
      ToDoubleFunction<TrainingHistory.Epoch> validation) {
    List<TrainingHistory.Epoch> epochs = history.epochs();
    double[] x = epochs.stream().mapToDouble(TrainingHistory.Epoch::epoch).toArray();
    TrainingHistory.Epoch last = epochs.get(epochs.size() - 1);
    LineChart chart =
        new LineChart(title, "epoch", unit)
            .wholeSteps()
            .line("training", 0, x, epochs.stream().mapToDouble(training).toArray());
    if (validated()) {
      chart.line("validation", 1, x, epochs.stream().mapToDouble(validation).toArray());
    }
    return chart
        .mark(history.bestEpoch(), "kept")
        .description(
            "%s of %d epochs; in the last one %s while training%s. The weights of epoch %d stay."
                .formatted(
                    unit,
                    epochs.size(),
                    Table.number(training.applyAsDouble(last)),
                    validated()
                        ? " and %s on validation rows"
                            .formatted(Table.number(validation.applyAsDouble(last)))
                        : "",
                    history.bestEpoch()));
  }

  private boolean validated() {
    return history.epochs().stream().anyMatch(epoch -> !Double.isNaN(epoch.validationLoss()));
  }

  private void gradients() {
    List<GradientNorms.Point> points = report.norms.points();
    if (points.isEmpty()) {
      return;
    }
    double[] steps = points.stream().mapToDouble(GradientNorms.Point::step).toArray();
    LineChart chart =
        new LineChart("L2 norm of each layer's gradient", "step of the optimiser", "norm")
            .logarithmic()
            .wholeSteps();
    int style = 0;
    for (String layer : report.norms.layers()) {
      chart.line(layer, style++, steps, report.norms.norms(layer));
    }
    chart.description(
        "The norm of the gradient of each layer over %d steps, of which one in %d was measured, on a logarithmic axis."
            .formatted(points.get(points.size() - 1).step(), report.norms.interval()));
    new ReportSection("Gradients")
        .note(
            "Raw gradients of the mean loss of a minibatch: before clipping, without penalties, before the updater. A line that falls towards 0, most of all in layers near the input, shows vanishing gradients; jumps upwards show exploding ones.")
        .sideBySide()
        .chart(chart)
        .table(norms())
        .write(html);
  }

  private Table norms() {
    Table table =
        new Table()
            .caption(
                "Norm of each layer, from the input on: at the first and the last step, smallest and largest")
            .head("layer")
            .right("first", "last", "smallest", "largest");
    for (String layer : report.norms.layers()) {
      double[] norms = report.norms.norms(layer);
      table.row(
          layer,
          norms[0],
          norms[norms.length - 1],
          DoubleStream.of(norms).min().orElseThrow(),
          DoubleStream.of(norms).max().orElseThrow());
    }
    return table;
  }

  private void facts() {
    if (!report.command.isEmpty()) {
      new ReportSection("Command").code(report.command).write(html);
    }
    html.open("div", "class", "grid-2");
    if (!report.options.isEmpty()) {
      section("Options", "All that was chosen, and the defaults", report.options);
    }
    html.open("div");
    if (!report.data.isEmpty()) {
      section("Data", "What was learned from", report.data);
    }
    if (report.provenance != null) {
      section(
          "Origin", "What tells this model from others", TrainingReport.origin(report.provenance));
    }
    section("Environment", "Where it ran", Environment.here().inWords());
    html.close("div").close("div").line();
  }

  private void section(String title, String about, Map<String, ?> facts) {
    html.open("section").element("h2", title);
    html.facts(about, facts).close("section").line();
  }
}
