package dev.unroll.training;

import dev.unroll.data.DevScore;
import dev.unroll.data.Outcome;
import dev.unroll.data.Settings;
import dev.unroll.data.TrainingConfig;
import dev.unroll.data.TrainingListener;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The smallest task that a single layer cannot learn: are two bits different? */
final class BitsTask {
  private BitsTask() {}

  static final Encoder<Integer, Integer> BITS =
      new Encoder<>() {
        @Override
        public Integer prepare(Integer example) {
          return example;
        }

        @Override
        public MultiDataSet encode(List<Integer> examples) {
          INDArray features = Nd4j.create(examples.size(), 2);
          INDArray labels = Nd4j.create(examples.size(), 2);
          for (int i = 0; i < examples.size(); i++) {
            int first = examples.get(i) & 1;
            int second = examples.get(i) >> 1 & 1;
            features.putScalar(i, 0, first);
            features.putScalar(i, 1, second);
            labels.putScalar(i, first ^ second, 1);
          }
          return new MultiDataSet(features, labels);
        }

        @Override
        public int length(Integer example) {
          return 1;
        }
      };

  static final List<Integer> EXAMPLES = new ArrayList<>();

  static {
    for (int i = 0; i < 64; i++) {
      EXAMPLES.add(i % 4);
    }
  }

  static ComputationGraph network() {
    ComputationGraph network =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(7)
                .weightInit(WeightInit.XAVIER)
                .graphBuilder()
                .addInputs("bits")
                .setInputTypes(InputType.feedForward(2))
                .addLayer(
                    "hidden",
                    new DenseLayer.Builder().nOut(8).activation(Activation.TANH).build(),
                    "bits")
                .addLayer(
                    "output",
                    new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build(),
                    "hidden")
                .setOutputs("output")
                .build());
    network.init();
    return network;
  }

  static TrainingConfig config(String... settings) {
    Map<String, String> overrides = new HashMap<>();
    overrides.put("epochs", "30");
    overrides.put("batch", "8");
    overrides.put("learning-rate", "0.05");
    for (int i = 0; i < settings.length; i += 2) {
      overrides.put(settings[i], settings[i + 1]);
    }
    return Settings.with(TrainingConfig.defaults(), overrides);
  }

  static Outcome train(ComputationGraph network, TrainingConfig config) {
    return train(network, config, Supervision.none());
  }

  static Outcome train(ComputationGraph network, TrainingConfig config, Supervision supervision) {
    return new Training(network, config, batches(config), Optional.of(BitsTask::score), supervision)
        .run();
  }

  static Supervision telling(TrainingListener listener) {
    return new Supervision(listener, () -> false, Optional.empty());
  }

  static Supervision keeping(Checkpoint checkpoint, BooleanSupplier stop) {
    return new Supervision(new TrainingListener() {}, stop, Optional.of(checkpoint));
  }

  static Batches<Integer> batches(TrainingConfig config) {
    return new Batches<>(EXAMPLES, BITS, config.batch(), config.tokens(), config.seed());
  }

  static TrainingListener recording(List<TrainingListener.Epoch> epochs) {
    return new TrainingListener() {
      @Override
      public void epochEnded(Epoch epoch) {
        epochs.add(epoch);
      }
    };
  }

  static DevScore score(ComputationGraph network) {
    MultiDataSet all = BITS.encode(List.of(0, 1, 2, 3));
    INDArray output = network.outputSingle(all.getFeatures(0));
    INDArray right = output.mul(all.getLabels(0)).sum(1);
    int correct = 0;
    double loss = 0;
    for (int i = 0; i < 4; i++) {
      correct += right.getDouble(i) > 0.5 ? 1 : 0;
      loss -= Math.log(right.getDouble(i)) / 4;
    }
    return new DevScore(
        "accuracy", correct / 4.0, true, loss, Map.of("accuracy", correct / 4.0, "loss", loss));
  }
}
