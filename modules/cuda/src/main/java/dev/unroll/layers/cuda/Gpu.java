package dev.unroll.layers.cuda;

import java.util.ArrayList;
import java.util.List;

/**
 * A graphics processor as {@code nvidia-smi} tells of it.
 *
 * @param capability compute capability, the generation: 90 for 9.0
 * @param driver version, such as {@code 580.65.06}
 */
record Gpu(String name, int capability, String driver) {

  /**
   * Reads what {@code nvidia-smi --query-gpu=name,compute_cap,driver_version --format=csv,noheader}
   * prints. Lines that are none, such as errors, are passed over.
   */
  static List<Gpu> parse(String text) {
    List<Gpu> gpus = new ArrayList<>();
    for (String line : text.lines().toList()) {
      String[] fields = line.split(",");
      if (fields.length == 3 && fields[1].strip().matches("\\d+\\.\\d")) {
        int capability = Integer.parseInt(fields[1].strip().replace(".", ""));
        gpus.add(new Gpu(fields[0].strip(), capability, fields[2].strip()));
      }
    }
    return gpus;
  }

  /** Whether the driver is this version or a newer one. */
  boolean hasDriver(String least) {
    String[] mine = driver.split("\\.");
    String[] needed = least.split("\\.");
    for (int i = 0; i < needed.length; i++) {
      int here = i < mine.length ? Integer.parseInt(mine[i]) : 0;
      if (here != Integer.parseInt(needed[i])) {
        return here > Integer.parseInt(needed[i]);
      }
    }
    return true;
  }
}
