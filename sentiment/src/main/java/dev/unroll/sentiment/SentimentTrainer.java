package dev.unroll.sentiment;

import static dev.unroll.data.UserError.setting;

import dev.unroll.data.Corpus;
import dev.unroll.data.DevScore;
import dev.unroll.data.Provenance;
import dev.unroll.data.Split;
import dev.unroll.data.UserError;
import dev.unroll.evaluation.Confusion;
import dev.unroll.generation.language.WordModel;
import dev.unroll.text.VectorRows;
import dev.unroll.text.WordVectors;
import dev.unroll.training.Batches;
import dev.unroll.training.Encoder;
import dev.unroll.training.EpochBatches;
import dev.unroll.training.InitialVectors;
import dev.unroll.training.LayerRates;
import dev.unroll.training.Optimizer;
import dev.unroll.training.Recipe;
import dev.unroll.training.Trained;
import dev.unroll.training.TrainedNetwork;
import dev.unroll.training.Trainer;
import dev.unroll.training.TrainingStep;
import dev.unroll.training.adversarial.AdversarialStep;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** Trains a {@link SentimentModel}. */
public final class SentimentTrainer extends Trainer<SentimentTrainer> {
  private final SentimentConfig config;
  private Optional<WordVectors> vectors = Optional.empty();
  private Optional<LanguageModels> languageModels = Optional.empty();
  private Optional<PretrainedClassifier> beginning = Optional.empty();
  private Optional<Corpus<Review>> unlabelled = Optional.empty();

  /** A trainer that keeps no checkpoint, is silent and begins with random vectors. */
  public SentimentTrainer(SentimentConfig config) {
    super(config.training(), config.toProperties());
    this.config = config;
  }

  /** Trains in one call, with nothing but what is given. */
  public static SentimentModel train(
      SentimentConfig config, ReviewEncoder encoder, Split<Review> split) {
    return new SentimentTrainer(config).train(encoder, split).model();
  }

  /** Begins with these vectors where a word has one. */
  public SentimentTrainer vectors(WordVectors vectors) {
    this.vectors = Optional.of(vectors);
    return dependsOn("vectors.sha256", vectors.digest());
  }

  /**
   * Begins with the vectors and the recurrent layers of language models: of one, or of one that
   * reads forward and one in reverse. The encoder should know their words.
   *
   * @throws UserError if they do not fit together
   * @throws IllegalArgumentException if the settings are not those of {@link
   *     SentimentConfig#withLanguageModels}
   */
  public SentimentTrainer languageModels(List<WordModel> models) {
    return languageModels(new LanguageModels(models));
  }

  SentimentTrainer languageModels(LanguageModels models) {
    if (!models.fit(config).equals(config)) {
      throw new IllegalArgumentException(
          "the network is not of the language models' sizes; see"
              + " SentimentConfig.withLanguageModels");
    }
    this.languageModels = Optional.of(models);
    return dependsOn("language-models.sha256", models.digests());
  }

  /**
   * Begins with the word vectors and the recurrent layers of a classifier, and with its output too
   * if the labels are the same. The encoder should know its words.
   *
   * @throws IllegalArgumentException if the settings are not those of {@link
   *     SentimentConfig#withSizesOf}
   */
  public SentimentTrainer beginWith(SentimentModel model) {
    return beginWith(new PretrainedClassifier(model, "the model"));
  }

  SentimentTrainer beginWith(PretrainedClassifier classifier) {
    if (!config.withSizesOf(classifier.model().config()).equals(config)) {
      throw new IllegalArgumentException(
          "the network is not of the model's sizes; see SentimentConfig.withSizesOf");
    }
    this.beginning = Optional.of(classifier);
    return dependsOn("begin-with.sha256", classifier.digest());
  }

  /**
   * Learns from these texts too, beside those of the training part, where {@link
   * Consistency#virtualAdversarial()} is above 0. Their labels, if they have any, are not looked
   * at.
   *
   * @throws UserError if it is 0, so that they would not be used
   */
  public SentimentTrainer unlabelled(Corpus<Review> texts) {
    if (config.consistency().virtualAdversarial() == 0) {
      throw UserError.usage(
          "%s is for %s; give both"
              .formatted(setting("unlabelled"), setting("virtual-adversarial")));
    }
    this.unlabelled = Optional.of(texts);
    return dependsOn("unlabelled.sha256", texts.digest());
  }

  /**
   * Trains on {@code split.train()}, watching {@code split.dev()} if there is one.
   *
   * @throws UserError if the data cannot be learnt from, or the training diverged
   */
  public Trained<SentimentModel> train(ReviewEncoder encoder, Split<Review> split) {
    if (languageModels.isEmpty()) {
      LanguageModels.require(config);
    }
    if (config.consistency().virtualAdversarial() > 0 && unlabelled.isEmpty()) {
      throw UserError.usage(
          "%s takes texts without labels; name a file with %s"
              .formatted(setting("virtual-adversarial"), setting("unlabelled")));
    }
    return train(new SentimentRecipe(encoder, split));
  }

  private final class SentimentRecipe implements Recipe<SentimentModel> {
    private final ReviewEncoder encoder;
    private final Split<Review> split;
    private final Optional<LanguageOutputs> outputs =
        languageModels.flatMap(models -> models.outputs(config));
    private List<EncodedReview> train;

    SentimentRecipe(ReviewEncoder encoder, Split<Review> split) {
      this.encoder = encoder;
      this.split = split;
    }

    @Override
    public Split<Review> split() {
      return split;
    }

    @Override
    public ComputationGraphConfiguration configuration() {
      return outputs
          .map(o -> o.configuration(encoder.vocabulary().size(), encoder.labels().size()))
          .orElseGet(this::classifier);
    }

    /** What remains of the network after the training. */
    private ComputationGraphConfiguration classifier() {
      return SentimentNetwork.configuration(
          config, encoder.vocabulary().size(), encoder.labels().size());
    }

    @Override
    public EpochBatches batches() {
      train = encoder.prepareAll(split.train().examples());
      Encoder<Review, EncodedReview> arrays = outputs.map(o -> o.encoder(encoder)).orElse(encoder);
      return new Batches<>(train, arrays, config.training());
    }

    /** Of all texts, with labels or without. */
    private EpochBatches texts() {
      List<EncodedReview> texts = new ArrayList<>(train);
      unlabelled.ifPresent(corpus -> texts.addAll(encoder.prepareAll(corpus.examples())));
      return new Batches<>(texts, encoder, config.training());
    }

    @Override
    public TrainingStep step(ComputationGraph network, Optimizer optimizer) {
      Consistency consistency = config.consistency();
      if (!consistency.perturbs()) {
        return TrainingStep.of(network, optimizer);
      }
      AdversarialStep step =
          new AdversarialStep(network, optimizer, SentimentNetwork.EMBEDDING)
              .adversarial(consistency.adversarial());
      return consistency.virtualAdversarial() == 0
          ? step
          : step.virtual(consistency.virtualAdversarial(), texts(), config.training().seed());
    }

    @Override
    public Optional<Function<ComputationGraph, DevScore>> scorer() {
      return split
          .dev()
          .map(this::labelled)
          .map(
              dev ->
                  (outputs.isEmpty()
                          ? TrainedNetwork.whileTraining()
                          : TrainedNetwork.whileTraining(classifier()))
                      .andThen(network -> score(SentimentModel.evaluate(network, encoder, dev))));
    }

    private List<EncodedReview> labelled(Corpus<Review> dev) {
      if (!dev.examples().stream().allMatch(Review::isLabelled)) {
        throw UserError.data(
            dev.source(), "the dev part has texts without a label; leave them out");
      }
      return encoder.prepareAll(dev.examples());
    }

    @Override
    public long steps() {
      return config.training().tokens();
    }

    @Override
    public Optional<String> advice() {
      int threads = config.training().threads();
      return LongTexts.advice(
          config,
          train.stream().mapToInt(review -> review.words().length).toArray(),
          threads > 0 ? threads : Runtime.getRuntime().availableProcessors());
    }

    @Override
    public LayerRates rates() {
      return config.fineTuning();
    }

    @Override
    public void initialise(ComputationGraph network) {
      beginning.ifPresent(classifier -> classifier.copyTo(network, encoder));
      languageModels.ifPresent(models -> models.copyTo(network, encoder.vocabulary()));
      outputs.ifPresent(o -> o.copyTo(network));
      vectors.ifPresent(
          v ->
              InitialVectors.copy(
                  VectorRows.of(v, encoder.vocabulary()), network, SentimentNetwork.EMBEDDING));
    }

    @Override
    public SentimentModel model(
        ComputationGraph network, Map<String, Double> metrics, Provenance provenance) {
      TrainedNetwork trained =
          outputs.isEmpty()
              ? TrainedNetwork.of(network)
              : TrainedNetwork.part(network, classifier());
      return new SentimentModel(config, encoder, trained, metrics, provenance);
    }
  }

  private static DevScore score(Confusion scores) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("accuracy", scores.accuracy());
    metrics.put("macroF1", scores.macroF1());
    metrics.put("logLoss", scores.logLoss());
    return new DevScore("accuracy", scores.accuracy(), true, scores.logLoss(), metrics);
  }
}
