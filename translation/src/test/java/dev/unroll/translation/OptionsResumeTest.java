package dev.unroll.translation;

import dev.unroll.testing.ResumeContract;
import java.util.Map;

/** What is drawn, and the one table, are as if the training had never been stopped. */
class OptionsResumeTest extends ResumeContract {
  private static final Map<String, String> SETTINGS =
      Map.ofEntries(
          Map.entry("dimensions", "8"),
          Map.entry("hidden", "8"),
          Map.entry("epochs", "3"),
          Map.entry("batch", "8"),
          Map.entry("words", "whole"),
          Map.entry("joint", "true"),
          Map.entry("tied", "false"), // so that the table's update is sparse
          Map.entry("input-feeding", "true"),
          Map.entry("scheduled-sampling", "0.9"));

  @Override
  protected Course course() {
    return ResumeTest.course(1, SETTINGS);
  }

  @Override
  protected Course otherSettings() {
    return ResumeTest.course(1, SETTINGS, "scheduled-sampling", "0.8");
  }

  @Override
  protected Course otherData() {
    return ResumeTest.course(2, SETTINGS);
  }
}
