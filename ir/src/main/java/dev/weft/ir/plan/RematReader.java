package dev.weft.ir.plan;

import dev.weft.ir.json.Fields;
import dev.weft.ir.json.Json;
import dev.weft.ir.source.Diagnostic;
import java.util.List;
import java.util.function.Consumer;

/** Reads {@code remat}. */
final class RematReader {
  private final Consumer<Diagnostic> report;

  RematReader(Consumer<Diagnostic> report) {
    this.report = report;
  }

  RematPlan read(Json.Members object) {
    var fields = new Fields(object, PlanKeys.OF_REMAT, PlanCode.JSON, report);
    fields.require(PlanKeys.POLICY);
    var policy = fields.oneOf(PlanKeys.POLICY, RematNames.ALL).orElse(RematNames.NONE);
    return switch (policy) {
      case RematNames.BUDGET -> budget(fields);
      case RematNames.VALUES -> values(fields);
      default -> {
        if (fields.find(PlanKeys.POLICY).isPresent()) {
          forbid(fields, policy, List.of(PlanKeys.BYTES, PlanKeys.RECOMPUTE));
        }
        yield RematNames.of(policy).orElseThrow();
      }
    };
  }

  private RematPlan budget(Fields fields) {
    fields.require(PlanKeys.BYTES);
    forbid(fields, RematNames.BUDGET, List.of(PlanKeys.RECOMPUTE));
    long bytes = fields.count(PlanKeys.BYTES).orElse(1);
    if (bytes < 1) {
      var message = "a budget of " + bytes + " bytes: the least is 1";
      report.accept(Diagnostic.of(PlanCode.REMAT, fields.place(PlanKeys.BYTES), message));
    }
    return new RematPlan.Budget(bytes);
  }

  private RematPlan values(Fields fields) {
    fields.require(PlanKeys.RECOMPUTE);
    forbid(fields, RematNames.VALUES, List.of(PlanKeys.BYTES));
    return new RematPlan.Values(fields.texts(PlanKeys.RECOMPUTE));
  }

  private void forbid(Fields fields, String policy, List<String> keys) {
    for (var key : keys) {
      if (fields.find(key).isPresent()) {
        var message = "the policy \"" + policy + "\" has no \"" + key + "\"";
        report.accept(Diagnostic.of(PlanCode.REMAT, fields.place(key), message));
      }
    }
  }
}
