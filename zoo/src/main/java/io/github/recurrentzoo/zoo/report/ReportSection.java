package io.github.recurrentzoo.zoo.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A section of the page of a {@link TrainingReport}: a heading, and below it text, tables, charts
 * and samples in the order in which they are added. All text is escaped.
 */
public final class ReportSection {
  /** Below it, a word of {@link #marked} counts for little. */
  private static final double WEAK = 0.05;

  private final String heading;
  private final List<Consumer<Html>> blocks = new ArrayList<>();
  private int beside = -1;

  /** A section with nothing below its heading. */
  public ReportSection(String heading) {
    this.heading = heading;
  }

  /** A paragraph. */
  public ReportSection text(String text) {
    return add(html -> html.element("p", text));
  }

  /** A paragraph that explains what is beside it. */
  public ReportSection note(String text) {
    return add(html -> html.element("p", text, "class", "weak"));
  }

  /** A table, which needs a caption. */
  public ReportSection table(Table table) {
    return add(table::write);
  }

  /** A chart. */
  public ReportSection chart(LineChart chart) {
    return add(chart::write);
  }

  /** Text to copy, such as a command or a program. */
  public ReportSection code(String text) {
    return add(html -> html.element("pre", text).line());
  }

  /** Points in the order in which they are given. */
  public ReportSection list(List<String> points) {
    return add(
        html -> {
          html.open("ul", "class", "points");
          points.forEach(point -> html.element("li", point));
          html.close("ul").line();
        });
  }

  /**
   * A text that a model wrote.
   *
   * @param about it
   * @param beginning what was given to it
   * @param text what it wrote
   */
  public ReportSection sample(String about, String beginning, String text) {
    return add(
        html -> {
          html.element("p", about, "class", "weak").open("blockquote").open("pre");
          if (!beginning.isEmpty()) {
            html.element("strong", beginning);
          }
          html.text(text).close("pre").close("blockquote").line();
        });
  }

  /**
   * A part of a text that is marked by how much it counts.
   *
   * @param text the part
   * @param strength from -1, against, to 1, for; around 0 it is not marked
   * @param tooltip the number behind it
   */
  public record Mark(String text, double strength, String tooltip) {}

  /** A text whose parts are marked, with a line above it. */
  public ReportSection marked(String about, List<Mark> marks) {
    return add(
        html -> {
          html.open("div", "class", "told").element("p", about, "class", "answer").open("p");
          marks.forEach(each -> mark(html, each));
          html.close("p").close("div").line();
        });
  }

  private static void mark(Html html, Mark mark) {
    if (Math.abs(mark.strength()) < WEAK) {
      html.text(mark.text());
      return;
    }
    html.element(
        "span",
        mark.text(),
        "class",
        mark.strength() > 0 ? "for" : "against",
        "style",
        Html.share(Math.abs(mark.strength())),
        "title",
        mark.tooltip());
  }

  /** What is added from here on stands side by side, where the screen is wide enough for it. */
  public ReportSection sideBySide() {
    beside = blocks.size();
    return this;
  }

  private ReportSection add(Consumer<Html> block) {
    blocks.add(block);
    return this;
  }

  /** Writes it into a page. */
  void write(Html html) {
    html.open("section").element("h2", heading).line();
    for (int i = 0; i < blocks.size(); i++) {
      if (i == beside) {
        html.open("div", "class", "beside").line();
      }
      blocks.get(i).accept(html);
    }
    if (beside >= 0 && beside < blocks.size()) {
      html.close("div");
    }
    html.close("section").line();
  }
}
