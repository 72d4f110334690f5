package dev.weft.ir.plan;

import dev.weft.ir.json.Fields;
import dev.weft.ir.json.Json;
import dev.weft.ir.source.Diagnostic;
import java.util.List;
import java.util.function.Consumer;

/** Reads {@code cache}. */
final class CacheReader {
  /** Why there may be no cache. */
  static final String NEEDS_PARAMS =
      "a cache is for weights that lie on the host, and `offload` leaves them on the device;"
          + " add `params` to it";

  private final Consumer<Diagnostic> report;

  CacheReader(Consumer<Diagnostic> report) {
    this.report = report;
  }

  CachePlan read(Json.Members object) {
    var fields = new Fields(object, PlanKeys.OF_CACHE, PlanCode.JSON, report);
    var given = PlanKeys.OF_CACHE.stream().filter(k -> fields.find(k).isPresent()).toList();
    if (given.size() != 1) {
      var message = "a cache has either \"bytes\" or \"peak\"";
      report.accept(Diagnostic.of(PlanCode.CACHE, object.span(), message));
      return new CachePlan.None();
    }
    long bytes = bytes(fields, given);
    return given.contains(PlanKeys.BYTES) ? new CachePlan.Size(bytes) : new CachePlan.Peak(bytes);
  }

  private long bytes(Fields fields, List<String> given) {
    var key = given.getFirst();
    long bytes = fields.count(key).orElse(1);
    if (bytes < 1) {
      var message = "a cache of " + bytes + " bytes: the least is 1";
      report.accept(Diagnostic.of(PlanCode.CACHE, fields.place(key), message));
    }
    return bytes;
  }
}
