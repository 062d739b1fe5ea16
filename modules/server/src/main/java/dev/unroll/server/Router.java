package dev.unroll.server;

import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Finds what answers a request. */
final class Router extends Handler.Abstract {
  private static final String NOWHERE = "none";

  private final List<Route> routes;
  private final Metrics metrics;

  Router(List<Route> routes, Metrics metrics) {
    super(InvocationType.NON_BLOCKING);
    this.routes = routes;
    this.metrics = metrics;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String path = Request.getPathInContext(request);
    String method = request.getMethod().equals("HEAD") ? "GET" : request.getMethod();
    List<String> parts = Route.split(path);
    boolean known = false;
    for (Route route : routes) {
      boolean fits = route.fits(parts);
      if (fits && route.method().equals(method)) {
        Exchange exchange = new Exchange(request, response, callback, metrics, route.path());
        try {
          route.answer().to(exchange, route.parts(parts));
        } catch (RuntimeException e) {
          exchange.fail(e);
        }
        return true;
      }
      known |= fits;
    }
    Exchange exchange = new Exchange(request, response, callback, metrics, NOWHERE);
    if (known) {
      String other = method.equals("POST") ? "GET" : "POST";
      response.getHeaders().put(HttpHeader.ALLOW, other);
      exchange.fail(new Problem(405, "%s does not take %s; use %s".formatted(path, method, other)));
    } else {
      exchange.fail(new Problem(404, "there is no %s; see /openapi.json".formatted(path)));
    }
    return true;
  }
}
