package dev.unroll.evaluation;

/**
 * Follows the tags of one side and tells, at each token, whether a span ended before it and whether
 * one begins at it, by conlleval's rules: a prefix {@code B} always begins one; {@code E} ends one;
 * any tag begins one after {@code O}, after {@code E}, or if its type is another than that of the
 * tag before; {@code [} and {@code ]} are spans of one token.
 */
final class TagTrack {
  static final String OUTSIDE = "O";

  private String prefix = OUTSIDE;
  private String type = "";
  private String lastPrefix = OUTSIDE;
  private String lastType = "";

  /** Moves on to a token's tag. */
  void next(String tag) {
    lastPrefix = prefix;
    lastType = type;
    int hyphen = tag.indexOf('-');
    prefix = hyphen < 0 ? tag : tag.substring(0, hyphen);
    type = hyphen < 0 ? "" : tag.substring(hyphen + 1);
    if (type.equals("0")) {
      type = ""; // For conlleval, as for Perl, "0" is false and hence no type.
    }
  }

  String type() {
    return type;
  }

  String lastType() {
    return lastType;
  }

  boolean isSameAs(TagTrack other) {
    return prefix.equals(other.prefix) && type.equals(other.type);
  }

  /** Whether a span ended with the token before. */
  boolean ended() {
    return switch (lastPrefix) {
      case "B", "I" -> prefix.equals("B") || prefix.equals(OUTSIDE) || typeChanged();
      case "E" ->
          prefix.equals("E") || prefix.equals("I") || prefix.equals(OUTSIDE) || typeChanged();
      case OUTSIDE, "." -> false;
      case "[", "]" -> true;
      default -> typeChanged();
    };
  }

  /** Whether a span begins with this token. */
  boolean started() {
    boolean after =
        switch (prefix) {
          case "B" ->
              lastPrefix.equals("B") || lastPrefix.equals("I") || lastPrefix.equals(OUTSIDE);
          case "I", "E" -> lastPrefix.equals("E") || lastPrefix.equals(OUTSIDE);
          case "[", "]" -> true;
          default -> false;
        };
    boolean tagged = !prefix.equals(OUTSIDE) && !prefix.equals(".");
    return after || tagged && typeChanged();
  }

  private boolean typeChanged() {
    return !lastType.equals(type);
  }
}
