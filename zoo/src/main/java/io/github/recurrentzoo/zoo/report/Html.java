package io.github.recurrentzoo.zoo.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Writes HTML. All text and all values of attributes are escaped here, and nothing else puts
 * characters into a page: a label such as {@code <script>} is shown as it is.
 */
final class Html {
  private final StringBuilder page = new StringBuilder();

  Html() {}

  /**
   * Begins an element.
   *
   * @param tag its name
   * @param attributes names and values in turn
   */
  public Html open(String tag, Object... attributes) {
    page.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      page.append(' ').append(attributes[i]).append("=\"");
      escape(attributes[i + 1].toString());
      page.append('"');
    }
    page.append('>');
    return this;
  }

  /** Ends an element. */
  public Html close(String tag) {
    page.append("</").append(tag).append('>');
    return this;
  }

  /** Text between tags. */
  public Html text(String text) {
    escape(text);
    return this;
  }

  /** An element with text. */
  public Html element(String tag, String text, Object... attributes) {
    return open(tag, attributes).text(text).close(tag);
  }

  /** A new line, for those who read the source. */
  public Html line() {
    page.append('\n');
    return this;
  }

  /** Begins a box in which what is too wide for the page is scrolled, by keys as well. */
  public Html scroll(String name) {
    return open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", name);
  }

  /** The caption of a table, which stays where it is when the table is scrolled. */
  public Html caption(String text) {
    return open("caption").element("span", text).close("caption");
  }

  /** A table of names and values. */
  public Html facts(String caption, Map<String, ?> facts) {
    scroll(caption).open("table", "class", "facts").caption(caption).open("tbody");
    facts.forEach(
        (name, value) ->
            open("tr")
                .element("th", name, "scope", "row")
                .element("td", String.valueOf(value))
                .close("tr"));
    return close("tbody").close("table").close("div").line();
  }

  /** Trusted markup: the style sheet. */
  Html style(String css) {
    page.append("<style>\n").append(css).append("</style>\n");
    return this;
  }

  /** What another writer has written. */
  Html append(Html other) {
    page.append(other.page);
    return this;
  }

  /** A file beside this class. */
  static String resource(String name) {
    try (InputStream in =
        Objects.requireNonNull(
            Html.class.getResourceAsStream(name), () -> "The jar has no " + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("The class path cannot be read: " + name, e);
    }
  }

  Html doctype() {
    page.append("<!DOCTYPE html>\n");
    return this;
  }

  /** A style that says how strong a colour is, from 0 to 1. */
  static String share(double value) {
    return String.format(Locale.ROOT, "--p:%.3f", value);
  }

  private void escape(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> page.append("&amp;");
        case '<' -> page.append("&lt;");
        case '>' -> page.append("&gt;");
        case '"' -> page.append("&quot;");
        case '\'' -> page.append("&#39;");
        case '\n', '\t', '\r' -> page.append(c);
        // Other control characters are not allowed in HTML.
        default -> page.append(c < ' ' || c == 0x7F ? '\uFFFD' : c);
      }
    }
  }

  @Override
  public String toString() {
    return page.toString();
  }
}
