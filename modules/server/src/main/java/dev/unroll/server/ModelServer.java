package dev.unroll.server;

import dev.unroll.data.UserError;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executor;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.Scheduler;

/** A server of models: Jetty, the workers, and what lies between. */
final class ModelServer implements AutoCloseable {
  /** Most threads that accept, read and write. */
  private static final int READERS = 16;

  private static final int MOST_HEAD = 8 << 10;

  /** For connections on which nothing is asked when the server stops. */
  private static final Duration SHUTDOWN_IDLE = Duration.ofMillis(200);

  private static final Duration LONGEST_STOP = Duration.ofSeconds(60);

  private final ServerConfig config;
  private final Models models;
  private final Metrics metrics = new Metrics();
  private final Attention attention = new Attention();
  private final Workers workers;
  private final Writers writers;
  private final Server server;
  private final ServerConnector connector;
  private final Routes routes;

  /**
   * Starts to listen; the models are loaded already.
   *
   * @throws UserError if it cannot
   */
  ModelServer(ServerConfig config, Models models) {
    this.config = config;
    this.models = models;
    Limits limits = config.limits();
    workers = new Workers(config.workers(), limits.queue(), limits.batch(), metrics);
    writers = new Writers(config.workers());
    Calls calls = new Calls(models, limits, workers, writers, metrics, attention);
    routes = new Routes(models, limits, calls, metrics, workers, writers);
    server =
        new Server(threads()) {
          @Override
          public InvocationType getInvocationType() {
            return InvocationType.NON_BLOCKING; // which it does not take from its handlers
          }
        };
    server.setErrorHandler(new Failures());
    server.setStopTimeout(LONGEST_STOP.toMillis());
    connector = connector();
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(limits.connections(), connector));
    Guard guard =
        new Guard(
            new Router(routes.all(), metrics), hosts(), config.origins(), config.token(), metrics);
    SlowHeads heads =
        new SlowHeads(new GracefulHandler(guard), limits.body(), connector.getScheduler());
    connector.addBean(heads); // a listener of its connections
    server.setHandler(heads);
    start();
  }

  /** No handler waits for anything, so that the thread that finds a request also answers it. */
  private static QueuedThreadPool threads() {
    QueuedThreadPool threads = new QueuedThreadPool(READERS);
    threads.setName("http");
    threads.setReservedThreads(0);
    return threads;
  }

  private ServerConnector connector() {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(MOST_HEAD);
    http.setHeaderCacheCaseSensitive(true); // else a token is taken for one of other letters
    http.setMaxUnconsumedRequestContentReads(8); // of a body that was refused; then it closes
    // Jetty 12.1.14 may give a buffer back twice when a head is bad; from a pool, it would then be
    // two connections' at once, and one would read what the other was sent.
    http.setUseInputDirectByteBuffers(false);
    http.setUseOutputDirectByteBuffers(false);
    ByteBufferPool buffers = ByteBufferPool.NON_POOLING;
    HttpConnectionFactory plain = new HttpConnectionFactory(http);
    ServerConnector made;
    if (config.keys().isPresent()) {
      SecureRequestCustomizer secure = new SecureRequestCustomizer();
      secure.setSniHostCheck(false); // a certificate may be for another name; clients check it
      http.addCustomizer(secure);
      SslContextFactory.Server tls = new SslContextFactory.Server();
      tls.setKeyStorePath(config.keys().get().file().toUri().toString());
      tls.setKeyStorePassword(config.keys().get().password());
      made =
          listening(buffers, new SslConnectionFactory(tls, HttpVersion.HTTP_1_1.asString()), plain);
    } else {
      made = listening(buffers, plain);
    }
    made.setHost(config.bind());
    made.setPort(config.port());
    // In Java's queue of 50, those who come all at once wait a second until their system asks
    // again.
    made.setAcceptQueueSize(config.limits().connections());
    made.setIdleTimeout(config.limits().idle().toMillis());
    made.setShutdownIdleTimeout(SHUTDOWN_IDLE.toMillis());
    return made;
  }

  private ServerConnector listening(ByteBufferPool buffers, ConnectionFactory... protocols) {
    return new ServerConnector(server, null, null, buffers, 1, 1, protocols) {
      @Override
      protected SelectorManager newSelectorManager(
          Executor executor, Scheduler scheduler, int selectors) {
        return new ServerConnectorManager(executor, scheduler, selectors) {
          @Override
          protected ManagedSelector newSelector(int id) {
            return attention.selector(this, id);
          }
        };
      }
    };
  }

  /** The names of this machine to itself, and those that were given. */
  private Set<String> hosts() {
    Set<String> hosts = new HashSet<>(Set.of("localhost", "127.0.0.1", "[::1]", "::1"));
    hosts.add(config.bind().toLowerCase(Locale.ROOT));
    config.names().forEach(name -> hosts.add(name.toLowerCase(Locale.ROOT)));
    return hosts;
  }

  private void start() {
    try {
      server.start();
    } catch (Exception e) {
      close();
      Throwable root = e;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      throw UserError.failed(
          "cannot listen at %s:%d (%s); name another --port, address or key store"
              .formatted(config.bind(), config.port(), root.getMessage()),
          e);
    }
  }

  /** Where it listens, such as {@code http://127.0.0.1:8080/}. */
  String address() {
    return "%s://%s:%d/"
        .formatted(
            config.keys().isPresent() ? "https" : "http",
            config.bind().contains(":") ? "[" + config.bind() + "]" : config.bind(),
            connector.getLocalPort());
  }

  /** Whether only this machine reaches it. */
  boolean isLocal() {
    try {
      return InetAddress.getByName(config.bind()).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  Models models() {
    return models;
  }

  Metrics metrics() {
    return metrics;
  }

  Routes routes() {
    return routes;
  }

  /** Lets nobody in any more, answers those who are, and ends. */
  @Override
  public void close() {
    routes.stopping();
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the server does not stop", e);
    } finally {
      workers.close();
      writers.close();
      workers.join(LONGEST_STOP);
      writers.join(LONGEST_STOP);
    }
  }
}
