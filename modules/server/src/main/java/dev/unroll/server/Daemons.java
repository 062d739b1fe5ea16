package dev.unroll.server;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes threads that are called by what they do, and that do not keep the program running. */
final class Daemons implements ThreadFactory {
  private final String name;
  private final AtomicInteger made = new AtomicInteger();

  Daemons(String name) {
    this.name = name;
  }

  @Override
  public Thread newThread(Runnable task) {
    Thread thread = new Thread(task, name + "-" + made.getAndIncrement());
    thread.setDaemon(true);
    return thread;
  }
}
