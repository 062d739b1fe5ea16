package dev.unroll.layers.attention;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What PyTorch computed; {@code make.py} in each folder of {@code golden} wrote the files. */
public final class Golden {
  private Golden() {}

  static INDArray mask(INDArray lengths, long time) {
    INDArray mask = Nd4j.zeros(DataType.FLOAT, lengths.length(), time);
    for (int b = 0; b < lengths.length(); b++) {
      for (int t = 0; t < lengths.getInt(b); t++) {
        mask.putScalar(b, t, 1);
      }
    }
    return mask;
  }

  /**
   * Reads a file.
   *
   * @param name of the folder and the file, such as {@code attention/dot}
   */
  public static Map<String, INDArray> read(String name) throws IOException {
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    try (InputStream in = Golden.class.getResourceAsStream("/golden/" + name + ".txt")) {
      for (String line : new String(in.readAllBytes(), UTF_8).split("\n")) {
        String[] parts = line.split(": ");
        long[] shape = Arrays.stream(parts[1].split(" ")).mapToLong(Long::parseLong).toArray();
        double[] values =
            Arrays.stream(parts[2].split(" ")).mapToDouble(Double::parseDouble).toArray();
        arrays.put(parts[0], Nd4j.createFromArray(values).reshape('c', shape));
      }
    }
    return arrays;
  }
}
