package dev.unroll.activity;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/**
 * Makes the sample: a figure of eleven joints that walks, waves, squats, claps or jumps. Every
 * person has a size, a tempo and a reach of their own, and no two movements are alike. Its main
 * method writes {@code train.csv.gz} (four people) and {@code test.csv.gz} (two others) into the
 * folder that it is given; the test of this class makes sure that they are what it makes.
 */
final class SampleMotions {
  static final List<String> LABELS =
      List.of("clapping", "jumping", "squatting", "walking", "waving");
  private static final List<String> TRAIN = List.of("ada", "ben", "cleo", "dan");
  private static final List<String> TEST = List.of("eve", "finn");
  private static final double RATE = 10;
  private static final int SHORTEST = 14;
  private static final int LONGEST = 24;
  private static final int TAKES = 2;

  /** A person, or how a movement of theirs is done. */
  private record Style(double size, double tempo, double reach, double phase, double noise) {}

  private SampleMotions() {}

  public static void main(String... args) throws IOException {
    Path folder = Path.of(args[0]);
    Files.write(folder.resolve("train.csv.gz"), gzip(train()));
    Files.write(folder.resolve("test.csv.gz"), gzip(test()));
  }

  static List<Recording> train() {
    return recordings(TRAIN, 1);
  }

  static List<Recording> test() {
    return recordings(TEST, 2);
  }

  private static List<Recording> recordings(List<String> people, long seed) {
    Random random = new Random(seed);
    List<Recording> recordings = new ArrayList<>();
    for (String person : people) {
      double size = 0.8 + 0.4 * random.nextDouble();
      double tempo = 0.8 + 0.4 * random.nextDouble();
      for (String label : LABELS) {
        for (int take = 1; take <= TAKES; take++) {
          Style style =
              new Style(
                  size,
                  tempo * (0.9 + 0.2 * random.nextDouble()),
                  0.7 + 0.5 * random.nextDouble(),
                  2 * Math.PI * random.nextDouble(),
                  0.015);
          int steps = SHORTEST + random.nextInt(LONGEST - SHORTEST + 1);
          recordings.add(
              recording(person + "-" + label + "-" + take, person, label, style, steps, random));
        }
      }
    }
    return recordings;
  }

  private static Recording recording(
      String id, String person, String label, Style style, int steps, Random random) {
    double x = 2 * random.nextDouble() - 1;
    double z = 2 + random.nextDouble();
    float[][] values = new float[steps][];
    for (int t = 0; t < steps; t++) {
      double seconds = t / RATE;
      double[][] joints = pose(label, style.phase() + 2 * Math.PI * style.tempo() * seconds, style);
      double forward = label.equals("walking") ? 0.6 * style.tempo() * seconds : 0;
      values[t] = new float[3 * joints.length];
      for (int j = 0; j < joints.length; j++) {
        values[t][3 * j] = rounded(x + style.size() * joints[j][0] + shake(style, random));
        values[t][3 * j + 1] = rounded(style.size() * joints[j][1] + shake(style, random));
        values[t][3 * j + 2] =
            rounded(z - forward + style.size() * joints[j][2] + shake(style, random));
      }
    }
    return new Recording(id, label, person, Skeleton.of("figure-11").channels(), RATE, values);
  }

  private static double shake(Style style, Random random) {
    return style.noise() * random.nextGaussian();
  }

  private static float rounded(double value) {
    return Math.round(value * 100) / 100f;
  }

  /** Hip, neck, head, left elbow and hand, right ones, left knee and foot, right ones. */
  private static double[][] pose(String label, double angle, Style style) {
    double swing = style.reach() * Math.sin(angle);
    double lift = style.reach() * (1 - Math.cos(angle)) / 2; // from 0 to the reach and back
    double[][] body = {
      {0, 1, 0},
      {0, 1.5, 0},
      {0, 1.75, 0},
      {0.25, 1.25, 0},
      {0.3, 1, 0},
      {-0.25, 1.25, 0},
      {-0.3, 1, 0},
      {0.12, 0.5, 0},
      {0.12, 0, 0},
      {-0.12, 0.5, 0},
      {-0.12, 0, 0}
    };
    switch (label) {
      case "clapping" -> {
        for (int side : new int[] {3, 5}) {
          double sign = side == 3 ? 1 : -1;
          body[side] = new double[] {sign * 0.3, 1.25, -0.15};
          body[side + 1] = new double[] {sign * 0.35 * lift, 1.3, -0.4};
        }
      }
      case "jumping" -> {
        for (double[] joint : body) {
          joint[1] += 0.3 * Math.max(0, swing);
        }
        body[4][1] += 0.5 * lift;
        body[6][1] += 0.5 * lift;
      }
      case "squatting" -> {
        for (int j = 0; j < 7; j++) {
          body[j][1] -= 0.4 * lift;
        }
        for (int j : new int[] {4, 6}) {
          body[j][2] -= 0.5 * lift;
        }
        body[7][2] -= 0.3 * lift;
        body[9][2] -= 0.3 * lift;
      }
      case "walking" -> {
        for (int j : new int[] {4, 7, 8}) {
          body[j][2] += (j == 4 ? -0.2 : 0.25) * swing;
        }
        for (int j : new int[] {6, 9, 10}) {
          body[j][2] -= (j == 6 ? -0.2 : 0.25) * swing;
        }
        body[8][1] += 0.1 * Math.max(0, Math.cos(angle));
        body[10][1] += 0.1 * Math.max(0, -Math.cos(angle));
      }
      case "waving" -> {
        body[5] = new double[] {-0.35, 1.5, 0};
        body[6] = new double[] {-0.4 + 0.25 * swing, 1.85, 0};
      }
      default -> throw new IllegalArgumentException(label);
    }
    return body;
  }

  /** The recordings as a table of a step a line. */
  static String csv(List<Recording> recordings) {
    StringBuilder csv = new StringBuilder("id,label,subject,time,");
    csv.append(String.join(",", recordings.get(0).channels())).append('\n');
    for (Recording recording : recordings) {
      for (int t = 0; t < recording.steps(); t++) {
        csv.append(recording.id()).append(',').append(recording.label());
        csv.append(',').append(recording.subject());
        csv.append(String.format(Locale.ROOT, ",%.1f", t / RATE));
        for (float value : recording.values()[t]) {
          csv.append(',').append(value);
        }
        csv.append('\n');
      }
    }
    return csv.toString();
  }

  private static byte[] gzip(List<Recording> recordings) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(csv(recordings).getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
