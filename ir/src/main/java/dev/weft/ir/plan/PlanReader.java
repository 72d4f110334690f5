package dev.weft.ir.plan;

import dev.weft.ir.json.Fields;
import dev.weft.ir.json.Json;
import dev.weft.ir.json.JsonReader;
import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a plan's JSON and reports everything that is wrong with it. */
final class PlanReader {
  private final List<Diagnostic> diagnostics = new ArrayList<>();
  private final MeshAxes meshAxes = new MeshAxes(diagnostics::add);
  private final RuleReader rules = new RuleReader(meshAxes, diagnostics::add);

  static Checked<Plan> read(Source source) {
    var json = JsonReader.read(source, PlanCode.JSON);
    return json.value()
        .map(root -> new PlanReader().document(root))
        .orElseGet(() -> Checked.failed(json.diagnostics()));
  }

  private Checked<Plan> document(Json root) {
    if (!(root instanceof Json.Members object)) {
      var message = "a plan is a JSON object, not " + root.described();
      return Checked.failed(Diagnostic.of(PlanCode.WRONG_TYPE, root.span(), message));
    }
    var plan = plan(new Fields(object, PlanKeys.PLAN, PlanCode.JSON, diagnostics::add));
    diagnostics.sort(Comparator.comparingInt(d -> d.span().start()));
    return diagnostics.stream().anyMatch(Diagnostic::isError)
        ? Checked.failed(diagnostics)
        : new Checked<>(plan, diagnostics);
  }

  private Optional<Plan> plan(Fields fields) {
    fields.require(PlanKeys.VERSION, PlanKeys.MESH);
    version(fields);
    var mesh = meshAxes.mesh(fields);
    var shard = rules.read(fields);
    int microBatches = microBatches(fields);
    var pipeline = pipeline(fields);
    var optimizer = optimizer(fields);
    pipeline.ifPresent(p -> requireApart(fields, p, optimizer));
    var remat =
        fields
            .members(PlanKeys.REMAT)
            .map(new RematReader(diagnostics::add)::read)
            .orElse(new RematPlan.None());
    var offload = offload(fields);
    var cache = cache(fields, offload);
    var prefetch = fields.truth(PlanKeys.PREFETCH).orElse(true) ? Prefetch.ON : Prefetch.OFF;
    var why = fields.texts(PlanKeys.WHY);
    if (diagnostics.stream().noneMatch(Diagnostic::isError)) {
      meshAxes.reportUnused();
    }
    return mesh.map(
        m ->
            new Plan(
                m, shard, microBatches, optimizer, pipeline, remat, offload, cache, prefetch, why));
  }

  private void version(Fields fields) {
    var version = fields.integer(PlanKeys.VERSION);
    if (version.isPresent() && version.getAsInt() != Plan.VERSION) {
      report(
          PlanCode.VERSION,
          fields,
          PlanKeys.VERSION,
          "this plan has version " + version.getAsInt() + ", not " + Plan.VERSION);
    }
  }

  private int microBatches(Fields fields) {
    int count = fields.integer(PlanKeys.MICRO_BATCHES).orElse(1);
    if (count < 1) {
      var message = count + " micro-batches: the least is 1";
      report(PlanCode.MICRO_BATCHES, fields, PlanKeys.MICRO_BATCHES, message);
    }
    return Math.max(1, count);
  }

  private Optional<PipelinePlan> pipeline(Fields fields) {
    var object = fields.members(PlanKeys.PIPELINE);
    var pipeline = object.flatMap(new PipelineReader(meshAxes, diagnostics::add)::read);
    if (object.isPresent() == pipeline.isPresent()) {
      rules.requireFitting(pipeline);
    }
    return pipeline;
  }

  private OptimizerSharding optimizer(Fields fields) {
    return fields
        .members(PlanKeys.OPTIMIZER_SHARDING)
        .map(new OptimizerReader(meshAxes, diagnostics::add)::read)
        .orElse(OptimizerSharding.NONE);
  }

  private void requireApart(Fields fields, PipelinePlan pipeline, OptimizerSharding optimizer) {
    if (optimizer.all().contains(pipeline.over())) {
      var message =
          "the pipeline runs along \"" + pipeline.over() + "\": its devices are no replicas";
      report(PlanCode.PIPELINE_AXIS, fields, PlanKeys.OPTIMIZER_SHARDING, message);
    }
  }

  private Set<Offload> offload(Fields fields) {
    var names = Arrays.stream(Offload.values()).map(Offload::text).toList();
    var found = EnumSet.noneOf(Offload.class);
    for (var item : fields.items(PlanKeys.OFFLOAD)) {
      fields
          .oneOf(PlanKeys.OFFLOAD, item, names)
          .ifPresent(name -> found.add(Offload.values()[names.indexOf(name)]));
    }
    return found;
  }

  private CachePlan cache(Fields fields, Set<Offload> offload) {
    var object = fields.members(PlanKeys.CACHE);
    if (object.isPresent() && !offload.contains(Offload.PARAMS)) {
      report(PlanCode.CACHE, fields, PlanKeys.CACHE, CacheReader.NEEDS_PARAMS);
    }
    return object.map(new CacheReader(diagnostics::add)::read).orElse(new CachePlan.None());
  }

  private void report(PlanCode code, Fields fields, String key, String message) {
    diagnostics.add(Diagnostic.of(code, fields.place(key), message));
  }
}
