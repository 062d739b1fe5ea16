package dev.unroll.text;

import java.util.Locale;
import java.util.Set;

/** Where an HTML tag ends. */
final class Markup {
  private static final Set<String> NAMES =
      Set.of(
          "a",
          "abbr",
          "b",
          "big",
          "blockquote",
          "body",
          "br",
          "center",
          "cite",
          "code",
          "dd",
          "del",
          "div",
          "dl",
          "dt",
          "em",
          "font",
          "h1",
          "h2",
          "h3",
          "h4",
          "h5",
          "h6",
          "head",
          "hr",
          "html",
          "i",
          "iframe",
          "img",
          "ins",
          "li",
          "link",
          "meta",
          "ol",
          "p",
          "pre",
          "q",
          "s",
          "script",
          "small",
          "span",
          "strike",
          "strong",
          "style",
          "sub",
          "sup",
          "table",
          "tbody",
          "td",
          "th",
          "thead",
          "title",
          "tr",
          "tt",
          "u",
          "ul");
  private static final int LONGEST_NAME = 10;

  private Markup() {}

  /**
   * The end of the tag whose {@code <} is at {@code start}, else {@code start}. Only names of HTML
   * count, and what follows the name must look like attributes: neither {@code <UNK>} nor {@code a
   * <b and c> d} is a tag. A tag holds no other {@code <}, which keeps the search linear.
   */
  static int end(String text, int start) {
    int name = start + 1 < text.length() && text.charAt(start + 1) == '/' ? start + 2 : start + 1;
    int i = name;
    while (i < text.length() && i - name <= LONGEST_NAME && isNameCharacter(text.charAt(i))) {
      i++;
    }
    if (i == name || !NAMES.contains(text.substring(name, i).toLowerCase(Locale.ROOT))) {
      return start;
    }
    boolean blank = true;
    boolean assigned = false;
    for (; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '>') {
        return blank || assigned ? i + 1 : start;
      }
      if (c == '<') {
        return start;
      }
      blank &= c == '/' || Characters.isSpace(c);
      assigned |= c == '=';
    }
    return start;
  }

  private static boolean isNameCharacter(char c) {
    return c >= '0' && c <= '9' || (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
  }
}
