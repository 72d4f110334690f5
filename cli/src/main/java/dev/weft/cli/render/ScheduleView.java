package dev.weft.cli.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.ir.schedule.Action;
import dev.weft.ir.schedule.Phase;
import dev.weft.ir.schedule.Schedule;
import dev.weft.passes.schedule.Durations;
import dev.weft.passes.schedule.ScheduleFacts;
import dev.weft.passes.schedule.ScheduleTiming;
import dev.weft.passes.schedule.StageDurations;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The order of work along a pipeline, as a picture.
 *
 * @param counted how long the stages of a model take, where there is one
 */
public record ScheduleView(Schedule schedule, Optional<StageDurations> counted, Form form)
    implements View {
  /** How a picture is drawn. */
  public enum Form {
    TEXT,
    SVG
  }

  @Override
  public String text() {
    return switch (form) {
      case TEXT -> ScheduleText.of(schedule, counted);
      case SVG -> ScheduleSvg.of(schedule, counted);
    };
  }

  @Override
  public void json(ObjectNode document) {
    var timing = ScheduleTiming.of(schedule, Durations.UNIT);
    var facts = ScheduleFacts.of(schedule);
    var object = document.putObject("schedule");
    object.put("stages", schedule.stages()).put("micro_batches", schedule.microBatches());
    object.put("makespan", timing.makespan()).put("slots", facts.slots());
    var devices = object.putArray("devices");
    for (int device = 0; device < schedule.devices(); device++) {
      var row = schedule.rows().get(device).stream().map(Action::toString);
      devices
          .addObject()
          .put("actions", row.collect(Collectors.joining(" ")))
          .put("bubble", timing.bubble(device))
          .put("waits", timing.waits(device))
          .put("in_flight", facts.inFlight().get(device));
    }
    counted.ifPresent(durations -> json(durations, object.putObject("counted")));
    if (form == Form.SVG) {
      document.put("svg", text());
    }
  }

  private void json(StageDurations durations, ObjectNode object) {
    var timing = ScheduleTiming.of(schedule, durations);
    object.put("makespan", timing.makespan());
    var bubbles = object.putArray("bubble");
    for (int device = 0; device < schedule.devices(); device++) {
      bubbles.add(timing.bubble(device));
    }
    var stages = object.putArray("stages");
    for (var phases : durations.stages()) {
      var stage = stages.addObject();
      phases.forEach((phase, duration) -> stage.put(key(phase), duration));
    }
  }

  private static String key(Phase phase) {
    return phase.name().toLowerCase(Locale.ROOT);
  }
}
