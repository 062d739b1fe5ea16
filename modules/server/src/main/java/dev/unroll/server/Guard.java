package dev.unroll.server;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Lets in who may come in. A page of somebody else, open in a browser on this machine, can send
 * requests here: its name in {@code Host} (after DNS rebinding) or in {@code Origin} gives it away.
 */
final class Guard extends Handler.Wrapper {
  /** What a browser may do with an answer: the page uses nothing but what this server sends it. */
  private static final HttpFields HEADERS =
      headers(
          Map.of(
              "Content-Security-Policy",
              "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                  + " connect-src 'self'; media-src 'self' blob:; base-uri 'none'; form-action"
                  + " 'none'; frame-ancestors 'none'",
              "X-Content-Type-Options",
              "nosniff",
              "X-Frame-Options",
              "DENY",
              "Referrer-Policy",
              "no-referrer",
              "Cross-Origin-Opener-Policy",
              "same-origin",
              "Cross-Origin-Resource-Policy",
              "same-origin",
              "Permissions-Policy",
              "camera=(), geolocation=(), microphone=(self)",
              "Cache-Control",
              "no-cache"));

  private final Set<String> hosts;
  private final Set<String> origins;
  private final Optional<byte[]> token;
  private final Metrics metrics;

  /**
   * @param hosts names by which the server may be called, in lower case
   * @param origins of pages of others that may call it
   * @param token that a client has to bring, if any
   */
  Guard(
      Handler handler,
      Set<String> hosts,
      Set<String> origins,
      Optional<String> token,
      Metrics metrics) {
    super(handler);
    this.hosts = hosts;
    this.origins = origins;
    this.token = token.map(text -> text.getBytes(StandardCharsets.UTF_8));
    this.metrics = metrics;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    HttpFields.Mutable headers = response.getHeaders();
    headers.add(HEADERS);
    Exchange exchange = new Exchange(request, response, callback, metrics, "refused");
    try {
      checkHost(request);
      String origin = request.getHeaders().get(HttpHeader.ORIGIN);
      if (origin != null && !own(origin, request)) {
        allow(origin, headers);
        if (request.getMethod().equals("OPTIONS")) {
          exchange.answer(204, "text/plain", "");
          return true;
        }
      }
      checkToken(request, headers);
    } catch (Problem e) {
      exchange.fail(e);
      return true;
    }
    return super.handle(request, response, callback);
  }

  /** Written as bytes once and for all. */
  private static HttpFields headers(Map<String, String> values) {
    HttpFields.Mutable headers = HttpFields.build();
    values.forEach((name, value) -> headers.add(new PreEncodedHttpField(name, value)));
    return headers.asImmutable();
  }

  private void checkHost(Request request) {
    String host = Request.getServerName(request).toLowerCase(java.util.Locale.ROOT);
    if (!hosts.contains(host) && !host.equals(Request.getLocalAddr(request))) {
      throw new Problem(
          421, "the server is not called '%s'; if it is, start it with --name".formatted(host));
    }
  }

  private static boolean own(String origin, Request request) {
    String host = request.getHeaders().get(HttpHeader.HOST);
    return origin.equalsIgnoreCase((request.isSecure() ? "https://" : "http://") + host);
  }

  private void allow(String origin, HttpFields.Mutable headers) {
    if (!origins.contains(origin)) {
      throw new Problem(
          403,
          "pages of '%s' may not call this server; if they may, start it with --cors"
              .formatted(origin));
    }
    headers.put(HttpHeader.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    headers.put(HttpHeader.VARY, "Origin");
    headers.put("Cross-Origin-Resource-Policy", "cross-origin");
    headers.put(HttpHeader.ACCESS_CONTROL_ALLOW_METHODS, "GET, POST");
    headers.put(HttpHeader.ACCESS_CONTROL_ALLOW_HEADERS, "Content-Type, Authorization");
  }

  /** The page and the signs of life are for all: a browser brings no token to what is typed in. */
  private void checkToken(Request request, HttpFields.Mutable headers) {
    String path = Request.getPathInContext(request);
    if (token.isEmpty()
        || path.equals("/")
        || path.startsWith(Page.PREFIX)
        || path.startsWith("/v2/health/")) {
      return;
    }
    String given = request.getHeaders().get(HttpHeader.AUTHORIZATION);
    String bearer = given != null && given.startsWith("Bearer ") ? given.substring(7) : "";
    byte[] bytes = bearer.getBytes(StandardCharsets.UTF_8);
    if (!MessageDigest.isEqual(bytes, token.get())) { // takes as long for any wrong one
      headers.put(HttpHeader.WWW_AUTHENTICATE, "Bearer");
      throw new Problem(
          401, "the server asks for a token; send it in a header Authorization: Bearer TOKEN");
    }
  }
}
