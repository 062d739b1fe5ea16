package dev.unroll.activity;

import dev.unroll.data.ModelFileWriter;
import dev.unroll.data.Provenance;
import dev.unroll.data.UserError;
import dev.unroll.evaluation.Confusion;
import dev.unroll.training.NetworkFile;
import dev.unroll.training.Probabilities;
import dev.unroll.training.Standardisation;
import dev.unroll.training.TrainedModel;
import dev.unroll.training.TrainedNetwork;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A trained recogniser of activities.
 *
 * <pre>{@code
 * ActivityModel model = ActivityModel.load(Path.of("gestures.zip"));
 * Recognised answer = model.recognise(Recording.unlabelled("today", model.channels(), values));
 * }</pre>
 *
 * <p>Any number of threads may use one model at the same time, and get the same answers as one. A
 * recording that is asked about alone and in a batch gets the same answer to within 1e-5 of its
 * probabilities: libraries add up the products of a single row in another order.
 */
public final class ActivityModel implements TrainedModel {
  private static final String TASK = "activity";

  private final ActivityConfig config;
  private final ActivityEncoder encoder;
  private final TrainedNetwork network;
  private final Map<String, Double> metrics;
  private final Provenance provenance;

  ActivityModel(
      ActivityConfig config,
      ActivityEncoder encoder,
      TrainedNetwork network,
      Map<String, Double> metrics,
      Provenance provenance) {
    this.config = config;
    this.encoder = encoder;
    this.network = network;
    this.metrics = metrics;
    this.provenance = provenance;
  }

  /**
   * Reads a model that {@link #save} wrote.
   *
   * @throws UserError if the file is missing, damaged, newer than this program or no such model
   */
  public static ActivityModel load(Path path) {
    return NetworkFile.load(path, TASK, ActivityModel::read);
  }

  /**
   * Reads a model from a stream, to its end; the stream is not closed.
   *
   * @throws UserError as above
   */
  public static ActivityModel load(InputStream in) {
    return NetworkFile.load(in, TASK, ActivityModel::read);
  }

  /**
   * Reads a model from the class path.
   *
   * @param beside a class of the jar that has the model
   * @param resource as {@link Class#getResourceAsStream} takes it
   * @throws UserError as above
   */
  public static ActivityModel load(Class<?> beside, String resource) {
    return NetworkFile.load(beside, resource, TASK, ActivityModel::read);
  }

  private static ActivityModel read(NetworkFile file) throws IOException {
    ActivityConfig config = file.config(ActivityConfig::with);
    List<String> labels = file.labels();
    Measurements measurements = Measurements.read(file.entries(), config.hasSkeleton());
    ActivityEncoder encoder;
    try {
      Standardisation standard = Standardisation.read(file.entries());
      encoder = new ActivityEncoder(measurements, labels, standard, config);
    } catch (IllegalArgumentException e) {
      throw file.entries().damaged(e.getMessage());
    }
    TrainedNetwork network =
        file.network(
            () -> ActivityNetwork.configuration(config, encoder.features(), labels.size()),
            config.network(),
            encoder.features(),
            labels.size());
    return new ActivityModel(config, encoder, network, file.metrics(), file.provenance());
  }

  @Override
  public void save(Path path) {
    try (ModelFileWriter file = NetworkFile.begin(path, TASK, config.toProperties())) {
      file.json(NetworkFile.LABELS, encoder.labels());
      encoder.measurements().write(file);
      encoder.standard().write(file);
      NetworkFile.finish(file, network, metrics, provenance);
    }
  }

  /**
   * What the model takes one recording for.
   *
   * @throws UserError if it lacks a channel
   */
  public Recognised recognise(Recording recording) {
    return recognise(List.of(recording)).get(0);
  }

  /**
   * What the model takes each recording for, in the same order; faster than one by one. Their
   * labels are not looked at.
   *
   * @throws UserError if one lacks a channel
   */
  public List<Recognised> recognise(List<Recording> recordings) {
    List<Motion> motions = recordings.stream().map(this::unlabelled).toList();
    double[][] probabilities = network.with(forward -> Probabilities.of(forward, encoder, motions));
    List<Recognised> answers = new ArrayList<>(recordings.size());
    for (int i = 0; i < probabilities.length; i++) {
      answers.add(answer(recordings.get(i).id(), probabilities[i]));
    }
    return answers;
  }

  private Motion unlabelled(Recording recording) {
    return encoder.prepare(
        new Recording(
            recording.id(),
            null,
            null,
            recording.channels(),
            recording.rate(),
            recording.values()));
  }

  private Recognised answer(String id, double[] probabilities) {
    List<String> labels = encoder.labels();
    Map<String, Double> all = new LinkedHashMap<>();
    int best = 0;
    for (int i = 0; i < probabilities.length; i++) {
      all.put(labels.get(i), probabilities[i]);
      best = probabilities[i] > probabilities[best] ? i : best;
    }
    return new Recognised(id, labels.get(best), probabilities[best], all);
  }

  /**
   * What the model takes a recording for while it goes on: of its first steps, of more, and at last
   * of all of them.
   *
   * @param moments how often to look, at least 1; in a shorter recording after every step
   */
  public List<Moment> unfold(Recording recording, int moments) {
    List<Integer> ends = new ArrayList<>();
    for (int i = 1; i <= moments; i++) {
      int end = (int) Math.ceil((double) i * recording.steps() / moments);
      if (ends.isEmpty() || end > ends.get(ends.size() - 1)) {
        ends.add(end);
      }
    }
    List<Recognised> answers = recognise(ends.stream().map(recording::first).toList());
    List<Moment> unfolded = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      unfolded.add(new Moment(ends.get(i), answers.get(i)));
    }
    return unfolded;
  }

  /**
   * Compares the model's answers with the labels of {@code recordings}.
   *
   * @throws UserError if a recording has no label, or one that the model does not know
   */
  public Confusion evaluate(List<Recording> recordings) {
    return compare(recordings, recognise(recordings));
  }

  /** Compares answers that were given already with the labels of {@code recordings}. */
  Confusion compare(List<Recording> recordings, List<Recognised> answers) {
    Confusion scores = new Confusion(encoder.labels());
    for (int i = 0; i < recordings.size(); i++) {
      double[] probabilities =
          answers.get(i).probabilities().values().stream().mapToDouble(p -> p).toArray();
      scores.add(encoder.label(recordings.get(i).label()), probabilities);
    }
    return scores;
  }

  static Confusion evaluate(TrainedNetwork network, ActivityEncoder encoder, List<Motion> motions) {
    Confusion scores = new Confusion(encoder.labels());
    double[][] probabilities = network.with(forward -> Probabilities.of(forward, encoder, motions));
    for (int i = 0; i < probabilities.length; i++) {
      scores.add(motions.get(i).label(), probabilities[i]);
    }
    return scores;
  }

  /** The labels, in the order of the probabilities. */
  public List<String> labels() {
    return encoder.labels();
  }

  /** The names of the channels that a recording has to have. */
  public List<String> channels() {
    return encoder.measurements().channels();
  }

  /** Steps a second of the training data, or 0 if they did not say. */
  public double rate() {
    return encoder.measurements().rate();
  }

  /** The figure, if the channels are its joints. */
  public Optional<Skeleton> skeleton() {
    return encoder.measurements().skeleton();
  }

  /** What the model was trained with. */
  public ActivityConfig config() {
    return config;
  }

  /** The scores on dev of the epoch that was kept: {@code accuracy}, {@code logLoss} and others. */
  @Override
  public Map<String, Double> metrics() {
    return metrics;
  }

  @Override
  public Provenance provenance() {
    return provenance;
  }
}
