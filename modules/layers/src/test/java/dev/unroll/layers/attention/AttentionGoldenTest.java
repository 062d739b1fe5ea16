package dev.unroll.layers.attention;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.unroll.layers.Networks;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Attention against what PyTorch computed; {@code golden/attention/make.py} wrote the files. */
class AttentionGoldenTest {

  @ParameterizedTest
  @CsvSource({
    "DOT, DOUBLE",
    "GENERAL, DOUBLE",
    "ADDITIVE, DOUBLE",
    "DOT, FLOAT",
    "GENERAL, FLOAT",
    "ADDITIVE, FLOAT"
  })
  void agreesWithPyTorch(Score score, DataType type) throws IOException {
    Map<String, INDArray> golden = read(score.name().toLowerCase(Locale.ROOT));
    INDArray states = golden.get("states").permute(1, 2, 0);
    INDArray source = golden.get("source").permute(1, 2, 0);
    AttentionShape shape =
        new AttentionShape(
            score,
            (int) states.size(1),
            (int) source.size(1),
            score == Score.ADDITIVE ? (int) golden.get("Wk").size(0) : 0,
            (int) golden.get("Wc").size(0));
    Map<String, INDArray> parameters = new LinkedHashMap<>();
    AttentionParameters.shapes(shape)
        .keySet()
        .forEach(name -> parameters.put(name, golden.get(name).transpose()));
    Case data =
        new Case(
            shape,
            states,
            mask(golden.get("state_lengths"), states.size(2)),
            source,
            mask(golden.get("source_lengths"), source.size(2)),
            parameters,
            golden.get("e").permute(1, 2, 0));

    Map<String, INDArray> results = data.by(AttentionPass.of(shape, type));

    double tolerance = type == DataType.DOUBLE ? 1e-10 : 1e-5;
    Networks.assertEquals(
        results.get("out"), golden.get("y").permute(1, 2, 0), tolerance, "output");
    Networks.assertEquals(results.get("alignment"), golden.get("weights"), tolerance, "alignment");
    Networks.assertEquals(
        results.get("dStates"), golden.get("d_states").permute(1, 2, 0), tolerance, "dStates");
    Networks.assertEquals(
        results.get("dSource"), golden.get("d_source").permute(1, 2, 0), tolerance, "dSource");
    for (String name : parameters.keySet()) {
      Networks.assertEquals(
          results.get("d" + name), golden.get("d_" + name).transpose(), tolerance, "d" + name);
    }
  }

  private static INDArray mask(INDArray lengths, long time) {
    INDArray mask = Nd4j.zeros(DataType.FLOAT, lengths.length(), time);
    for (int b = 0; b < lengths.length(); b++) {
      for (int t = 0; t < lengths.getInt(b); t++) {
        mask.putScalar(b, t, 1);
      }
    }
    return mask;
  }

  private static Map<String, INDArray> read(String name) throws IOException {
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    try (InputStream in =
        AttentionGoldenTest.class.getResourceAsStream("/golden/attention/" + name + ".txt")) {
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
