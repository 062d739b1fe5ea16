package dev.unroll.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A model in ONNX Runtime, which shares no code with ours: what an exported model answers is held
 * against it. Who uses it adds {@code onnxruntime} to its tests.
 */
public final class OnnxSession implements AutoCloseable {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;

  /** The model in {@code file}, the bytes of an ONNX file. */
  public OnnxSession(byte[] file) {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      session = environment.createSession(file, options);
    } catch (OrtException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * Numbers of an input or an output.
   *
   * @param values in row-major order
   */
  public record Tensor(float[] values, long... shape) {
    /** Fails unless every number is that of {@code expected}, and there are as many. */
    public void isCloseTo(float[] expected, double tolerance, String what) {
      assertThat(values).as(what).hasSameSizeAs(expected);
      for (int i = 0; i < values.length; i++) {
        assertThat((double) values[i])
            .as("%s, number %d", what, i)
            .isCloseTo(expected[i], within(tolerance));
      }
    }
  }

  /** What the model says of itself. */
  public Map<String, String> metadata() {
    try {
      return session.getMetadata().getCustomMetadata();
    } catch (OrtException e) {
      throw new AssertionError(e);
    }
  }

  /** The texts that the model's metadata has under a key, as JSON. */
  public List<String> texts(String key) {
    return new Gson().fromJson(metadata().get(key), new TypeToken<List<String>>() {});
  }

  /** The names of what it is given. */
  public Set<String> inputs() {
    return session.getInputNames();
  }

  /**
   * What the model answers.
   *
   * @param inputs by name: a {@link Tensor}, or an array of {@code long}, of any depth
   */
  public Map<String, Tensor> run(Map<String, ?> inputs) {
    Map<String, OnnxTensor> given = new LinkedHashMap<>();
    try {
      for (Map.Entry<String, ?> input : inputs.entrySet()) {
        given.put(input.getKey(), tensor(input.getValue()));
      }
      try (OrtSession.Result result = session.run(given)) {
        Map<String, Tensor> answers = new LinkedHashMap<>();
        for (Map.Entry<String, OnnxValue> output : result) {
          OnnxTensor answer = (OnnxTensor) output.getValue();
          FloatBuffer values = answer.getFloatBuffer();
          float[] copy = new float[values.remaining()];
          values.get(copy);
          answers.put(output.getKey(), new Tensor(copy, answer.getInfo().getShape()));
        }
        return answers;
      }
    } catch (OrtException e) {
      throw new AssertionError(e);
    } finally {
      given.values().forEach(OnnxTensor::close);
    }
  }

  private OnnxTensor tensor(Object value) throws OrtException {
    return value instanceof Tensor tensor
        ? OnnxTensor.createTensor(environment, FloatBuffer.wrap(tensor.values()), tensor.shape())
        : OnnxTensor.createTensor(environment, value);
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new AssertionError(e);
    }
  }
}
