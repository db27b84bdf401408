package io.github.recurrentzoo.cli.console;

/** What to do when the native libraries of ND4J cannot be loaded. */
final class NativeLibraries {
  private static final String FOLDER = "org.bytedeco.javacpp.cachedir";

  private NativeLibraries() {}

  /** One line that says which property helps. */
  static String cannotLoad(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return "The native libraries cannot be loaded (%s). Java unpacks them into %s, a folder that must be writable, have 400 MB free and may hold programs; give another one by setting the environment variable %s=-D%s=/path/to/folder."
        .formatted(
            String.valueOf(cause).lines().findFirst().orElse(""),
            System.getProperty(FOLDER, "the folder .javacpp of your home"),
            Wording.JAVA_OPTIONS,
            FOLDER);
  }
}
