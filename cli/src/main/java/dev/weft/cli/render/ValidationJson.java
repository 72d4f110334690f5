package dev.weft.cli.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.cli.validate.ErrorStatistics;
import dev.weft.cli.validate.Grouped;
import dev.weft.cli.validate.Judged;
import dev.weft.cli.validate.Layouts;
import dev.weft.cli.validate.LeftOut;
import dev.weft.cli.validate.MemoryVerdicts;
import dev.weft.cli.validate.SkipReason;
import dev.weft.cli.validate.Skipped;
import dev.weft.cli.validate.Validation;
import java.util.List;
import java.util.Locale;

/** The parts of a validation, as JSON. Errors are parts of 1; times are in seconds. */
final class ValidationJson {
  private ValidationJson() {}

  static void errors(ObjectNode node, ErrorStatistics errors) {
    node.put("rows", errors.rows());
    node.put("bias", errors.bias());
    node.put("mean", errors.mean());
    node.put("median", errors.median());
    node.put("p90", errors.p90());
    node.put("worst", errors.worst());
  }

  static void verdicts(ObjectNode node, MemoryVerdicts verdicts) {
    node.put("tp", verdicts.tp());
    node.put("fp", verdicts.fp());
    node.put("tn", verdicts.tn());
    node.put("fn", verdicts.fn());
    node.put("accuracy", verdicts.accuracy());
  }

  static void ranking(ObjectNode node, List<Layouts> sweeps, int nearlyBest) {
    node.put("sweeps", sweeps.size());
    node.put("within_3_percent", nearlyBest);
    node.put("kendall_tau", sweeps.stream().mapToDouble(Layouts::tau).average().orElse(0));
    var worst = node.putArray("losses");
    for (var sweep : sweeps) {
      var one = worst.addObject();
      one.put("source", sweep.task().source());
      one.put("model", sweep.task().model());
      one.put("devices", sweep.task().devices());
      one.put("batch", sweep.task().batch());
      one.put("plans", sweep.plans());
      one.put("loss", sweep.loss());
      one.put("kendall_tau", sweep.tau());
    }
  }

  static void skipped(ObjectNode node, List<Skipped> skipped) {
    for (var reason : SkipReason.values()) {
      long count = skipped.stream().filter(s -> s.reason() == reason).count();
      if (count > 0) {
        var one = node.putObject(reason.key());
        one.put("rows", count);
        one.put("blame", reason.blame().key());
        one.put("text", reason.text());
      }
    }
  }

  static void groups(ObjectNode node, List<Grouped> groups) {
    for (var group : groups) {
      var one = node.putObject(group.name());
      group.time().ifPresent(time -> errors(one.putObject("time"), time));
      group.memory().ifPresent(memory -> errors(one.putObject("memory"), memory));
    }
  }

  static void leftOut(ObjectNode node, List<LeftOut> each) {
    LeftOut.all(each).ifPresent(all -> errors(node.putObject("all"), all));
    node.put("median_of_medians", LeftOut.medianOfMedians(each));
    var publications = node.putObject("by_publication");
    for (var one : each) {
      var errors = publications.putObject(one.publication());
      ErrorStatistics.of(one.stated()).ifPresent(e -> errors(errors.putObject("stated"), e));
      ErrorStatistics.of(one.refitted()).ifPresent(e -> errors(errors.putObject("refitted"), e));
    }
  }

  static void rows(ObjectNode document, Validation validation) {
    var priced = document.putArray("priced_rows");
    validation.judged().forEach(run -> row(priced.addObject(), run));
    var assumed = document.putArray("assumed_rows");
    validation.assumed().forEach(run -> row(assumed.addObject(), run));
    var skipped = document.putArray("skipped_rows");
    validation.skipped().forEach(row -> row(skipped.addObject(), row));
  }

  private static void row(ObjectNode node, Judged run) {
    var setting = run.row().setting();
    var outcome = run.row().run().outcome();
    node.put("row", run.row().run().name());
    node.put("line", run.row().run().line());
    node.put("plan", setting.knobs());
    node.put("cluster", setting.cluster());
    node.put("software", setting.software());
    outcome.seconds().ifPresent(seconds -> node.put("measured_seconds", seconds));
    node.put("predicted_seconds", run.predicted().seconds());
    outcome.peakBytes().ifPresent(bytes -> node.put("measured_peak_bytes", bytes));
    node.put("predicted_peak_bytes", run.predictedBytes());
    node.put("memory_reading", outcome.reading().name().toLowerCase(Locale.ROOT));
    node.put("predicted_fullness", run.predicted().fullness());
    node.put("out_of_memory", run.isOutOfMemory());
    node.put("predicted_out_of_memory", !run.predicted().fits());
    var remarks = node.putArray("remarks");
    run.row().remarks().forEach(remarks::add);
  }

  private static void row(ObjectNode node, Skipped row) {
    node.put("row", row.run().name());
    node.put("line", row.run().line());
    node.put("reason", row.reason().key());
    node.put("detail", row.detail());
  }
}
