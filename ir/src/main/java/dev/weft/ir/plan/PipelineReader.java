package dev.weft.ir.plan;

import dev.weft.ir.json.Fields;
import dev.weft.ir.json.Json;
import dev.weft.ir.mesh.MeshAxis;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Reads {@code pipeline}. What actions a table may hold is known to the passes alone. */
final class PipelineReader {
  private static final List<String> SCHEDULES =
      Arrays.stream(ScheduleKind.values()).map(ScheduleKind::text).toList();

  private final MeshAxes meshAxes;
  private final Consumer<Diagnostic> report;

  PipelineReader(MeshAxes meshAxes, Consumer<Diagnostic> report) {
    this.meshAxes = meshAxes;
    this.report = report;
  }

  /** The pipeline; empty when its mesh axis or its schedule is absent or wrong. */
  Optional<PipelinePlan> read(Json.Members object) {
    var fields = new Fields(object, PlanKeys.OF_PIPELINE, PlanCode.JSON, report);
    fields.require(PlanKeys.OVER, PlanKeys.SCHEDULE, PlanKeys.STAGES);
    var axis = meshAxes.single(fields);
    axis.ifPresent(a -> meshAxes.use(List.of(a.name())));
    var stages = new ArrayList<StagePlan>();
    for (var item : fields.items(PlanKeys.STAGES)) {
      stage(fields, item, axis).ifPresent(stages::add);
    }
    axis.ifPresent(a -> requireStages(fields, a, stages));
    var schedule = fields.find(PlanKeys.SCHEDULE).flatMap(s -> schedule(fields, s, axis));
    return axis.flatMap(a -> schedule.map(s -> new PipelinePlan(a.name(), stages, s)));
  }

  private Optional<StagePlan> stage(Fields pipeline, Json item, Optional<MeshAxis> axis) {
    if (!(item instanceof Json.Members object)) {
      return pipeline.wrong("an entry of \"stages\"", "an object", item);
    }
    var fields = new Fields(object, PlanKeys.STAGE, PlanCode.JSON, report);
    fields.require(PlanKeys.DEVICE);
    var device = fields.integer(PlanKeys.DEVICE);
    int devices = axis.map(MeshAxis::size).orElse(Integer.MAX_VALUE);
    if (device.isPresent() && (device.getAsInt() < 0 || device.getAsInt() >= devices)) {
      var message =
          "there is no device %d along \"%s\"; devices are 0 to %d"
              .formatted(device.getAsInt(), axis.map(MeshAxis::name).orElse(""), devices - 1);
      report.accept(Diagnostic.of(PlanCode.STAGES, fields.place(PlanKeys.DEVICE), message));
    }
    var layers = fields.members(PlanKeys.LAYERS).map(l -> layers(fields, l)).orElse(Map.of());
    return device.isPresent()
        ? Optional.of(new StagePlan(device.getAsInt(), layers))
        : Optional.empty();
  }

  private Map<String, Integer> layers(Fields stage, Json.Members object) {
    var layers = new LinkedHashMap<String, Integer>();
    for (var member : object.members()) {
      int count = stage.integer(member.key(), member.value()).orElse(1);
      if (count < 1) {
        var message =
            count + " layers of \"" + member.key() + "\": leave it out where there are none";
        report.accept(Diagnostic.of(PlanCode.STAGES, member.value().span(), message));
      }
      if (layers.putIfAbsent(member.key(), count) != null) {
        var message = "the repeat \"" + member.key() + "\" is given twice";
        report.accept(Diagnostic.of(PlanCode.REPEATED_KEY, member.keySpan(), message));
      }
    }
    return layers;
  }

  private void requireStages(Fields fields, MeshAxis axis, List<StagePlan> stages) {
    var idle =
        IntStream.range(0, axis.size())
            .filter(d -> stages.stream().noneMatch(s -> s.device() == d))
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(", "));
    if (!idle.isEmpty() && fields.find(PlanKeys.STAGES).isPresent()) {
      var message = "no stage lies on these devices along \"" + axis.name() + "\": " + idle;
      report.accept(Diagnostic.of(PlanCode.STAGES, fields.place(PlanKeys.STAGES), message));
    }
  }

  private Optional<SchedulePlan> schedule(Fields pipeline, Json value, Optional<MeshAxis> axis) {
    if (value instanceof Json.Members object) {
      return Optional.of(table(object, axis));
    }
    if (!(value instanceof Json.Text)) {
      return pipeline.wrong("\"schedule\"", "a name, or an object with a \"table\"", value);
    }
    return pipeline
        .oneOf(PlanKeys.SCHEDULE, value, SCHEDULES)
        .flatMap(ScheduleKind::of)
        .map(SchedulePlan.Named::new);
  }

  private SchedulePlan table(Json.Members object, Optional<MeshAxis> axis) {
    var fields = new Fields(object, PlanKeys.OF_SCHEDULE, PlanCode.JSON, report);
    fields.require(PlanKeys.TABLE);
    var rows = fields.texts(PlanKeys.TABLE);
    int devices = axis.map(MeshAxis::size).orElse(rows.size());
    if (rows.size() != devices && fields.find(PlanKeys.TABLE).isPresent()) {
      var message =
          "the table has %d rows, one for each device, but \"%s\" has %d devices"
              .formatted(rows.size(), axis.map(MeshAxis::name).orElse(""), devices);
      Span place = fields.place(PlanKeys.TABLE);
      report.accept(Diagnostic.of(PlanCode.STAGES, place, message));
    }
    return new SchedulePlan.Table(rows);
  }
}
