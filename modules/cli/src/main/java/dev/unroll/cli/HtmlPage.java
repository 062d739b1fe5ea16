package dev.unroll.cli;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A page of HTML that needs nothing from elsewhere: a template, in whose script places such as
 * {@code /*POINTS*}{@code /[]} are filled with data.
 *
 * <pre>{@code
 * new HtmlPage(MapPage.class, "map.html").fill("POINTS", points).html()
 * }</pre>
 */
public final class HtmlPage {
  private static final MathContext DIGITS = new MathContext(3);

  /** The default one writes < and > as escapes, so that no text can end the script. */
  private static final Gson JSON = new Gson();

  private String page;

  /**
   * The template.
   *
   * @param beside the class beside which the resource lies
   */
  public HtmlPage(Class<?> beside, String resource) {
    page = read(beside, resource);
  }

  private static String read(Class<?> beside, String resource) {
    try (InputStream in = beside.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalArgumentException(resource + " is missing beside " + beside);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Puts a script of the program's own into a place such as {@code /*PLAYER*}{@code /}.
   *
   * @param beside the class beside which the script lies
   * @throws IllegalArgumentException if the template has no such place
   */
  public HtmlPage include(String place, Class<?> beside, String resource) {
    String mark = "/*" + place + "*/";
    if (!page.contains(mark)) {
      throw new IllegalArgumentException("the template has no " + mark);
    }
    page = page.replace(mark, read(beside, resource));
    return this;
  }

  /**
   * Fills a place with data.
   *
   * @param data lists, maps with string keys, records, strings and finite numbers
   * @throws IllegalArgumentException if the template has no such place
   */
  public HtmlPage fill(String place, Object data) {
    String mark = "/*" + place + "*/[]";
    if (!page.contains(mark)) {
      throw new IllegalArgumentException("the template has no " + mark);
    }
    page = page.replace(mark, JSON.toJson(data));
    return this;
  }

  /** The page as filled so far. */
  public String html() {
    return page;
  }

  /** Numbers to three digits, which is more than a picture shows. */
  public static List<Double> rounded(double... values) {
    List<Double> rounded = new ArrayList<>(values.length);
    for (double value : values) {
      rounded.add(new BigDecimal(value).round(DIGITS).doubleValue());
    }
    return rounded;
  }

  /** The same of floats. */
  public static List<Double> rounded(float... values) {
    List<Double> rounded = new ArrayList<>(values.length);
    for (float value : values) {
      rounded.add(new BigDecimal(value).round(DIGITS).doubleValue());
    }
    return rounded;
  }
}
