package dev.unroll.layers.attention;

import dev.unroll.layers.Networks;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

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
    Map<String, INDArray> golden =
        Golden.read("attention/" + score.name().toLowerCase(Locale.ROOT));
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
            Golden.mask(golden.get("state_lengths"), states.size(2)),
            source,
            Golden.mask(golden.get("source_lengths"), source.size(2)),
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
}
