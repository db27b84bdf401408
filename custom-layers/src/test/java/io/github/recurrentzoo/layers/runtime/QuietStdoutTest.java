package io.github.recurrentzoo.layers.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QuietStdoutTest {

  private final PrintStream before = System.out;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream captured = new PrintStream(bytes, true, Charset.defaultCharset());

  @BeforeEach
  void capture() {
    System.setOut(captured);
  }

  @AfterEach
  void restore() {
    System.setOut(before);
  }

  @Test
  void mutesItsOwnThreadOnly() {
    int result =
        QuietStdout.call(
            () -> {
              System.out.println("mine");
              System.out.write('x');
              System.out.flush();
              Thread other = new Thread(() -> System.out.print("theirs: \u00e4\u00f6\u00fc"));
              other.start();
              try {
                other.join();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              return 42;
            });
    assertEquals(42, result);
    assertEquals("theirs: \u00e4\u00f6\u00fc", bytes.toString(Charset.defaultCharset()));
    assertSame(captured, System.out);
    System.out.print("!");
    assertEquals("theirs: \u00e4\u00f6\u00fc!", bytes.toString(Charset.defaultCharset()));
  }

  @Test
  void restoresAfterAFailure() {
    assertThrows(
        IllegalStateException.class,
        () ->
            QuietStdout.call(
                () -> {
                  throw new IllegalStateException("as intended");
                }));
    assertSame(captured, System.out);
  }
}
