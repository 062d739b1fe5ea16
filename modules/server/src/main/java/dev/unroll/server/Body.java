package dev.unroll.server;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/** Reads the body of a request. No thread waits for it, and it is bounded in bytes and in time. */
final class Body {
  /** Up to so many bytes that came with the head cost less than handing them to another thread. */
  private static final int READ_AT_ONCE = 16 << 10;

  private Body() {}

  /**
   * Reads an object and goes on with it; whatever is wrong is answered.
   *
   * @param then goes on, perhaps in the thread that reads from all connections, and must not hold
   *     it
   */
  static void read(Exchange exchange, Limits limits, Consumer<JsonObject> then) {
    Request request = exchange.request();
    requireJson(exchange.header(HttpHeader.CONTENT_TYPE));
    if (request.getLength() > limits.bytes()) {
      throw tooLarge(limits);
    }
    Executor executor = request.getComponents().getExecutor();
    boolean small = request.getLength() >= 0 && request.getLength() <= READ_AT_ONCE;
    Arrival arrival =
        new Arrival(
            request,
            limits.bytes(),
            executor,
            (bytes, failure) -> {
              try {
                check(failure, limits);
                exchange.bodyIsRead();
                request.addIdleTimeoutListener(idle -> false); // who waits for an answer is quiet
                then.accept(object(bytes));
              } catch (RuntimeException | Error e) {
                exchange.fail(e);
              }
            });
    if (small) {
      arrival.run();
    } else {
      executor.execute(arrival);
    }
    arrival.giveUpAfter(limits.body());
  }

  /** Says why a body did not arrive, if it did not. */
  private static void check(Throwable failure, Limits limits) {
    if (failure instanceof TimeoutException) {
      throw new Problem(
          408,
          "a body has to arrive within %d seconds; send it faster or a shorter one"
              .formatted(limits.body().toSeconds()));
    } else if (failure instanceof Arrival.TooMuch) {
      throw tooLarge(limits);
    } else if (failure != null) {
      throw new Problem(400, "the body broke off; send it again");
    }
  }

  private static void requireJson(String type) {
    if (type.equals(Exchange.JSON)) {
      return;
    }
    String kind = type.toLowerCase(Locale.ROOT).replaceAll("\\s+", "");
    if (!kind.equals("application/json") && !kind.equals("application/json;charset=utf-8")) {
      throw new Problem(
          415,
          "the body must be application/json, got '%s'; send a header Content-Type: application/json"
              .formatted(type));
    }
  }

  private static Problem tooLarge(Limits limits) {
    return new Problem(
        413, "a body may have %d bytes; send less at once".formatted(limits.bytes()));
  }

  private static JsonObject object(byte[] bytes) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new Problem(400, "the body is not UTF-8; send it as UTF-8");
    }
    JsonElement element;
    try (JsonReader reader = new JsonReader(new StringReader(text))) {
      reader.setStrictness(Strictness.STRICT);
      element = JsonParser.parseReader(reader);
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw new Problem(400, "there is more behind the JSON of the body; send one object");
      }
    } catch (IOException | JsonParseException | NumberFormatException e) {
      throw new Problem(400, "the body is not JSON (%s)".formatted(reason(e)));
    }
    if (!element.isJsonObject()) {
      throw new Problem(400, "the body must be a JSON object, such as {\"text\": \"…\"}");
    }
    return element.getAsJsonObject();
  }

  /** Without the advice for programmers behind it. */
  private static String reason(Exception e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse("empty");
  }
}
