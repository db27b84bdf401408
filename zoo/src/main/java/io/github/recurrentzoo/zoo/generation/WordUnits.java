package io.github.recurrentzoo.zoo.generation;

import io.github.recurrentzoo.zoo.text.TextPieces;
import io.github.recurrentzoo.zoo.text.TextUnit;
import io.github.recurrentzoo.zoo.text.Vocabulary;
import java.util.List;
import java.util.Map;

/** Words, signs of punctuation and ends of lines, as {@link TextPieces} cuts them. */
final class WordUnits implements GeneratorUnits {
  private final Vocabulary vocabulary;
  private Spelling spelling; // made when it is asked for

  private WordUnits(Vocabulary vocabulary) {
    if (vocabulary.words().isEmpty()) {
      throw new IllegalArgumentException(
          "There is no word for a vocabulary; expected one at least. Give a text that has some.");
    }
    this.vocabulary = vocabulary;
  }

  /**
   * The most frequent words that come twice at least, or all where none does: of those that come
   * once, the network learns what an unknown word is.
   */
  static WordUnits of(String text, int size) {
    List<List<String>> words = List.of(TextPieces.cut(text));
    Vocabulary twice = Vocabulary.of(words, size, 2);
    return new WordUnits(twice.words().isEmpty() ? Vocabulary.of(words, size) : twice);
  }

  /** Refuses what {@link TextPieces} would not give: it would never be read. */
  static WordUnits ofSymbols(List<String> symbols) {
    for (String symbol : symbols) {
      String word = symbol.startsWith(" ") ? symbol.substring(1) : symbol;
      boolean isWord = !word.isEmpty() && word.chars().noneMatch(Character::isWhitespace);
      if (!isWord && !symbol.equals(TextPieces.LINE_END)) {
        throw new IllegalArgumentException(
            "\"%s\" cannot be a word of a vocabulary; expected a word with one blank before it or none."
                .formatted(symbol));
      }
    }
    return new WordUnits(Vocabulary.ofWords(symbols));
  }

  Vocabulary vocabulary() {
    return vocabulary;
  }

  @Override
  public TextUnit unit() {
    return TextUnit.WORDS;
  }

  @Override
  public int size() {
    return vocabulary.size();
  }

  @Override
  public int unknown() {
    return Vocabulary.UNKNOWN;
  }

  @Override
  public int first() {
    return Vocabulary.IDS.get("first");
  }

  @Override
  public List<String> symbols() {
    return vocabulary.words();
  }

  @Override
  public String text(int id) {
    return vocabulary.word(id);
  }

  @Override
  public List<String> cut(String text) {
    return TextPieces.cut(text);
  }

  @Override
  public int[] ids(String text) {
    return vocabulary.ids(cut(text));
  }

  @Override
  public Encoded encode(String text) {
    List<String> pieces = cut(text);
    int[] ids = vocabulary.ids(pieces);
    double unknownBits = 0;
    long unknown = 0;
    long characters = 0;
    long unknownCharacters = 0;
    for (int i = 1; i < ids.length; i++) {
      String piece = pieces.get(i);
      int length = piece.codePointCount(0, piece.length());
      characters += length;
      if (ids[i] == unknown()) {
        unknownBits += spelling().bits(piece);
        unknown++;
        unknownCharacters += length;
      }
    }
    return new Encoded(ids, unknownBits, unknown, characters, unknownCharacters);
  }

  private synchronized Spelling spelling() {
    if (spelling == null) {
      spelling = Spelling.of(vocabulary.words());
    }
    return spelling;
  }

  @Override
  public boolean isRepetition(int id) {
    return id >= first() && text(id).codePoints().anyMatch(Character::isLetterOrDigit);
  }

  @Override
  public WordUnits extended(String text, int more) {
    return new WordUnits(vocabulary.extended(List.of(cut(text)), more));
  }

  @Override
  public Map<String, Integer> reserved() {
    return Vocabulary.IDS;
  }
}
