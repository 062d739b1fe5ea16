package dev.unroll.speech;

import dev.unroll.data.UserError;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the name of a recording tells what is said in it, such as {@code {text}_{speaker}_{}} of
 * {@code seven_ada_03.wav}: {@code {text}} and {@code {speaker}} stand for what they say, {@code
 * {}} for anything, and everything else for itself. Underscores and plus signs within a text are
 * spaces.
 */
public final class NameRule {
  private static final Pattern PLACE = Pattern.compile("\\{(text|speaker|)}");

  private final String rule;
  private final Pattern pattern;
  private final boolean speakers;

  private NameRule(String rule, Pattern pattern, boolean speakers) {
    this.rule = rule;
    this.pattern = pattern;
    this.speakers = speakers;
  }

  /**
   * Reads a rule.
   *
   * @throws UserError if it has not one {@code {text}} and at most one {@code {speaker}}
   */
  public static NameRule of(String rule) {
    Matcher places = PLACE.matcher(rule);
    StringBuilder regex = new StringBuilder();
    int texts = 0;
    int speakers = 0;
    int end = 0;
    while (places.find()) {
      regex.append(Pattern.quote(rule.substring(end, places.start())));
      end = places.end();
      switch (places.group(1)) {
        case "text" -> {
          regex.append("(?<text>.+?)");
          texts++;
        }
        case "speaker" -> {
          regex.append("(?<speaker>.+?)");
          speakers++;
        }
        default -> regex.append(".*?");
      }
    }
    regex.append(Pattern.quote(rule.substring(end)));
    if (texts != 1 || speakers > 1) {
      throw UserError.usage(
          "a rule for names has one {text}, and {speaker} once or not at all, such as {text}_{speaker}_{}; got '"
              + rule
              + "'");
    }
    return new NameRule(rule, Pattern.compile(regex.toString()), speakers > 0);
  }

  /** The utterance of a recording; empty if its name is of another kind. */
  Optional<Utterance> apply(Recording recording) {
    String name = recording.name().replaceFirst(".*[/\\\\]", "").replaceFirst("(?i)\\.wav$", "");
    Matcher matcher = pattern.matcher(name);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String text = matcher.group("text").replace('_', ' ').replace('+', ' ').strip();
    return Optional.of(new Utterance(recording, text, speakers ? matcher.group("speaker") : null));
  }

  @Override
  public String toString() {
    return rule;
  }
}
