package io.github.recurrentzoo.zoo.text;

import java.util.List;
import java.util.regex.Pattern;

/** What one symbol of a sequence is. */
public enum SymbolUnit {
  /** A Unicode code point; nothing is normalised, lower-cased or left out. */
  CHARACTERS {
    @Override
    public List<String> cut(String text) {
      return text.codePoints().mapToObj(Character::toString).toList();
    }

    @Override
    public String join(List<String> symbols) {
      return String.join("", symbols);
    }
  },

  /** What stands between white space, such as the phones of a pronunciation. */
  TOKENS {
    @Override
    public List<String> cut(String text) {
      String stripped = text.strip();
      return stripped.isEmpty() ? List.of() : List.of(WHITE_SPACE.split(stripped));
    }

    @Override
    public String join(List<String> symbols) {
      return String.join(" ", symbols);
    }
  };

  // As String.strip() sees white space, no-break spaces left out.
  private static final Pattern WHITE_SPACE = Pattern.compile("\\p{javaWhitespace}+");

  /** The symbols of a text, in order; of tokens there may be none. */
  public abstract List<String> cut(String text);

  /** A text of these symbols: characters side by side, tokens with a blank between them. */
  public abstract String join(List<String> symbols);

  /** For messages: "characters" or "tokens". */
  public String inWords() {
    return this == CHARACTERS ? "characters" : "tokens";
  }
}
