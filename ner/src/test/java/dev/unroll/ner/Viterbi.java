package dev.unroll.ner;

/** The search for the best tags as docs/onnx.md shows it, for those who have the file alone. */
final class Viterbi {
  static int[] bestTags(float[][] emissions, float[][] transitions, float[] starts, float[] ends) {
    int words = emissions.length;
    int[][] before = new int[words][starts.length];
    float[] best = starts;
    for (int t = 0; t < words; t++) {
      float[] next = new float[starts.length];
      for (int to = 0; to < next.length; to++) {
        int origin = 0;
        for (int from = 1; t > 0 && from < next.length; from++) {
          boolean better =
              best[from] + transitions[from][to] > best[origin] + transitions[origin][to];
          origin = better ? from : origin;
        }
        before[t][to] = origin;
        next[to] =
            emissions[t][to] + (t == 0 ? starts[to] : best[origin] + transitions[origin][to]);
      }
      best = next;
    }
    int last = 0;
    for (int tag = 1; tag < best.length; tag++) {
      last = best[tag] + ends[tag] > best[last] + ends[last] ? tag : last;
    }
    int[] tags = new int[words];
    for (int t = words - 1; t >= 0; t--) {
      tags[t] = last;
      last = before[t][last];
    }
    return tags;
  }
}
