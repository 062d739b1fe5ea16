package dev.unroll.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The page: a few files, all of them from here, read once. Each task brings the script of a tab.
 */
final class Page {
  static final String PREFIX = "/page/";
  private static final String TABS = "tab-";

  private final Map<String, byte[]> files = new ConcurrentHashMap<>();

  private final Models models;

  Page(Models models) {
    this.models = models;
    for (String name : List.of("index.html", "page.js", "parts.js", "style.css", "icon.svg")) {
      files.put(name, read(name));
    }
  }

  /** The script of a task's tab. */
  static String script(String task) {
    return PREFIX + TABS + task + ".js";
  }

  private static byte[] read(String name) {
    try (InputStream in = Page.class.getResourceAsStream("page/" + name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void answer(Exchange exchange, String name) {
    byte[] file = files.computeIfAbsent(name, this::tab);
    if (file == null) {
      throw new Problem(404, "the page has no file '%s'".formatted(name));
    }
    exchange.answer(200, type(name), file);
  }

  /** The script of a tab; null if the name is not that of one. */
  private byte[] tab(String name) {
    return models.all().stream()
        .filter(slot -> name.equals(TABS + slot.task() + ".js"))
        .findFirst()
        .map(slot -> slot.service().tab().read())
        .orElse(null);
  }

  private static String type(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "html" -> "text/html;charset=utf-8";
      case "css" -> "text/css;charset=utf-8";
      case "svg" -> "image/svg+xml";
      default -> "text/javascript;charset=utf-8";
    };
  }
}
