package dev.unroll.cli;

import dev.unroll.data.TrainingListener;
import java.util.List;

/** Tells all who show a training: the terminal, and a page if there is one. */
public final class LiveProgress implements TrainingListener, AutoCloseable {
  private final List<TrainingListener> listeners;
  private final LivePage page; // null without one

  private LiveProgress(List<TrainingListener> listeners, LivePage page) {
    this.listeners = listeners;
    this.page = page;
  }

  static LiveProgress without(TrainingListener shown) {
    return new LiveProgress(List.of(shown), null);
  }

  static LiveProgress with(TrainingListener shown, LiveTraining training, LivePage page) {
    return new LiveProgress(List.of(shown, training), page);
  }

  @Override
  public void planned(Plan plan) {
    listeners.forEach(listener -> listener.planned(plan));
  }

  @Override
  public void resumed(int epoch, int batch) {
    listeners.forEach(listener -> listener.resumed(epoch, batch));
  }

  @Override
  public void stepped(Step step) {
    listeners.forEach(listener -> listener.stepped(step));
  }

  @Override
  public void epochEnded(Epoch epoch) {
    listeners.forEach(listener -> listener.epochEnded(epoch));
  }

  @Override
  public void ended(Summary summary) {
    listeners.forEach(listener -> listener.ended(summary));
  }

  /** Takes the page away. */
  @Override
  public void close() {
    if (page != null) {
      page.close();
    }
  }
}
