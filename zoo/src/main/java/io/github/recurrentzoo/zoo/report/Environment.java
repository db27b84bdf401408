package io.github.recurrentzoo.zoo.report;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * On what a training ran, under the names of {@code metrics.json}.
 *
 * @param java version and vendor
 * @param os name, version and architecture
 * @param cores that Java may use
 * @param heapMegabytes that Java may use at the most
 * @param kernels the mode of the kernels: auto, fused, reference or off
 * @param threads of the kernels
 */
record Environment(
    String java, String os, int cores, long heapMegabytes, String kernels, String threads) {

  /** This process. */
  public static Environment here() {
    Runtime runtime = Runtime.getRuntime();
    return new Environment(
        property("java.version") + " (" + property("java.vendor") + ")",
        property("os.name") + " " + property("os.version") + ", " + property("os.arch"),
        runtime.availableProcessors(),
        runtime.maxMemory() >> 20,
        System.getProperty("recurrentzoo.kernels", "auto"),
        System.getProperty(
            "recurrentzoo.threads", Integer.toString(runtime.availableProcessors())));
  }

  private static String property(String name) {
    return System.getProperty(name, "unknown");
  }

  Map<String, Object> inWords() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("Java", java);
    map.put("operating system", os);
    map.put("cores", cores);
    map.put("heap, at most", heapMegabytes + " MB");
    map.put("kernels", kernels);
    map.put("threads of the kernels", threads);
    return map;
  }
}
