package dev.unroll.activity;

import static dev.unroll.data.UserError.setting;

import dev.unroll.data.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;

/**
 * The joints of a figure, each of three channels x, y and z, and the bones between them. A network
 * sees the figure from its root and in units of its torso, so that it does not matter where it
 * stood and how tall it was; the root itself says how far it went from where it began.
 *
 * <pre>
 *   joints = head neck hip …      in the order of the channels; named ones are head.x, head.y, …
 *   bones = head-neck neck-hip …  to draw
 *   root = hip
 *   torso = neck
 * </pre>
 *
 * @param joints their names, in the order of the channels
 * @param bones the places of the two joints of each
 * @param root the place of the joint that the others are seen from
 * @param torso the place of the joint whose distance from the root is the unit
 */
public record Skeleton(List<String> joints, List<List<Integer>> bones, int root, int torso) {
  /** The setting of data that is no skeleton. */
  public static final String NONE = "none";

  static final int AXES = 3;

  /** Refuses a figure of which joints are missing. */
  public Skeleton {
    joints = List.copyOf(joints);
    bones = List.copyOf(bones);
    int count = joints.size();
    boolean known =
        bones.stream()
            .allMatch(b -> b.size() == 2 && b.stream().allMatch(j -> j >= 0 && j < count));
    if (!known || root < 0 || root >= count || torso < 0 || torso >= count || root == torso) {
      throw new IllegalArgumentException("not a skeleton of " + count + " joints");
    }
  }

  /**
   * A skeleton that comes with the program, such as {@code kinect-20}, or one described in a file.
   *
   * @throws UserError if there is none of that name, or the file describes none
   */
  public static Skeleton of(String nameOrFile) {
    String resource = "skeletons/" + nameOrFile + ".properties";
    try (InputStream in = Skeleton.class.getResourceAsStream(resource)) {
      if (in != null) {
        return read(nameOrFile, new InputStreamReader(in, StandardCharsets.UTF_8));
      }
      Path file = Path.of(nameOrFile);
      if (!Files.isRegularFile(file)) {
        throw UserError.usage(
            "%s must be none, kinect-20, figure-11 or a file that describes one, got '%s'"
                .formatted(setting("skeleton"), nameOrFile));
      }
      try (Reader reader = Files.newBufferedReader(file)) {
        return read(nameOrFile, reader);
      }
    } catch (IOException e) {
      throw UserError.data(nameOrFile, "cannot be read: " + e.getMessage(), e);
    }
  }

  private static Skeleton read(String name, Reader reader) throws IOException {
    Properties properties = new Properties();
    properties.load(reader);
    List<String> joints = words(name, properties, "joints");
    List<List<Integer>> bones = new ArrayList<>();
    for (String bone : words(name, properties, "bones")) {
      bones.add(
          Arrays.stream(bone.split("-", 2)).map(joint -> place(name, joints, joint)).toList());
    }
    return new Skeleton(
        joints,
        bones,
        place(name, joints, words(name, properties, "root").get(0)),
        place(name, joints, words(name, properties, "torso").get(0)));
  }

  private static List<String> words(String name, Properties properties, String key) {
    String value = properties.getProperty(key, "").strip();
    if (value.isEmpty()) {
      throw UserError.data(name, "a skeleton has joints, bones, root and torso; add " + key);
    }
    return List.of(value.split("\\s+"));
  }

  private static int place(String name, List<String> joints, String joint) {
    int place = joints.indexOf(joint);
    if (place < 0) {
      throw UserError.data(name, "'" + joint + "' is none of the joints " + joints);
    }
    return place;
  }

  /** The names of its channels: {@code head.x}, {@code head.y}, {@code head.z}, … */
  public List<String> channels() {
    return joints.stream().flatMap(j -> List.of(j + ".x", j + ".y", j + ".z").stream()).toList();
  }

  /**
   * The figure seen from its root, in units of its torso. A frame in which all is 0 or missing has
   * no figure, and is {@code NaN} throughout.
   *
   * @param frames {@code [time][3 * joints]}
   * @return the same shape, in new arrays
   */
  float[][] seenFromRoot(float[][] frames) {
    float unit = torsoLength(frames);
    float[][] seen = new float[frames.length][];
    float[] start = null;
    for (int t = 0; t < frames.length; t++) {
      float[] frame = frames[t];
      seen[t] = new float[frame.length];
      if (!hasFigure(frame)) {
        Arrays.fill(seen[t], Float.NaN);
        continue;
      }
      start = start == null ? frame : start;
      for (int c = 0; c < frame.length; c++) {
        int joint = c / AXES;
        float from = (joint == root ? start : frame)[root * AXES + c % AXES];
        seen[t][c] = (frame[c] - from) / unit;
      }
    }
    return seen;
  }

  /** The median over the frames, or 1 if it has no length. */
  private float torsoLength(float[][] frames) {
    float[] lengths = new float[frames.length];
    int count = 0;
    for (float[] frame : frames) {
      double squares = 0;
      for (int axis = 0; axis < AXES; axis++) {
        double difference = frame[root * AXES + axis] - frame[torso * AXES + axis];
        squares += difference * difference;
      }
      if (squares > 0) { // and no NaN
        lengths[count++] = (float) Math.sqrt(squares);
      }
    }
    Arrays.sort(lengths, 0, count);
    return count == 0 ? 1 : lengths[count / 2];
  }

  private static boolean hasFigure(float[] frame) {
    for (float value : frame) {
      if (value != 0 && !Float.isNaN(value)) {
        return true;
      }
    }
    return false;
  }
}
