package io.github.recurrentzoo.zoo.text;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** What of a label a person can see, and which labels a person may take for one. */
public final class LabelText {
  private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}\u0085]+");

  /**
   * Control and format characters, but for joiners and tags, which change how the letters and signs
   * around them look.
   */
  private static final Pattern INVISIBLE =
      Pattern.compile("[\\p{Cc}\\p{Cf}&&[^\u200c\u200d\\x{E0020}-\\x{E007F}]]");

  private static final Pattern JOINERS_AT_ENDS =
      Pattern.compile("^[\u200c\u200d]+|[\u200c\u200d]+$");
  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,30}(\\.\\d{1,30})?");

  private LabelText() {}

  /**
   * The label without characters that cannot be seen, without blanks around it, with single blanks
   * inside, and composed (NFC).
   */
  public static String clean(String label) {
    String seen = INVISIBLE.matcher(BLANKS.matcher(label).replaceAll(" ")).replaceAll("");
    String ends =
        JOINERS_AT_ENDS.matcher(BLANKS.matcher(seen).replaceAll(" ").strip()).replaceAll("");
    return Normalizer.normalize(ends.strip(), Normalizer.Form.NFC);
  }

  /** The same for labels that differ in case, width or the form of a number only. */
  public static String form(String clean) {
    String text = Normalizer.normalize(clean, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    return NUMBER.matcher(text).matches()
        ? new BigDecimal(text).stripTrailingZeros().toPlainString()
        : text;
  }

  /** The label for a message: what cannot be seen is written as its number. */
  public static String visible(String label) {
    StringBuilder text = new StringBuilder();
    label.codePoints().forEach(c -> text.append(visible(c)));
    return text.toString();
  }

  private static String visible(int c) {
    String text = Character.toString(c);
    boolean seen =
        c == ' ' || !(BLANKS.matcher(text).matches() || INVISIBLE.matcher(text).matches());
    return seen && c != 0x200C && c != 0x200D ? text : "\\u%04X".formatted(c);
  }
}
