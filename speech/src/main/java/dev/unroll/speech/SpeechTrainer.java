package dev.unroll.speech;

import dev.unroll.data.Corpus;
import dev.unroll.data.DevScore;
import dev.unroll.data.Provenance;
import dev.unroll.data.Split;
import dev.unroll.data.UserError;
import dev.unroll.evaluation.ErrorRate;
import dev.unroll.generation.language.CharacterModel;
import dev.unroll.training.Batches;
import dev.unroll.training.EpochBatches;
import dev.unroll.training.Recipe;
import dev.unroll.training.Trained;
import dev.unroll.training.TrainedNetwork;
import dev.unroll.training.Trainer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** Trains a {@link SpeechModel}. */
public final class SpeechTrainer extends Trainer<SpeechTrainer> {
  private final SpeechConfig config;
  private Optional<CharacterModel> language = Optional.empty();

  /** A trainer that keeps no checkpoint and is silent. */
  public SpeechTrainer(SpeechConfig config) {
    super(config.training(), config.toProperties());
    this.config = config;
  }

  /** Puts a language model into the model's file, for searches; nothing learns from it. */
  public SpeechTrainer language(CharacterModel model) {
    language = Optional.of(model);
    return dependsOn("language-model", model.digest());
  }

  /** Trains in one call, with nothing but what is given. */
  public static SpeechModel train(
      SpeechConfig config, UtteranceEncoder encoder, Split<Utterance> split) {
    return new SpeechTrainer(config).train(encoder, split).model();
  }

  /**
   * Trains on {@code split.train()}, watching {@code split.dev()} if there is one.
   *
   * @throws UserError if a text does not fit into its recording, at its place, or if the training
   *     diverged
   */
  public Trained<SpeechModel> train(UtteranceEncoder encoder, Split<Utterance> split) {
    return train(new SpeechRecipe(encoder, split));
  }

  private final class SpeechRecipe implements Recipe<SpeechModel> {
    private final UtteranceEncoder encoder;
    private final Split<Utterance> split;

    SpeechRecipe(UtteranceEncoder encoder, Split<Utterance> split) {
      this.encoder = encoder;
      this.split = split;
    }

    @Override
    public Split<Utterance> split() {
      return split;
    }

    @Override
    public ComputationGraphConfiguration configuration() {
      return SpeechNetwork.configuration(config, encoder.alphabet().classes());
    }

    @Override
    public EpochBatches batches() {
      List<EncodedUtterance> train =
          transcribed(split.train()).stream().map(encoder::prepareVaried).toList();
      return new Batches<>(
          train, encoder, config.training(), new UtteranceVariation(config.mask()));
    }

    @Override
    public Optional<Function<ComputationGraph, DevScore>> scorer() {
      return split.dev().map(this::scored);
    }

    private Function<ComputationGraph, DevScore> scored(Corpus<Utterance> dev) {
      List<Utterance> utterances = transcribed(dev);
      List<EncodedUtterance> prepared = encoder.prepareAll(utterances);
      Function<ComputationGraph, TrainedNetwork> trained = TrainedNetwork.whileTraining();
      return network -> {
        ErrorRate errors = new ErrorRate();
        SpeechModel.Posteriors found =
            trained.apply(network).with(lent -> SpeechModel.posteriors(lent, encoder, prepared));
        double loss = 0;
        for (int i = 0; i < prepared.size(); i++) {
          loss += found.loss(i, prepared.get(i).labels());
          errors.add(
              encoder.alphabet().normalised(utterances.get(i).text()),
              encoder.alphabet().text(found.bestPath(i)));
        }
        return score(errors, loss / Math.max(1, prepared.size()));
      };
    }

    private List<Utterance> transcribed(Corpus<Utterance> part) {
      for (Utterance utterance : part.examples()) {
        if (utterance.text() == null) {
          throw UserError.data(
              utterance.recording().place(),
              "nobody wrote down what is said; add it or leave it out");
        }
      }
      return part.examples();
    }

    @Override
    public long steps() {
      return config.training().tokens();
    }

    @Override
    public SpeechModel model(
        ComputationGraph network, Map<String, Double> metrics, Provenance provenance) {
      return new SpeechModel(
          config, encoder, language, TrainedNetwork.of(network), metrics, provenance);
    }
  }

  private static DevScore score(ErrorRate errors, double loss) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("wordErrorRate", errors.words());
    metrics.put("characterErrorRate", errors.characters());
    metrics.put("loss", loss);
    return new DevScore("wordErrorRate", errors.words(), false, loss, metrics);
  }
}
