package io.github.recurrentzoo.zoo.generation;

import io.github.recurrentzoo.zoo.text.CharacterVocabulary;
import io.github.recurrentzoo.zoo.text.TextUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Unicode code points. */
record CharacterUnits(CharacterVocabulary vocabulary) implements GeneratorUnits {

  static CharacterUnits of(String text, int size) {
    return new CharacterUnits(CharacterVocabulary.of(text, size));
  }

  static CharacterUnits ofSymbols(List<String> symbols) {
    return new CharacterUnits(CharacterVocabulary.ofCharacters(symbols));
  }

  @Override
  public TextUnit unit() {
    return TextUnit.CHARACTERS;
  }

  @Override
  public int size() {
    return vocabulary.size();
  }

  @Override
  public int unknown() {
    return CharacterVocabulary.UNKNOWN;
  }

  @Override
  public int first() {
    return CharacterVocabulary.UNKNOWN + 1;
  }

  @Override
  public List<String> symbols() {
    return vocabulary.characters();
  }

  @Override
  public String text(int id) {
    return Character.toString(vocabulary.character(id));
  }

  @Override
  public List<String> cut(String text) {
    return TextUnit.CHARACTERS.cut(text);
  }

  @Override
  public int[] ids(String text) {
    return vocabulary.ids(text);
  }

  @Override
  public Encoded encode(String text) {
    int[] ids = ids(text);
    long unknown = Arrays.stream(ids).skip(1).filter(id -> id == unknown()).count();
    return new Encoded(
        ids, unknown * vocabulary.bitsPerUnknown(), unknown, Math.max(0, ids.length - 1), unknown);
  }

  @Override
  public boolean isRepetition(int id) {
    return id >= first();
  }

  @Override
  public CharacterUnits extended(String text, int more) {
    return new CharacterUnits(vocabulary.extended(text, more));
  }

  @Override
  public Map<String, Integer> reserved() {
    return Map.of("unknown", unknown(), "first", first());
  }
}
