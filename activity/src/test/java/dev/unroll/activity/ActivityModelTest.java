package dev.unroll.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unroll.data.UserError;
import dev.unroll.testing.ModelContract;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Learns a handful of recordings by heart, and is then asked all that a user may ask. */
class ActivityModelTest extends ModelContract<ActivityModel, Recording, Recognised> {
  private static final float GAP = Float.NaN;

  private static Recording asked(String id, float[]... values) {
    return Recording.unlabelled(id, Handful.CHANNELS, values);
  }

  private static Recording endless() {
    float[][] values = new float[400][];
    Arrays.setAll(values, t -> new float[] {20 + t % 7, -t});
    return asked("long", values);
  }

  @Override
  protected ActivityModel learn() {
    return Handful.train(Handful.config());
  }

  @Override
  protected void assertLearnt(ActivityModel model) {
    assertThat(model.evaluate(Handful.RECORDINGS).accuracy()).isEqualTo(1);
    assertThat(model.labels()).containsExactly("down", "peak", "up");
    assertThat(model.metrics()).containsEntry("accuracy", 1.0);
    assertThat(model.channels()).isEqualTo(Handful.CHANNELS);
  }

  @Override
  protected ActivityModel train(long seed) {
    return Handful.train(
        Handful.config(
            "epochs",
            "3",
            "dropout",
            "0.5",
            "input-dropout",
            "0.2",
            "jitter",
            "0.1",
            "crop",
            "0.2",
            "channel-dropout",
            "0.2",
            "seed",
            String.valueOf(seed)));
  }

  @Override
  protected List<Recording> questions() {
    return List.of(
        asked("nothing"),
        asked("one step", new float[] {20, 0}),
        asked("gaps", new float[] {20, GAP}, new float[] {GAP, GAP}, new float[] {21, GAP}),
        asked("only gaps", new float[] {GAP, GAP}),
        asked("huge", new float[] {1e30f, -1e30f}),
        endless(),
        Handful.RECORDINGS.get(0),
        Handful.RECORDINGS.get(8));
  }

  @Override
  protected List<Recognised> answer(ActivityModel model, List<Recording> recordings) {
    return model.recognise(recordings);
  }

  @Override
  protected Recognised answer(ActivityModel model, Recording recording) {
    return model.recognise(recording);
  }

  @Override
  protected void save(ActivityModel model, Path file) {
    model.save(file);
  }

  @Override
  protected ActivityModel load(Path file) {
    return ActivityModel.load(file);
  }

  @Override
  protected List<Object> description(ActivityModel model) {
    return List.of(model.config(), model.metrics(), model.provenance(), model.channels());
  }

  @Override
  protected Optional<Function<InputStream, ActivityModel>> streamLoader() {
    return Optional.of(ActivityModel::load);
  }

  @Override
  protected Optional<Function<String, ActivityModel>> resourceLoader() {
    return Optional.of(name -> ActivityModel.load(ActivityModel.class, name));
  }

  @Override
  protected String resource() {
    return "/models/pair.zip";
  }

  @Test
  void everyNetworkLearnsIt() {
    for (String[] settings :
        new String[][] {
          {"cell", "gru", "bidirectional", "false", "pooling", "last", "deltas", "0"},
          {"cell", "rnn", "layers", "2", "stack", "2"}
        }) {
      ActivityModel other = Handful.train(Handful.config(settings));
      assertThat(other.evaluate(Handful.RECORDINGS).accuracy())
          .as("%s", List.of(settings))
          .isGreaterThan(0.8);
    }
  }

  @Test
  void aRecordingOfNothingIsAnsweredFromTheBias() {
    Recognised nothing = model().recognise(asked("a"));
    assertThat(model().recognise(asked("b", new float[] {GAP, GAP})).probabilities())
        .isEqualTo(nothing.probabilities());
    double sum = nothing.probabilities().values().stream().mapToDouble(p -> p).sum();
    assertThat(sum).isEqualTo(1, within(1e-12));
  }

  @Test
  void channelsAreKnownByTheirNamesAndNumberedOnesByTheirPlaces() {
    Recording one = Handful.RECORDINGS.get(4);
    Recognised expected = model().recognise(one);
    float[][] swapped = new float[one.steps()][];
    Arrays.setAll(swapped, t -> new float[] {one.values()[t][1], 99, one.values()[t][0]});
    Recording other = Recording.unlabelled(one.id(), List.of("right", "more", "left"), swapped);
    assertThat(model().recognise(other)).isEqualTo(expected);
    assertThat(
            model().recognise(Recording.unlabelled(one.id(), Channels.numbered(2), one.values())))
        .isEqualTo(expected);
    assertThatThrownBy(
            () -> model().recognise(Recording.unlabelled("x", List.of("left", "up"), zeros(2))))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("recording x: it has no channel 'right'");
    assertThatThrownBy(
            () -> model().recognise(Recording.unlabelled("x", Channels.numbered(3), zeros(3))))
        .hasMessageContaining("it has 3 channels, and the training data 2");
  }

  private static float[][] zeros(int channels) {
    return new float[1][channels];
  }

  @Test
  void anUnfoldedRecordingEndsWithWhatIsSaidOfAllOfIt() {
    Recording one = Handful.RECORDINGS.get(5);
    List<Moment> moments = model().unfold(one, 4);
    List<Integer> seen = new ArrayList<>();
    for (Moment moment : moments) {
      seen.add(moment.steps());
      assertThat(moment.answer().label())
          .isEqualTo(model().recognise(one.first(moment.steps())).label());
    }
    assertThat(seen).containsExactly(3, 5, 7, 9);
    assertThat(moments.get(3).answer().probability())
        .isEqualTo(model().recognise(one).probability(), within(1e-5));
    assertThat(model().unfold(one, 100)).hasSize(9);
    assertThat(model().unfold(asked("nothing"), 10)).hasSize(1);
  }
}
