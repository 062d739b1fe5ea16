package dev.unroll.layers.output;

import dev.unroll.layers.Networks;
import dev.unroll.layers.attention.Golden;
import dev.unroll.layers.memory.TimeMajor;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Both passes against what PyTorch computed; {@code golden/adaptive/make.py} wrote the files. */
class AdaptiveGoldenTest {

  @ParameterizedTest
  @CsvSource({
    "two-tails, DOUBLE",
    "two-tails, FLOAT",
    "single-classes, DOUBLE",
    "single-classes, FLOAT",
    "one-tail, DOUBLE",
    "one-tail, FLOAT"
  })
  void agreesWithPyTorch(String file, DataType type) throws IOException {
    Map<String, INDArray> golden = Golden.read("adaptive/" + file);
    INDArray x = sequence(golden.get("x"), type);
    int classes = (int) golden.get("p").size(1);
    AdaptiveShape shape =
        new AdaptiveShape(
            (int) x.size(1),
            classes,
            Arrays.stream(golden.get("cutoffs").toIntVector()).boxed().toList(),
            golden.get("factor").getInt(0),
            1);
    Map<String, INDArray> parameters = new LinkedHashMap<>();
    Map<String, INDArray> gradients = new LinkedHashMap<>();
    for (String name : golden.keySet()) {
      if (golden.containsKey("d_" + name) && !name.equals("x")) {
        parameters.put(name, columns(golden.get(name), type));
        gradients.put(name, columns(golden.get(name), type).assign(Double.NaN));
      }
    }
    ClassOrder order = new ClassOrder(classes);
    AdaptivePass pass =
        type == DataType.FLOAT
            ? new FloatAdaptivePass(
                shape, order, AdaptiveParameters.pointers(parameters), new FloatAdaptivePass.Room())
            : new ReferenceAdaptivePass(shape, order, parameters);
    INDArray target = golden.get("target");
    StepLabels labels =
        StepLabels.read(target.reshape(-1, 1, 1), null, target.length(), classes, 1);

    double[] losses = pass.losses(x, labels);
    INDArray inner = TimeMajor.createDetached(type, x.size(0), x.size(1), 1);
    double[] found = pass.gradients(x, labels, gradients, inner);
    INDArray p = TimeMajor.createDetached(type, x.size(0), classes, 1);
    pass.probabilities(x, labels, p);

    double tolerance = type == DataType.DOUBLE ? 1e-10 : 1e-5;
    Networks.assertEquals(
        Nd4j.createFromArray(losses), golden.get("loss"), tolerance, "losses alone");
    Networks.assertEquals(Nd4j.createFromArray(found), golden.get("loss"), tolerance, "losses");
    Networks.assertEquals(
        inner, golden.get("d_x").reshape(inner.shape()), tolerance, "gradient of x");
    Networks.assertEquals(p, golden.get("p").reshape(p.shape()), tolerance, "probabilities");
    for (String name : gradients.keySet()) {
      INDArray expected = columns(golden.get("d_" + name), DataType.DOUBLE);
      Networks.assertEquals(gradients.get(name), expected, tolerance, "gradient of " + name);
    }
  }

  /** {@code [rows, features]} as rows sequences of one step. */
  private static INDArray sequence(INDArray rows, DataType type) {
    return TimeMajor.createDetached(type, rows.size(0), rows.size(1), 1)
        .assign(rows.reshape(rows.size(0), rows.size(1), 1));
  }

  /** Ours are transposed, column by column. */
  private static INDArray columns(INDArray torch, DataType type) {
    INDArray transposed = torch.rank() == 2 ? torch.transpose() : torch;
    return transposed.castTo(type).dup('f');
  }
}
