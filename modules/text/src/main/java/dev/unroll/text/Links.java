package dev.unroll.text;

/** Where links and addresses end. */
final class Links {
  private static final String[] SCHEMES = {"http://", "https://", "ftp://", "www."};
  private static final String[] DOMAINS = {".com", ".org", ".net", ".edu", ".gov", ".co.uk"};

  /** RFC 5321, 4.5.3.1: the longest local part and the longest domain. */
  private static final int LONGEST_LOCAL_PART = 64;

  private static final int LONGEST_DOMAIN = 255;

  private Links() {}

  /** The end of the link that starts here, without the punctuation behind it; else the start. */
  static int urlEnd(String text, int start) {
    char first = text.charAt(start);
    if ((first | 0x20) != 'h' && (first | 0x20) != 'f' && (first | 0x20) != 'w') {
      return start;
    }
    for (String scheme : SCHEMES) {
      int body = start + scheme.length();
      if (text.regionMatches(true, start, scheme, 0, scheme.length())
          && Words.isWordAt(text, body)) {
        return trimmed(text, body + 1, bodyEnd(text, body));
      }
    }
    return start;
  }

  private static int bodyEnd(String text, int start) {
    int i = start;
    while (i < text.length()
        && !Characters.isSpace(text.charAt(i))
        && "<>\"“”".indexOf(text.charAt(i)) < 0) {
      i++;
    }
    return i;
  }

  private static int trimmed(String text, int start, int end) {
    int i = end;
    while (i > start && ".,;:!?'’)]}…".indexOf(text.charAt(i - 1)) >= 0) {
      i--;
    }
    return i;
  }

  /** The end of the e-mail address that starts here, else the start. */
  static int addressEnd(String text, int start) {
    int limit = Math.min(text.length(), start + LONGEST_LOCAL_PART + 1);
    int at = start;
    while (at < limit
        && (isAddressCharacter(text.charAt(at)) || "+%".indexOf(text.charAt(at)) >= 0)) {
      at++;
    }
    if (at == start || at == limit || text.charAt(at) != '@') {
      return start;
    }
    limit = Math.min(text.length(), at + 1 + LONGEST_DOMAIN);
    int end = at + 1;
    int lastDot = -1;
    while (end < limit && isAddressCharacter(text.charAt(end))) {
      // A dot counts only between two characters of a name: "a@b." ends a sentence.
      if (text.charAt(end) == '.') {
        if (end + 1 == limit || !isAsciiAlphanumeric(text.charAt(end + 1)) || end == at + 1) {
          break;
        }
        lastDot = end;
      }
      end++;
    }
    return lastDot < 0 ? start : end;
  }

  /** The end of {@code .com} and its like at {@code end}, where a word ended; else {@code end}. */
  static int domainEnd(String text, int end) {
    for (String domain : DOMAINS) {
      int after = end + domain.length();
      if (text.regionMatches(true, end, domain, 0, domain.length())
          && !Words.isWordAt(text, after)) {
        return after;
      }
    }
    return end;
  }

  private static boolean isAddressCharacter(char c) {
    return isAsciiAlphanumeric(c) || c == '.' || c == '-' || c == '_';
  }

  private static boolean isAsciiAlphanumeric(char c) {
    return c >= '0' && c <= '9' || (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
  }
}
