package io.github.recurrentzoo.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.tagging.TaggedText;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BrownCorpusTest {

  @Test
  void textsAndTagsAreThoseOfTheCorpus() {
    List<BrownCorpus.Text> texts = BrownCorpus.read();
    assertEquals(500, texts.size());
    assertEquals("ca01", texts.get(0).name());
    assertEquals("news", texts.get(0).genre());
    assertEquals(15, texts.stream().map(BrownCorpus.Text::genre).distinct().count());
    TreeMap<String, Integer> tags = new TreeMap<>();
    texts.forEach(
        text ->
            text.sentences()
                .forEach(row -> row.labels().forEach(tag -> tags.merge(tag, 1, Integer::sum))));
    assertEquals(12, tags.size());
    assertEquals(1_161_192, tags.values().stream().mapToInt(Integer::intValue).sum());
    assertEquals(147_565, tags.get("."));
    assertEquals(38_151, tags.get("CONJ"));
    assertEquals(
        List.of("The", "Fulton", "County", "Grand", "Jury", "said"),
        texts.get(0).sentences().get(0).words().subList(0, 6));
  }

  @Test
  void wholeTextsOfEachGenreAreKeptOut() {
    List<BrownCorpus.Text> texts = BrownCorpus.read();
    BrownCorpus.Split split = BrownCorpus.split(texts, 0.1, 42);
    assertEquals(57_340, split.training().size() + split.test().size());
    Set<TaggedText> test = new HashSet<>(split.test());
    TreeMap<String, Integer> kept = new TreeMap<>();
    for (BrownCorpus.Text text : texts) {
      long own = text.sentences().stream().filter(test::contains).count();
      boolean whole = own == text.sentences().size();
      assertTrue(whole || own < 0.3 * text.sentences().size(), text.name() + " is cut");
      if (whole) {
        kept.merge(text.genre(), 1, Integer::sum);
      }
    }
    assertEquals(15, kept.size(), "each genre");
    assertEquals(4, kept.get("news"));
    assertEquals(1, kept.get("humor"));
  }

  @Test
  void compoundsAndMarks() {
    assertEquals("NOUN", BrownCorpus.universal("nn-tl-hl"));
    assertEquals("VERB", BrownCorpus.universal("do*"));
    assertEquals("PRT", BrownCorpus.universal("ppss+bem"));
    assertEquals("VERB", BrownCorpus.universal("vb+ppo"));
    assertEquals("X", BrownCorpus.universal("fw-in+at-tl"));
    assertEquals("ADV", BrownCorpus.universal("*"));
    assertEquals(".", BrownCorpus.universal(".-hl"));
    assertThrows(IllegalStateException.class, () -> BrownCorpus.universal("zz"));
  }
}
