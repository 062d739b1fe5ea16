package dev.unroll.training;

import dev.unroll.data.DevScore;
import dev.unroll.data.ModelFileWriter;
import dev.unroll.data.NetworkConfig;
import dev.unroll.data.Provenance;
import dev.unroll.data.Settings;
import dev.unroll.data.Split;
import dev.unroll.data.TrainingConfig;
import dev.unroll.layers.pooling.SequencePooling;
import dev.unroll.layers.pooling.SequencePooling.Summary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The smallest task over vectors: does what two sensors measured go up, or down? */
final class Gestures {
  private static final int CHANNELS = 2;
  private static final String TASK = "gestures";

  private Gestures() {}

  /** What the sensors measured, {@code [time][2]}, and what it was. */
  record Gesture(boolean up, float[][] samples) {}

  record Config(NetworkConfig network, TrainingConfig training) {
    static Config with(Map<String, String> overrides) {
      var defaults =
          new Config(
              new NetworkConfig(NetworkConfig.Cell.GRU, 1, 6, false, 0.1),
              TrainingConfig.defaults());
      return Settings.with(defaults, overrides);
    }
  }

  record Encoder(Standardisation standard)
      implements dev.unroll.training.Encoder<Gesture, Gesture> {
    @Override
    public Gesture prepare(Gesture gesture) {
      return new Gesture(gesture.up(), standard.apply(gesture.samples()));
    }

    @Override
    public int length(Gesture gesture) {
      return Math.max(1, gesture.samples().length);
    }

    @Override
    public MultiDataSet encode(List<Gesture> gestures) {
      SequenceBatch batch =
          SequenceBatch.vectors(CHANNELS, gestures.stream().map(Gesture::samples).toList());
      INDArray labels = Nd4j.create(gestures.size(), 2);
      for (int i = 0; i < gestures.size(); i++) {
        labels.putScalar(i, gestures.get(i).up() ? 1 : 0, 1);
      }
      return new MultiDataSet(
          new INDArray[] {batch.array()},
          new INDArray[] {labels},
          new INDArray[] {batch.mask()},
          new INDArray[] {null});
    }
  }

  static ComputationGraphConfiguration configuration(Config config) {
    var graph =
        new NeuralNetConfiguration.Builder()
            .seed(config.training().seed())
            .graphBuilder()
            .addInputs("samples")
            .setInputTypes(InputType.recurrent(CHANNELS));
    String top = RecurrentStack.add(graph, "samples", config.network(), 0, 1);
    graph.addLayer("pooling", new SequencePooling.Builder(Summary.MEAN).build(), top);
    graph.addLayer(
        "output",
        new OutputLayer.Builder(LossFunction.MCXENT).nOut(2).activation(Activation.SOFTMAX).build(),
        "pooling");
    return graph.setOutputs("output").build();
  }

  record Model(
      Config config,
      Encoder encoder,
      ComputationGraph network,
      Map<String, Double> metrics,
      Provenance provenance)
      implements TrainedModel {
    @Override
    public void save(Path path) {
      try (ModelFileWriter file = NetworkFile.begin(path, TASK, Settings.toMap(config))) {
        encoder.standard().write(file);
        NetworkFile.finish(file, TrainedNetwork.of(network), metrics, provenance);
      }
    }

    static Model load(Path path) {
      return NetworkFile.load(path, TASK, Model::read);
    }

    private static Model read(NetworkFile file) throws IOException {
      Config config = file.config(Config::with);
      return new Model(
          config,
          new Encoder(Standardisation.read(file.entries())),
          file.network(() -> configuration(config), config.network()).graph(),
          file.metrics(),
          file.provenance());
    }

    double accuracy(List<Gesture> gestures) {
      return Gestures.accuracy(network, encoder, encoder.prepareAll(gestures));
    }
  }

  private static double accuracy(
      ComputationGraph network, Encoder encoder, List<Gesture> gestures) {
    MultiDataSet batch = encoder.encode(gestures);
    INDArray output =
        network.output(false, batch.getFeatures(), batch.getFeaturesMaskArrays(), null)[0];
    int right = 0;
    for (int i = 0; i < gestures.size(); i++) {
      right += output.getDouble(i, gestures.get(i).up() ? 1 : 0) > 0.5 ? 1 : 0;
    }
    return (double) right / gestures.size();
  }

  static final class GestureTrainer extends Trainer<GestureTrainer> {
    private final Config config;
    private int prepared;

    GestureTrainer(Config config) {
      super(config.training(), Settings.toMap(config));
      this.config = config;
    }

    /** How often the training part was encoded. */
    int prepared() {
      return prepared;
    }

    Trained<Model> train(Encoder encoder, Split<Gesture> split) {
      return train(
          new Recipe<Model>() {
            @Override
            public Split<Gesture> split() {
              return split;
            }

            @Override
            public ComputationGraphConfiguration configuration() {
              return Gestures.configuration(config);
            }

            @Override
            public EpochBatches batches() {
              prepared++;
              return new Batches<>(
                  encoder.prepareAll(split.train().examples()), encoder, config.training());
            }

            @Override
            public Optional<Function<ComputationGraph, DevScore>> scorer() {
              return split
                  .dev()
                  .map(part -> encoder.prepareAll(part.examples()))
                  .map(dev -> network -> score(accuracy(network, encoder, dev)));
            }

            @Override
            public long steps() {
              return config.training().tokens();
            }

            @Override
            public Model model(
                ComputationGraph network, Map<String, Double> metrics, Provenance provenance) {
              return new Model(config, encoder, network, metrics, provenance);
            }
          });
    }

    private static DevScore score(double accuracy) {
      return new DevScore("accuracy", accuracy, true, Double.NaN, Map.of("accuracy", accuracy));
    }
  }
}
