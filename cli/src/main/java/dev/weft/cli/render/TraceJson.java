package dev.weft.cli.render;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
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
 */
public final class TraceJson {
  private final JsonGenerator out;

  private TraceJson(JsonGenerator out) {
    this.out = out;
  }

  /** Writes a trace as it goes, without a tree of it in memory. */
  public static void write(StepTrace trace, OutputStream stream) throws IOException {
    var factory = new JsonFactory().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    try (var out = factory.createGenerator(stream, JsonEncoding.UTF8)) {
      out.writeStartObject();
      out.writeStringField("displayTimeUnit", "ms");
      out.writeArrayFieldStart("traceEvents");
      var json = new TraceJson(out);
      for (int place = 0; place < trace.places().size(); place++) {
        json.place(place, trace.price().places().get(place), trace.places().get(place));
      }
      out.writeEndArray();
      out.writeEndObject();
    }
  }

  private void place(int place, PlacePrice price, PlaceTrace trace) throws IOException {
    name("process_name", place, 0, "place " + place + ": " + price.device());
    for (int thread = 0; thread < trace.tracks().size(); thread++) {
      var track = trace.tracks().get(thread);
      name("thread_name", place, thread, track.name());
      for (var event : track.events()) {
        event(place, thread, event);
      }
    }
    var memory = price.memory();
    long fixed = memory.weights() + memory.optimizer();
    for (var point : trace.memory()) {
      memory(place, point, fixed);
    }
  }

  private void name(String what, int place, int thread, String name) throws IOException {
    begin("M", place, thread, what);
    out.writeObjectFieldStart("args");
    out.writeStringField("name", name);
    out.writeEndObject();
    out.writeEndObject();
  }

  private void event(int place, int thread, Event event) throws IOException {
    begin("X", place, thread, event.name());
    long start = nanoseconds(event.start());
    out.writeStringField("cat", event.kind());
    time("ts", start);
    time("dur", nanoseconds(event.end()) - start);
    out.writeEndObject();
  }

  /** What lies there for the whole step, what is kept for backwards, and what work needs. */
  private void memory(int place, MemoryPoint point, long fixed) throws IOException {
    begin("C", place, 0, "memory");
    time("ts", nanoseconds(point.seconds()));
    out.writeObjectFieldStart("args");
    out.writeNumberField("weights, optimizer", fixed);
    out.writeNumberField("gradients", point.gradients());
    out.writeNumberField("activations", point.kept());
    out.writeNumberField("working", point.working());
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
