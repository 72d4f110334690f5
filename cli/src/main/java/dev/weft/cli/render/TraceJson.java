package dev.weft.cli.render;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.weft.passes.simulate.MemoryPrice;
import dev.weft.passes.simulate.PlacePrice;
import dev.weft.passes.simulate.PlaceTrace;
import dev.weft.passes.simulate.PlaceTrace.Event;
import dev.weft.passes.simulate.PlaceTrace.MemoryPoint;
import dev.weft.passes.simulate.StepTrace;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;

/**
 * The events of a step in the trace-event format of Chrome, which Perfetto opens: a process for
 * each place along the pipeline, a thread for each track, memory as counters. Times are in
 * microseconds, to the nanosecond.
 *
 * <p>Perfetto takes a thread 0 for the process's own unless the process is 0 too, and the thread
 * with the number of its process for the main one: that is the work of a place. No other thread has
 * the number of any place.
 */
public final class TraceJson {
  private final JsonGenerator out;
  private final int places;

  private TraceJson(JsonGenerator out, int places) {
    this.out = out;
    this.places = places;
  }

  /** Writes a trace as it goes, without a tree of it in memory. */
  public static void write(StepTrace trace, OutputStream stream) throws IOException {
    var factory = new JsonFactory().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    try (var out = factory.createGenerator(stream, JsonEncoding.UTF8)) {
      out.writeStartObject();
      out.writeStringField("displayTimeUnit", "ms");
      out.writeArrayFieldStart("traceEvents");
      var json = new TraceJson(out, trace.places().size());
      for (int place = 0; place < trace.places().size(); place++) {
        json.place(place, trace.price().places().get(place), trace.places().get(place));
      }
      out.writeEndArray();
      out.writeEndObject();
    }
  }

  private void place(int place, PlacePrice price, PlaceTrace trace) throws IOException {
    label("process", place, place, "place " + place + ": " + price.device(), place);
    for (int i = 0; i < trace.tracks().size(); i++) {
      var track = trace.tracks().get(i);
      int thread = i == 0 ? place : places + i;
      label("thread", place, thread, track.name(), i);
      for (var event : track.events()) {
        event(place, thread, event);
      }
    }
    for (var point : trace.memory()) {
      memory(place, point, price.memory());
    }
  }

  /** The name and the rank of a {@code process} or a {@code thread}. */
  private void label(String what, int place, int thread, String name, int rank) throws IOException {
    metadata(what + "_name", place, thread, "name", name);
    metadata(what + "_sort_index", place, thread, "sort_index", rank);
  }

  private void metadata(String what, int place, int thread, String field, Object value)
      throws IOException {
    begin("M", place, thread, what);
    out.writeObjectFieldStart("args");
    out.writeObjectField(field, value);
    out.writeEndObject();
    out.writeEndObject();
  }

  private void event(int place, int thread, Event event) throws IOException {
    begin("X", place, thread, event.name());
    long start = nanoseconds(event.start());
    out.writeStringField("cat", event.kind());
    time("ts", start);
    time("dur", nanoseconds(event.end()) - start);
    if (event.action().isPresent()) {
      var action = event.action().get();
      out.writeObjectFieldStart("args");
      out.writeNumberField("stage", action.stage());
      out.writeNumberField("micro-batch", action.micro());
      out.writeEndObject();
    }
    out.writeEndObject();
  }

  /**
   * The terms of the report at a point of time; at the peak they add up to its sum. Perfetto shows
   * the name of the counter with that of each term after it.
   */
  private void memory(int place, MemoryPoint point, MemoryPrice price) throws IOException {
    begin("C", place, place, "memory, bytes:");
    time("ts", nanoseconds(point.seconds()));
    out.writeObjectFieldStart("args");
    out.writeNumberField("weights", price.weights());
    out.writeNumberField("optimizer", price.optimizer());
    out.writeNumberField("gradients", point.gradients());
    out.writeNumberField("activations", point.kept());
    out.writeNumberField("working", point.working());
    out.writeNumberField("reserved", price.reserved());
    out.writeNumberField("fragmentation", price.fragmentation());
    out.writeEndObject();
    out.writeEndObject();
  }

  private void begin(String phase, int place, int thread, String name) throws IOException {
    out.writeStartObject();
    out.writeStringField("ph", phase);
    out.writeNumberField("pid", place);
    out.writeNumberField("tid", thread);
    out.writeStringField("name", name);
  }

  private void time(String field, long nanoseconds) throws IOException {
    out.writeNumberField(field, BigDecimal.valueOf(nanoseconds, 3));
  }

  private static long nanoseconds(double seconds) {
    return Math.round(seconds * 1e9);
  }
}
