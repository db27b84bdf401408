package io.github.recurrentzoo.zoo.tagging;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Labels that mark spans, such as names: {@code O} outside of all spans, and else a letter that
 * tells the place in a span, a hyphen and the type of the span. B begins one, I is inside (or
 * begins one, in IOB1), E or L ends one, S or U is one by itself.
 */
final class SpanLabels {
  static final String OUTSIDE = "O";

  private static final Pattern LABEL = Pattern.compile("([BIESLU])-(.+)");

  private SpanLabels() {}

  /**
   * A span.
   *
   * @param start its first word
   * @param end behind its last word
   */
  record Span(String type, int start, int end) {}

  /** The schemes that are told apart. */
  enum Scheme {
    /** The labels mark no spans. */
    NONE,
    /** B begins a span only where one of the same type is directly before it. */
    IOB1,
    /** B begins each span; also called BIO. */
    IOB2,
    /** As IOB2, with E at the end of a span and S for a single word. */
    BIOES,
    /** As BIOES, with L and U in the place of E and S. */
    BILOU
  }

  static boolean isSpanLabel(String label) {
    return label.equals(OUTSIDE) || LABEL.matcher(label).matches();
  }

  /** Whether these are labels of spans: all of them, and not O alone. */
  static boolean areSpans(Collection<String> labels) {
    return labels.stream().allMatch(SpanLabels::isSpanLabel)
        && labels.stream().anyMatch(label -> !label.equals(OUTSIDE));
  }

  /** Which scheme the labels of some sentences are written in. */
  static Scheme scheme(List<List<String>> sentences) {
    boolean begins = false; // there is a B
    boolean endsBioes = false;
    boolean endsBilou = false;
    boolean beginsInside = false; // a span begins with I
    for (List<String> labels : sentences) {
      String before = OUTSIDE;
      for (String label : labels) {
        if (!isSpanLabel(label)) {
          return Scheme.NONE;
        }
        char place = label.charAt(0);
        begins |= place == 'B';
        endsBioes |= place == 'E' || place == 'S';
        endsBilou |= place == 'L' || place == 'U';
        beginsInside |= place == 'I' && begins(before, label);
        before = label;
      }
    }
    if (endsBioes || endsBilou) {
      return endsBioes ? Scheme.BIOES : Scheme.BILOU;
    }
    if (beginsInside) {
      return Scheme.IOB1;
    }
    return begins ? Scheme.IOB2 : Scheme.NONE;
  }

  /** The same spans in IOB2. */
  static List<String> toIob2(List<String> labels) {
    List<String> iob2 = new ArrayList<>(labels.size());
    String before = OUTSIDE;
    for (String label : labels) {
      iob2.add(
          label.equals(OUTSIDE)
              ? OUTSIDE
              : (begins(before, label) ? "B-" : "I-") + label.substring(2));
      before = label;
    }
    return iob2;
  }

  /**
   * The spans of a sentence, as conlleval of the CoNLL tasks counts them: a span begins also with I
   * where there is none of its type to go on.
   */
  static List<Span> spans(List<String> labels) {
    List<Span> spans = new ArrayList<>();
    int start = -1;
    String before = OUTSIDE;
    for (int t = 0; t <= labels.size(); t++) {
      String label = t < labels.size() ? labels.get(t) : OUTSIDE;
      boolean begins = begins(before, label);
      if (start >= 0 && (begins || label.equals(OUTSIDE))) {
        spans.add(new Span(type(before), start, t));
        start = -1;
      }
      if (begins) {
        start = t;
      }
      before = label;
    }
    return spans;
  }

  private static String type(String label) {
    Matcher parts = LABEL.matcher(label);
    return parts.matches() ? parts.group(2) : "";
  }

  /** Whether a span begins with a label that comes behind another one. */
  private static boolean begins(String before, String label) {
    if (label.equals(OUTSIDE)) {
      return false;
    }
    char place = label.charAt(0);
    char last = before.charAt(0);
    return place == 'B'
        || place == 'S'
        || place == 'U'
        || before.equals(OUTSIDE)
        || last == 'E'
        || last == 'S'
        || last == 'L'
        || last == 'U'
        || !type(before).equals(type(label));
  }
}
