package dev.unroll.text;

/** Where emoticons of keyboard characters end. */
final class Emoticons {
  private static final String[] FIXED = {"<3", "</3", "^_^", "-_-", "(:", "(-:", "(;"};
  private static final String EYES = ":;=";
  private static final String NOSES = "-^'";
  private static final String BRACKETS = ")(][}{";
  private static final String OTHER_MOUTHS = "DPp/\\|*3O";

  private Emoticons() {}

  /**
   * The end of the emoticon that starts here, else {@code start}. No word character may follow it,
   * nor, unless it closes a sentence with a bracket for a mouth ({@code fine:)}), precede it.
   */
  static int end(String text, int start) {
    char first = text.charAt(start);
    int end = EYES.indexOf(first) >= 0 ? faceEnd(text, start) : start;
    if (end == start && "<^-(".indexOf(first) >= 0) {
      end = fixedEnd(text, start);
    }
    return Words.isWordAt(text, end) ? start : end;
  }

  private static int faceEnd(String text, int start) {
    int i = start + 1;
    if (i < text.length() && NOSES.indexOf(text.charAt(i)) >= 0) {
      i++;
    }
    if (i == text.length()) {
      return start;
    }
    char mouth = text.charAt(i++);
    if (BRACKETS.indexOf(mouth) >= 0) {
      while (i < text.length() && text.charAt(i) == mouth) {
        i++;
      }
      return i;
    }
    boolean face =
        OTHER_MOUTHS.indexOf(mouth) >= 0
            && !Words.isWordBefore(text, start)
            && !(mouth == '3' && text.charAt(start) == '=')
            && !(mouth == '/' && i < text.length() && text.charAt(i) == '/');
    return face ? i : start;
  }

  private static int fixedEnd(String text, int start) {
    for (String emoticon : FIXED) {
      if (text.startsWith(emoticon, start) && !Words.isWordBefore(text, start)) {
        return start + emoticon.length();
      }
    }
    return start;
  }
}
