package dev.unroll.embeddings;

import dev.unroll.data.UserError;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import javax.imageio.ImageIO;

/** Draws a {@link WordMap} as SVG or PNG. */
final class MapPicture {
  private static final int PIXELS_A_UNIT = 2;
  private static final Color POINT = new Color(0x33, 0x55, 0x77);
  private static final Color ARROW = new Color(0xCC, 0x33, 0x33);
  private static final double TIP = 9;

  private MapPicture() {}

  /** The picture as SVG; a word without room for its label shows it when pointed at. */
  static String svg(WordMap map) {
    StringBuilder svg = new StringBuilder();
    svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1000 1000\" ")
        .append("font-family=\"sans-serif\" font-size=\"12\">\n")
        .append("<rect width=\"1000\" height=\"1000\" fill=\"#fff\"/>\n")
        .append("<defs><marker id=\"tip\" viewBox=\"0 0 10 10\" refX=\"10\" refY=\"5\" ")
        .append("markerWidth=\"9\" markerHeight=\"9\" orient=\"auto\">")
        .append("<path d=\"M0 1L10 5L0 9z\" fill=\"#c33\"/></marker></defs>\n");
    for (int[] arrow : map.arrows()) {
      double[] line = line(map, arrow);
      svg.append(
          format(
              "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#c33\""
                  + " marker-end=\"url(#tip)\"/>%n",
              line[0], line[1], line[2], line[3]));
    }
    for (WordMap.Point point : map.points()) {
      String word = escape(point.word());
      svg.append(
          format(
              "<g><circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"#357\"><title>%s</title></circle>",
              point.x(), point.y(), word));
      WordMap.Label label = point.label();
      if (label != null) {
        String anchor = label.share() == 0 ? "start" : label.share() == 1 ? "end" : "middle";
        svg.append(
            format(
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>",
                label.x(), label.y(), anchor, word));
      }
      svg.append("</g>\n");
    }
    return svg.append("</svg>\n").toString();
  }

  /** The line of an arrow, which leaves room for the points at its ends. */
  private static double[] line(WordMap map, int[] arrow) {
    WordMap.Point from = map.points().get(arrow[0]);
    WordMap.Point to = map.points().get(arrow[1]);
    double x = to.x() - from.x();
    double y = to.y() - from.y();
    double length = Math.max(1e-9, Math.hypot(x, y));
    double gap = Math.min(5, length / 3);
    x *= gap / length;
    y *= gap / length;
    return new double[] {from.x() + x, from.y() + y, to.x() - x, to.y() - y};
  }

  /**
   * The picture as a PNG file of 2000 × 2000 pixels.
   *
   * @throws UserError if this machine has no fonts, as a small server may have none
   */
  static byte[] png(WordMap map) throws IOException {
    System.setProperty("java.awt.headless", "true");
    try {
      return draw(map);
    } catch (RuntimeException | LinkageError | InternalError e) { // what Java throws without fonts
      throw UserError.failed(
          "this machine cannot draw a PNG (" + e + "); install fonts, or write .svg or .html", e);
    }
  }

  private static byte[] draw(WordMap map) throws IOException {
    int pixels = WordMap.SIZE * PIXELS_A_UNIT;
    BufferedImage image = new BufferedImage(pixels, pixels, BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = image.createGraphics();
    canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    canvas.setColor(Color.WHITE);
    canvas.fillRect(0, 0, pixels, pixels);
    canvas.scale(PIXELS_A_UNIT, PIXELS_A_UNIT);
    canvas.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, WordMap.LETTERS));
    canvas.setStroke(new BasicStroke(1));
    canvas.setColor(ARROW);
    for (int[] arrow : map.arrows()) {
      draw(canvas, line(map, arrow));
    }
    for (WordMap.Point point : map.points()) {
      canvas.setColor(POINT);
      canvas.fill(new Ellipse2D.Double(point.x() - 3, point.y() - 3, 6, 6));
      WordMap.Label label = point.label();
      if (label != null) {
        double width = canvas.getFontMetrics().getStringBounds(point.word(), canvas).getWidth();
        canvas.setColor(Color.BLACK);
        canvas.drawString(
            point.word(), (float) (label.x() - label.share() * width), (float) label.y());
      }
    }
    canvas.dispose();
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(image, "png", png);
    return png.toByteArray();
  }

  private static void draw(Graphics2D canvas, double[] line) {
    canvas.draw(new Line2D.Double(line[0], line[1], line[2], line[3]));
    double angle = Math.atan2(line[3] - line[1], line[2] - line[0]);
    Path2D tip = new Path2D.Double();
    tip.moveTo(line[2], line[3]);
    for (double side : new double[] {0.4, -0.4}) {
      tip.lineTo(line[2] - TIP * Math.cos(angle + side), line[3] - TIP * Math.sin(angle + side));
    }
    tip.closePath();
    canvas.fill(tip);
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
