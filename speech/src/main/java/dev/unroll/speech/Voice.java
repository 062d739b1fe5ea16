package dev.unroll.speech;

import dev.unroll.sound.Sound;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A voice made of formulas, which says the digits: so that there is speech to try the recogniser
 * on. Pulses of the vocal cords, or noise, go through three resonances, which glide from one phone
 * to the next (D. Klatt, <i>Software for a Cascade/Parallel Formant Synthesizer</i>, 1980, much
 * simplified). The resonances of vowels are those of G. Peterson and H. Barney 1952.
 */
final class Voice {
  static final int RATE = 8000;
  private static final double LOUDNESS = 0.25;
  private static final double HISS = 0.002;

  /** Milliseconds over which one phone becomes the next. */
  private static final double GLIDE = 45;

  private static final double[] BANDWIDTHS = {70, 110, 170};

  /**
   * A phone.
   *
   * @param f1 its lowest resonance, in Hz
   * @param voiced how loud the vocal cords are
   * @param noise how loud the noise is
   * @param centre of the noise, in Hz
   * @param milliseconds that it lasts
   */
  private record Phone(
      double f1,
      double f2,
      double f3,
      double voiced,
      double noise,
      double centre,
      double milliseconds) {}

  private static final Map<String, Phone> PHONES =
      Map.ofEntries(
          vowel("IY", 270, 2290, 3010),
          vowel("IH", 390, 1990, 2550),
          vowel("EH", 530, 1840, 2480),
          vowel("AH", 640, 1190, 2390),
          vowel("AA", 730, 1090, 2440),
          vowel("AO", 570, 840, 2410),
          vowel("UW", 300, 870, 2240),
          vowel("UH", 440, 1020, 2240),
          Map.entry("R", new Phone(420, 1300, 1600, 0.7, 0, 0, 70)),
          Map.entry("W", new Phone(300, 610, 2200, 0.6, 0, 0, 70)),
          Map.entry("N", new Phone(250, 1100, 2300, 0.5, 0, 0, 80)),
          Map.entry("V", new Phone(250, 1200, 2300, 0.35, 0.1, 2600, 60)),
          Map.entry("Z", new Phone(250, 1500, 2500, 0.25, 0.5, 3500, 90)),
          Map.entry("S", new Phone(400, 1500, 2500, 0, 0.9, 3500, 110)),
          Map.entry("F", new Phone(400, 1200, 2300, 0, 0.25, 2200, 100)),
          Map.entry("TH", new Phone(400, 1400, 2500, 0, 0.2, 2900, 90)),
          Map.entry("CLOSED", new Phone(300, 1500, 2500, 0, 0, 3000, 50)),
          Map.entry("T", new Phone(350, 1800, 2600, 0, 0.9, 3300, 25)),
          Map.entry("K", new Phone(350, 1900, 2500, 0, 0.9, 1900, 30)),
          Map.entry("PAUSE", new Phone(400, 1500, 2500, 0, 0, 0, 110)));

  private static final Map<String, String> WORDS =
      Map.of(
          "zero", "Z IH R AO UH",
          "one", "W AH N",
          "two", "CLOSED T UW UW",
          "three", "TH R IY IY",
          "four", "F AO AO R",
          "five", "F AA IY V",
          "six", "S IH CLOSED K S",
          "seven", "S EH V AH N",
          "eight", "EH IY CLOSED T",
          "nine", "N AA IY N");

  private final double pitch;
  private final double tract;
  private final double tempo;
  private final SplittableRandom random;

  /** The voice of somebody; the same name always sounds the same, but no two sentences do. */
  Voice(String name, long sentence) {
    SplittableRandom own = new SplittableRandom(name.hashCode());
    this.pitch = 90 + 130 * own.nextDouble();
    this.tract = 0.9 + 0.25 * own.nextDouble();
    this.tempo = 0.8 + 0.4 * own.nextDouble();
    this.random = new SplittableRandom(31L * name.hashCode() + sentence);
  }

  private static Map.Entry<String, Phone> vowel(String name, double f1, double f2, double f3) {
    return Map.entry(name, new Phone(f1, f2, f3, 1, 0, 0, 95));
  }

  /**
   * Says digits.
   *
   * @throws IllegalArgumentException if a word is none
   */
  Sound say(String text) {
    List<Phone> phones = new ArrayList<>(List.of(PHONES.get("PAUSE")));
    for (String word : text.split(" ")) {
      if (!WORDS.containsKey(word)) {
        throw new IllegalArgumentException("the voice says digits, not '" + word + "'");
      }
      for (String phone : WORDS.get(word).split(" ")) {
        phones.add(PHONES.get(phone));
      }
      phones.add(PHONES.get("PAUSE"));
    }
    return new Sound(samples(phones), RATE);
  }

  private float[] samples(List<Phone> phones) {
    int[] lengths = new int[phones.size()];
    int all = 0;
    for (int p = 0; p < lengths.length; p++) {
      double stretch = tempo * (0.85 + 0.3 * random.nextDouble());
      lengths[p] = (int) (phones.get(p).milliseconds() * stretch * RATE / 1000);
      all += lengths[p];
    }
    float[] samples = new float[all];
    Resonator[] throat = {new Resonator(), new Resonator(), new Resonator()};
    Resonator teeth = new Resonator();
    double phase = 0;
    int at = 0;
    for (int p = 0; p < lengths.length; p++) {
      Phone next = phones.get(Math.min(phones.size() - 1, p + 1));
      for (int i = 0; i < lengths[p]; i++, at++) {
        double left = (lengths[p] - i) * 1000.0 / RATE;
        Phone now = between(phones.get(p), next, Math.max(0, 1 - left / GLIDE));
        double falling = 1.1 - 0.2 * at / all;
        phase += pitch * falling * (1 + 0.02 * random.nextGaussian()) / RATE;
        double pulse = phase >= 1 ? 1 : 0;
        phase -= pulse;
        double noise = random.nextGaussian();
        double sound = now.voiced() * (12 * pulse + 0.02 * noise);
        double[] formants = {now.f1(), now.f2(), now.f3()};
        for (int f = 0; f < formants.length; f++) {
          sound = throat[f].filter(sound, tract * formants[f], BANDWIDTHS[f]);
        }
        sound += 0.5 * now.noise() * teeth.filter(noise, Math.max(500, now.centre()), 500);
        samples[at] = (float) (LOUDNESS * sound + HISS * random.nextGaussian());
      }
    }
    return samples;
  }

  private static Phone between(Phone a, Phone b, double share) {
    return new Phone(
        a.f1() + share * (b.f1() - a.f1()),
        a.f2() + share * (b.f2() - a.f2()),
        a.f3() + share * (b.f3() - a.f3()),
        a.voiced() + share * (b.voiced() - a.voiced()),
        a.noise() + share * (b.noise() - a.noise()),
        share < 0.5 ? a.centre() : b.centre(),
        a.milliseconds());
  }

  /** A resonance: a filter of two poles whose gain at frequency 0 is 1. */
  private static final class Resonator {
    private double last;
    private double beforeLast;

    double filter(double x, double hertz, double width) {
      double radius = Math.exp(-Math.PI * width / RATE);
      double b = 2 * radius * Math.cos(2 * Math.PI * Math.min(hertz, 0.48 * RATE) / RATE);
      double c = -radius * radius;
      double y = (1 - b - c) * x + b * last + c * beforeLast;
      beforeLast = last;
      last = y;
      return y;
    }
  }
}
