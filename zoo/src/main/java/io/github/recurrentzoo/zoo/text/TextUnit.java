package io.github.recurrentzoo.zoo.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a network reads of a text, step by step. */
public enum TextUnit {
  /** Words in lower case, as {@link WordSegmenter} cuts them. */
  WORDS {
    @Override
    public List<String> cut(String text) {
      return SEGMENTER.words(text);
    }

    @Override
    public List<WordSegmenter.Span> spans(String text) {
      return SEGMENTER.spans(text);
    }
  },

  /**
   * Unicode code points as they are, blanks and punctuation included: for languages, names, codes
   * and texts in which most words are new.
   */
  CHARACTERS {
    @Override
    public List<String> cut(String text) {
      return text.codePoints().mapToObj(Character::toString).toList();
    }

    @Override
    public List<WordSegmenter.Span> spans(String text) {
      List<WordSegmenter.Span> spans = new ArrayList<>();
      int start = 0;
      for (String character : cut(text)) {
        spans.add(new WordSegmenter.Span(start, start + character.length(), character));
        start += character.length();
      }
      return spans;
    }
  };

  private static final WordSegmenter SEGMENTER = new WordSegmenter();

  /** The units of a text, in order; there may be none. */
  public abstract List<String> cut(String text);

  /** The same units, and where each stands in the text. */
  public abstract List<WordSegmenter.Span> spans(String text);

  /** For messages: "words" or "characters". */
  public String inWords() {
    return name().toLowerCase(Locale.ROOT);
  }
}
