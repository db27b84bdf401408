package io.github.recurrentzoo.zoo.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.model.ModelFileException;
import org.junit.jupiter.api.Test;

class SafeTextTest {
  @Test
  void escapesWhatATerminalWouldObey() {
    assertEquals("a\\u001B[2Jb", SafeText.of("a\u001B[2Jb"));
    assertEquals("\\u009B31m", SafeText.of("\u009B31m")); // one character for ESC [
    assertEquals("gnp.\\u202Eexe", SafeText.of("gnp.\u202Eexe"));
    assertEquals("\\u2066x\\u2069 \\u200Fy", SafeText.of("\u2066x\u2069 \u200Fy"));
    assertEquals("\\u0000\\u0007\\u0008\\u007F", SafeText.of("\u0000\u0007\b\u007F"));
    assertEquals("over\\u000Dwritten\r\n", SafeText.of("over\rwritten\r\n"));
  }

  @Test
  void leavesTextAsItIs() {
    String text = "naïve\t日本語 العربية 👩\u200D🚀\n";
    assertSame(text, SafeText.of(text));
  }

  @Test
  void messagesAreBoundedAndKeepBothEnds() {
    String message = "Row 1 has the label \"" + "😀".repeat(5_000) + "\". Correct the label.";
    String shown = new DataException(message).getMessage();
    assertTrue(shown.length() < SafeText.LONGEST_MESSAGE + 100, shown);
    assertTrue(shown.startsWith("Row 1 has the label \"😀"), shown);
    assertTrue(shown.endsWith("😀\". Correct the label."), shown);
    assertTrue(shown.contains(" characters left out"), shown);
    assertTrue(
        shown.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= 0xDFFF), shown);
    assertEquals("a\\u001B[1m", new ModelFileException("a\u001B[1m").getMessage());
  }
}
