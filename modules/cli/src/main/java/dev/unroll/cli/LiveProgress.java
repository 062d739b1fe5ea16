package dev.unroll.cli;

import dev.unroll.data.TrainingListener;

/** Tells two listeners of a training: the one that shows it on a terminal, and that of a page. */
public final class LiveProgress implements TrainingListener, AutoCloseable {
  private final TrainingListener shown;
  private final LiveTraining training; // null without a page, which is null then
  private final LivePage page;

  LiveProgress(TrainingListener shown, LiveTraining training, LivePage page) {
    this.shown = shown;
    this.training = training;
    this.page = page;
  }

  @Override
  public void planned(Plan plan) {
    shown.planned(plan);
    if (training != null) {
      training.planned(plan);
    }
  }

  @Override
  public void resumed(int epoch, int batch) {
    shown.resumed(epoch, batch);
    if (training != null) {
      training.resumed(epoch, batch);
    }
  }

  @Override
  public void stepped(Step step) {
    shown.stepped(step);
    if (training != null) {
      training.stepped(step);
    }
  }

  @Override
  public void epochEnded(Epoch epoch) {
    shown.epochEnded(epoch);
    if (training != null) {
      training.epochEnded(epoch);
    }
  }

  @Override
  public void ended(Summary summary) {
    shown.ended(summary);
    if (training != null) {
      training.ended(summary);
    }
  }

  /** Takes the page away. */
  @Override
  public void close() {
    if (page != null) {
      page.close();
    }
  }
}
