package dev.weft.ir.plan;

import dev.weft.ir.json.Fields;
import dev.weft.ir.json.Json;
import dev.weft.ir.source.Diagnostic;
import java.util.function.Consumer;

/** Reads {@code optimizerSharding}. */
final class OptimizerReader {
  private static final int GREATEST = OptimizerSharding.GREATEST_LEVEL;

  private final MeshAxes meshAxes;
  private final Consumer<Diagnostic> report;

  OptimizerReader(MeshAxes meshAxes, Consumer<Diagnostic> report) {
    this.meshAxes = meshAxes;
    this.report = report;
  }

  OptimizerSharding read(Json.Members object) {
    var fields = new Fields(object, PlanKeys.OPTIMIZER, PlanCode.JSON, report);
    fields.require(PlanKeys.LEVEL);
    int level = level(fields);
    var over = meshAxes.over(fields);
    var replicas = meshAxes.named(fields, PlanKeys.REPLICAS);
    if (level > 0) {
      fields.require(PlanKeys.OVER);
      requireSomeAxis(fields);
    }
    for (var axis : replicas) {
      if (over.contains(axis)) {
        var message = "\"" + axis + "\" is named in \"over\" already";
        report.accept(
            Diagnostic.of(PlanCode.REPEATED_MESH_AXIS, fields.place(PlanKeys.REPLICAS), message)
                .note(fields.place(PlanKeys.OVER), "here"));
      }
    }
    return new OptimizerSharding(level, over, replicas);
  }

  private int level(Fields fields) {
    int level = fields.integer(PlanKeys.LEVEL).orElse(0);
    int nearest = Math.clamp(level, 0, GREATEST);
    if (level != nearest) {
      var message =
          "there is no level %d; levels are 0 to %d, the nearest is %d"
              .formatted(level, GREATEST, nearest);
      var place = fields.place(PlanKeys.LEVEL);
      report.accept(Diagnostic.of(PlanCode.OPTIMIZER_LEVEL, place, message));
      return 0;
    }
    return level;
  }

  private void requireSomeAxis(Fields fields) {
    if (fields.find(PlanKeys.OVER).filter(Json::isEmptyList).isPresent()) {
      var message = "this rule names no mesh axis";
      report.accept(Diagnostic.of(PlanCode.EMPTY_RULE, fields.place(PlanKeys.OVER), message));
    }
  }
}
