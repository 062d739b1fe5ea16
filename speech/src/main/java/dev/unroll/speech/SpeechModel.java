package dev.unroll.speech;

import static dev.unroll.data.UserError.setting;

import dev.unroll.data.ModelFileWriter;
import dev.unroll.data.Provenance;
import dev.unroll.data.UserError;
import dev.unroll.evaluation.ErrorRate;
import dev.unroll.generation.language.CharacterModel;
import dev.unroll.layers.Stepper;
import dev.unroll.layers.ctc.BestPath;
import dev.unroll.layers.ctc.CtcLoss;
import dev.unroll.layers.forward.ForwardNetwork;
import dev.unroll.sound.Sound;
import dev.unroll.training.Batches;
import dev.unroll.training.NetworkFile;
import dev.unroll.training.TrainedModel;
import dev.unroll.training.TrainedNetwork;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A trained recogniser of speech.
 *
 * <pre>{@code
 * SpeechModel model = SpeechModel.load(Path.of("digits.zip"));
 * Transcript said = model.transcribe(Recording.of(Path.of("hello.wav")));
 * }</pre>
 *
 * <p>Any number of threads may use one model at the same time, and get the same answers as one. A
 * recording that is transcribed alone and in a batch has the same probability to within 1e-4 of its
 * logarithm: libraries add up the products of other numbers of rows in another order.
 */
public final class SpeechModel implements TrainedModel {
  private static final String TASK = "speech";
  private static final String LANGUAGE = "language/";
  private static final int BATCH = 32;
  private static final int TOKENS = 16_384;

  private final SpeechConfig config;
  private final UtteranceEncoder encoder;
  private final Optional<CharacterModel> language;
  private final TrainedNetwork network;
  private final Map<String, Double> metrics;
  private final Provenance provenance;

  SpeechModel(
      SpeechConfig config,
      UtteranceEncoder encoder,
      Optional<CharacterModel> language,
      TrainedNetwork network,
      Map<String, Double> metrics,
      Provenance provenance) {
    this.config = config;
    this.encoder = encoder;
    this.language = language;
    this.network = network;
    this.metrics = metrics;
    this.provenance = provenance;
  }

  /**
   * Reads a model that {@link #save} wrote.
   *
   * @throws UserError if the file is missing, damaged, newer than this program or no such model
   */
  public static SpeechModel load(Path path) {
    return NetworkFile.load(path, TASK, SpeechModel::read);
  }

  /**
   * Reads a model from a stream, to its end; the stream is not closed.
   *
   * @throws UserError as above
   */
  public static SpeechModel load(InputStream in) {
    return NetworkFile.load(in, TASK, SpeechModel::read);
  }

  /**
   * Reads a model from the class path.
   *
   * @param beside a class of the jar that has the model
   * @param resource as {@link Class#getResourceAsStream} takes it
   * @throws UserError as above
   */
  public static SpeechModel load(Class<?> beside, String resource) {
    return NetworkFile.load(beside, resource, TASK, SpeechModel::read);
  }

  private static SpeechModel read(NetworkFile file) throws IOException {
    SpeechConfig config = file.config(SpeechConfig::with);
    UtteranceEncoder encoder = UtteranceEncoder.read(file, config);
    int classes = encoder.alphabet().classes();
    TrainedNetwork network =
        file.network(
            () -> SpeechNetwork.configuration(config, classes),
            config.network(),
            config.stepWidth(),
            classes);
    Optional<CharacterModel> language =
        file.entries().has(LANGUAGE + "vocabulary.txt")
            ? Optional.of(CharacterModel.part(file, LANGUAGE))
            : Optional.empty();
    return new SpeechModel(config, encoder, language, network, file.metrics(), file.provenance());
  }

  @Override
  public void save(Path path) {
    try (ModelFileWriter file = NetworkFile.begin(path, TASK, config.toProperties())) {
      encoder.write(file);
      if (language.isPresent()) {
        language.get().write(file, LANGUAGE);
      }
      NetworkFile.finish(file, network, metrics, provenance);
    }
  }

  /** What is said in a recording: the likeliest character at each step. */
  public Transcript transcribe(Recording recording) {
    return transcribe(List.of(recording), SearchConfig.greedy(), Optional.empty(), 1).get(0).get(0);
  }

  /**
   * What is said in each recording, in the same order; faster than one by one.
   *
   * @param language knows which texts are likely
   * @param count most texts of a recording, the best first
   * @throws UserError if a recording cannot be read
   */
  public List<List<Transcript>> transcribe(
      List<Recording> recordings,
      SearchConfig search,
      Optional<CharacterModel> language,
      int count) {
    List<String> names = recordings.stream().map(Recording::name).toList();
    return transcribe(
        names, recordings.stream().map(Recording::read).toList(), search, language, count);
  }

  /** The same of sounds that were read already. */
  List<List<Transcript>> transcribe(
      List<String> names,
      List<Sound> sounds,
      SearchConfig search,
      Optional<CharacterModel> language,
      int count) {
    List<EncodedUtterance> prepared =
        sounds.stream()
            .map(sound -> new EncodedUtterance(new float[][][] {encoder.frames(sound)}, new int[0]))
            .toList();
    Posteriors found = network.with(lent -> posteriors(lent, encoder, prepared));
    TranscriptSearch searcher =
        new TranscriptSearch(encoder.alphabet(), search, language, config.stepSeconds());
    List<List<Transcript>> transcripts = new ArrayList<>();
    for (int i = 0; i < sounds.size(); i++) {
      transcripts.add(searcher.search(names.get(i), found.logs(i), count));
    }
    return transcripts;
  }

  /** The probability of each class at each step of a sound, {@code [steps][classes]}. */
  float[][] posteriors(Sound sound) {
    EncodedUtterance prepared =
        new EncodedUtterance(new float[][][] {encoder.frames(sound)}, new int[0]);
    return network.with(lent -> posteriors(lent, encoder, List.of(prepared))).probabilities()[0];
  }

  /**
   * Compares what the model hears with what is said.
   *
   * @throws UserError if a recording cannot be read or has no text
   */
  public ErrorRate evaluate(List<Utterance> utterances) {
    return Recognised.of(this, utterances, SearchConfig.greedy(), Optional.empty()).errors();
  }

  /**
   * What a network says of utterances.
   *
   * @param probabilities {@code [utterance][steps][classes]}
   */
  record Posteriors(float[][][] probabilities) {
    int[] bestPath(int utterance) {
      return BestPath.of(probabilities[utterance]);
    }

    /** {@code -log} of the probability of a text in nats. */
    double loss(int utterance, int... labels) {
      return CtcLoss.of(logs(utterance), labels);
    }

    /** Logarithms; a probability that is too small for a float is not impossible. */
    float[][] logs(int utterance) {
      float[][] p = probabilities[utterance];
      float[][] logs = new float[p.length][];
      for (int t = 0; t < p.length; t++) {
        logs[t] = new float[p[t].length];
        for (int k = 0; k < logs[t].length; k++) {
          logs[t][k] = (float) Math.log(Math.max(p[t][k], Float.MIN_NORMAL));
        }
      }
      return logs;
    }
  }

  static Posteriors posteriors(
      ForwardNetwork network, UtteranceEncoder encoder, List<EncodedUtterance> utterances) {
    int classes = encoder.alphabet().classes();
    float[][][] probabilities = new float[utterances.size()][][];
    int[] lengths = utterances.stream().mapToInt(encoder::length).toArray();
    for (List<Integer> positions : Batches.byLength(lengths, BATCH, TOKENS)) {
      List<EncodedUtterance> batch = positions.stream().map(utterances::get).toList();
      float[][][] found = network.read(encoder.steps(batch)).examples();
      for (int i = 0; i < found.length; i++) {
        // Where there is no sound, one step says nothing.
        probabilities[positions.get(i)] = found[i].length == 0 ? new float[1][classes] : found[i];
      }
    }
    return new Posteriors(probabilities);
  }

  /** Refuses a model that must hear the end before it can write the beginning. */
  void requireForward(Object file) {
    if (config.network().bidirectional()
        || config.normalisation() != SpeechConfig.Normalisation.TRAINING
        || config.deltas() > 0) {
      throw UserError.data(
          file,
          "needs the whole recording before its first word; for a stream, train with the preset 'stream' (%s false, %s training, %s 0)"
              .formatted(setting("bidirectional"), setting("normalisation"), setting("deltas")));
    }
  }

  /** A way to read a sound step by step, for one thread. */
  Stepper stepper() {
    return network.with(lent -> Stepper.of(lent.configuration(), lent.parameters()));
  }

  /** What turns recordings and texts into numbers. */
  public UtteranceEncoder encoder() {
    return encoder;
  }

  /** The language model that came with the training, for searches. */
  public Optional<CharacterModel> language() {
    return language;
  }

  /** What the model was trained with. */
  public SpeechConfig config() {
    return config;
  }

  /**
   * The scores on dev of the epoch that was kept: {@code wordErrorRate}, {@code characterErrorRate}
   * and {@code loss}, without a search.
   */
  @Override
  public Map<String, Double> metrics() {
    return metrics;
  }

  @Override
  public Provenance provenance() {
    return provenance;
  }
}
