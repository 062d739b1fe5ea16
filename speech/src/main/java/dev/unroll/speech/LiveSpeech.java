package dev.unroll.speech;

import dev.unroll.layers.Stepper;
import dev.unroll.layers.ctc.BestPath;
import dev.unroll.layers.ctc.Ctc;
import dev.unroll.sound.Features;
import dev.unroll.sound.LiveResampler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Transcribes a sound while it still comes in: each step is read as soon as its last frame is
 * there, and a word is given as soon as the space behind it is heard. For models that read forward
 * only; serves one sound and one thread.
 */
public final class LiveSpeech {
  private final SpeechConfig config;
  private final UtteranceEncoder encoder;
  private final Features features;
  private final LiveResampler resampler;
  private final Stepper stepper;

  /** Samples from the one before the next frame on. */
  private float[] waiting = new float[1];

  private final List<float[]> frames = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private int steps;
  private int before = Ctc.BLANK;
  private int wordBegins;
  private int wordEnds;

  /**
   * A sound of which nothing was heard yet.
   *
   * @param rate of the samples that will come
   * @throws dev.unroll.data.UserError if the model must hear the end before it can write the
   *     beginning
   */
  public LiveSpeech(SpeechModel model, int rate) {
    model.requireForward("the model");
    this.config = model.config();
    this.encoder = model.encoder();
    this.features = encoder.features();
    this.resampler = new LiveResampler(rate, config.audio().sampleRate());
    this.stepper = model.stepper();
    stepper.begin(1);
  }

  /** Hears more, and gives the words that are complete by now. */
  public List<Transcript.Word> hear(float[] samples) {
    return read(resampler.next(samples));
  }

  /** Hears that the sound is over, and gives the words that are left. */
  public List<Transcript.Word> end() {
    List<Transcript.Word> words = new ArrayList<>(read(resampler.end()));
    if (waiting.length == 1 && steps == 0 && frames.isEmpty()) {
      return words; // nothing was heard at all
    }
    if (steps == 0 && frames.isEmpty()) { // shorter than a frame
      words.addAll(read(new float[config.audio().frameSamples() - waiting.length + 1]));
    }
    if (!frames.isEmpty()) {
      while (frames.size() < config.stack()) {
        frames.add(frames.get(frames.size() - 1));
      }
      step(words);
    }
    finishWord(words);
    return words;
  }

  /** Seconds of sound that have been read so far. */
  public double seconds() {
    return steps * config.stepSeconds();
  }

  private List<Transcript.Word> read(float[] samples) {
    int old = waiting.length;
    waiting = Arrays.copyOf(waiting, old + samples.length);
    System.arraycopy(samples, 0, waiting, old, samples.length);
    List<Transcript.Word> words = new ArrayList<>();
    int present = waiting.length - 1;
    int count = present < config.audio().frameSamples() ? 0 : features.frames(present);
    if (count == 0) {
      return words;
    }
    for (float[] frame : encoder.normalised(features.of(waiting, 1, count))) {
      frames.add(frame);
      if (frames.size() == config.stack()) {
        step(words);
      }
    }
    waiting = Arrays.copyOfRange(waiting, count * config.audio().stepSamples(), waiting.length);
    return words;
  }

  private void step(List<Transcript.Word> words) {
    float[] input = new float[config.stepWidth()];
    for (int i = 0; i < frames.size(); i++) {
      System.arraycopy(frames.get(i), 0, input, i * frames.get(i).length, frames.get(i).length);
    }
    frames.clear();
    int best = BestPath.likeliest(stepper.read(input));
    if (best != Ctc.BLANK && best != before) {
      int character = encoder.alphabet().character(best);
      if (character == ' ') {
        finishWord(words);
      } else {
        wordBegins = word.length() == 0 ? steps : wordBegins;
        word.appendCodePoint(character);
      }
    }
    if (best != Ctc.BLANK && encoder.alphabet().character(best) != ' ') {
      wordEnds = steps;
    }
    before = best;
    steps++;
  }

  private void finishWord(List<Transcript.Word> words) {
    if (word.length() > 0) {
      words.add(new Transcript.Word(word.toString(), seconds(wordBegins), seconds(wordEnds + 1)));
      word.setLength(0);
    }
  }

  private double seconds(int step) {
    return Math.round(1000 * step * config.stepSeconds()) / 1000.0;
  }
}
