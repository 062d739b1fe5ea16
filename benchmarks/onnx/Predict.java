import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.google.gson.Gson;
import com.sun.management.OperatingSystemMXBean;
import dev.unroll.layers.memory.Parallel;
import dev.unroll.sentiment.SentimentModel;
import dev.unroll.text.Tokenizer;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Labels texts with a model of sentiment and with ONNX Runtime's session of the same model, exported; one thread each, in turns.
 *
 * <pre>java -cp CLASSPATH Predict.java MODEL TEXTS SECONDS</pre>
 *
 * <p>TEXTS has a text a line, or a label, a tab and a text. For one text at a time and for 64: both medians over the rounds of the
 * processor time a text in microseconds, and how many times as long ONNX Runtime takes. Both are given texts and cut them into words.
 */
class Predict {
  private static final int ROUNDS = 7;
  private static final OrtEnvironment ORT = OrtEnvironment.getEnvironment();

  private interface Labeller {
    double label(List<String> texts) throws OrtException;
  }

  public static void main(String[] args) throws Exception {
    Parallel.threads(1);
    SentimentModel model = SentimentModel.load(Path.of(args[0]));
    List<String> texts = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of(args[1]))) {
      texts.add(line.substring(line.indexOf('\t') + 1));
    }
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(1);
    options.setInterOpNumThreads(1);
    OrtSession session = ORT.createSession(model.toOnnx().toBytes(), options);
    Labeller ours = batch -> model.classify(batch).get(0).probabilities().get(model.labels().get(0));
    Labeller theirs = peer(session);
    for (int size : new int[] {1, 64}) {
      List<List<String>> batches = new ArrayList<>();
      for (int from = 0; from + size <= texts.size(); from += size) {
        batches.add(texts.subList(from, from + size));
      }
      for (List<String> batch : batches) {
        if (Math.abs(ours.label(batch) - theirs.label(batch)) > 1e-4) {
          throw new IllegalStateException("the answers differ: " + batch.get(0));
        }
      }
      double seconds = Double.parseDouble(args[2]);
      double[] own = new double[ROUNDS];
      double[] peer = new double[ROUNDS];
      measure(ours, batches, seconds);
      measure(theirs, batches, seconds);
      for (int round = 0; round < ROUNDS; round++) {
        own[round] = measure(ours, batches, seconds);
        peer[round] = measure(theirs, batches, seconds);
      }
      Arrays.sort(own);
      Arrays.sort(peer);
      System.out.printf(
          Locale.ROOT,
          "%d at a time: Unroll %.1f us (%.1f-%.1f), ONNX Runtime %.1f us (%.1f-%.1f), %.2f times%n",
          size, own[ROUNDS / 2], own[1], own[ROUNDS - 2], peer[ROUNDS / 2], peer[1], peer[ROUNDS - 2],
          peer[ROUNDS / 2] / own[ROUNDS / 2]);
    }
  }

  /** Microseconds of processor time a text. */
  private static double measure(Labeller labeller, List<List<String>> batches, double seconds) throws OrtException {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long busy = system.getProcessCpuTime();
    long end = System.nanoTime() + (long) (seconds * 1e9);
    long texts = 0;
    for (int i = 0; System.nanoTime() < end; i++) {
      labeller.label(batches.get(i % batches.size()));
      texts += batches.get(0).size();
    }
    return (system.getProcessCpuTime() - busy) / 1e3 / texts;
  }

  /** As docs/onnx.md says. */
  private static Labeller peer(OrtSession session) throws OrtException {
    Map<String, String> metadata = session.getMetadata().getCustomMetadata();
    Tokenizer tokenizer = Tokenizer.named(metadata.get("tokenizer"));
    Map<String, Integer> ids = new HashMap<>();
    String[] vocabulary = new Gson().fromJson(metadata.get("vocabulary"), String[].class);
    for (int i = 0; i < vocabulary.length; i++) {
      ids.put(vocabulary[i], i);
    }
    boolean lowercase = metadata.get("lowercase").equals("true");
    return texts -> {
      List<List<String>> words = texts.stream().map(tokenizer::words).toList();
      int time = Math.max(1, Collections.max(words.stream().map(List::size).toList()));
      long[][] rows = new long[words.size()][time];
      long[] lengths = new long[words.size()];
      for (int i = 0; i < rows.length; i++) {
        lengths[i] = words.get(i).size();
        for (int t = 0; t < lengths[i]; t++) {
          String word = words.get(i).get(t);
          rows[i][t] = ids.getOrDefault(lowercase ? word.toLowerCase(Locale.ROOT) : word, 0);
        }
      }
      try (OnnxTensor x = OnnxTensor.createTensor(ORT, rows);
          OnnxTensor n = OnnxTensor.createTensor(ORT, lengths);
          OrtSession.Result result = session.run(Map.of("words", x, "lengths", n))) {
        return ((OnnxTensor) result.get("probabilities").orElseThrow()).getFloatBuffer().get(0);
      }
    };
  }
}
