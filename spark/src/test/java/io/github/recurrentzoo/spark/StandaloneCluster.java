package io.github.recurrentzoo.spark;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;
import org.apache.spark.sql.SparkSession;

/**
 * A standalone cluster of processes of their own on this machine, reached by the loopback interface
 * only, made of the Spark that is on the class path.
 */
final class StandaloneCluster implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final long PATIENCE = 60_000;

  private final Path folder;
  private final Path home;
  private final String master;
  private final List<Process> processes = new ArrayList<>();

  /**
   * Starts a master and workers with one core and one executor each.
   *
   * @param folder for logs and the workers' files
   */
  StandaloneCluster(Path folder, int workers) throws IOException, InterruptedException {
    this.folder = Files.createDirectories(folder.toAbsolutePath());
    home = home();
    int port = freePort();
    master = "spark://%s:%d".formatted(HOST, port);
    boolean started = false;
    try {
      start("master", "master.Master", "--port", Integer.toString(port));
      for (int w = 1; w <= workers; w++) {
        start(
            "worker-" + w,
            "worker.Worker",
            "--cores",
            "1",
            "--memory",
            "1536M",
            "--work-dir",
            this.folder.resolve("work-" + w).toString(),
            master);
      }
      started = true;
    } finally {
      if (!started) {
        close();
      }
    }
  }

  /** As a Spark that was installed: its jars in a folder, and the file RELEASE. */
  private Path home() throws IOException {
    Path spark = folder.resolve("spark-home");
    Path jars = Files.createDirectories(spark.resolve("jars"));
    try (Stream<Path> before = Files.list(jars)) { // of a class path that may have been another
      for (Path link : before.toList()) {
        Files.delete(link);
      }
    }
    Files.writeString(spark.resolve("RELEASE"), "Spark of the class path\n");
    int number = 0;
    for (String entry : classPath().filter(entry -> entry.endsWith(".jar")).toList()) {
      Path link = jars.resolve("%03d-%s".formatted(number++, Path.of(entry).getFileName()));
      Files.createSymbolicLink(link, Path.of(entry).toAbsolutePath());
    }
    return spark;
  }

  private static Stream<String> classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void start(String name, String main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().trim().split("\\s+")));
    command.addAll(List.of("-Xmx256m", "-cp", home.resolve("jars") + File.separator + "*"));
    command.add("org.apache.spark.deploy." + main);
    command.addAll(List.of("--host", HOST, "--webui-port", "0"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(name + ".log").toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "SPARK_HOME",
                home.toString(),
                "SPARK_SCALA_VERSION",
                "2.12",
                "SPARK_LOCAL_IP",
                HOST));
    processes.add(builder.start());
  }

  /** A session of this process on the cluster, with one executor of 1 GB on each worker. */
  SparkSession session(int executors) throws InterruptedException {
    String folders =
        String.join(
            File.pathSeparator, classPath().filter(entry -> !entry.endsWith(".jar")).toList());
    SparkSession session =
        SparkSession.builder()
            .master(master)
            .appName("cluster")
            .config("spark.ui.enabled", false)
            .config("spark.driver.host", HOST)
            .config("spark.driver.bindAddress", HOST)
            .config("spark.executor.memory", "1g")
            .config("spark.executor.cores", 1)
            .config("spark.executor.extraClassPath", folders)
            .config("spark.sql.shuffle.partitions", 4)
            .config("spark.sql.warehouse.dir", folder.resolve("warehouse").toString())
            .getOrCreate();
    long end = System.currentTimeMillis() + PATIENCE;
    while (executors(session) < executors) {
      if (System.currentTimeMillis() > end) {
        throw new IllegalStateException(
            "%d executors of %d have come; see the logs in %s"
                .formatted(executors(session), executors, folder));
      }
      Thread.sleep(100);
    }
    return session;
  }

  /** The executors that the session has now. */
  static int executors(SparkSession session) {
    return session.sparkContext().statusTracker().getExecutorInfos().length - 1; // and the driver
  }

  /** Ends a worker and its executor at once, as when its machine fails. */
  void kill(int worker) {
    kill(processes.get(worker)); // 0 is the master
  }

  private static void kill(Process process) {
    List<ProcessHandle> executors = process.descendants().toList();
    process.destroyForcibly();
    executors.forEach(ProcessHandle::destroyForcibly);
  }

  @Override
  public void close() {
    processes.forEach(StandaloneCluster::kill);
  }
}
