package dev.weft.passes.knobs;

import dev.weft.ir.plan.PipelineKnobs;
import dev.weft.ir.plan.PipelinePlan;
import dev.weft.ir.plan.ScheduleChoice;
import dev.weft.ir.plan.ScheduleKind;
import dev.weft.ir.plan.SchedulePlan;
import dev.weft.ir.plan.StagePlan;
import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Code;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Span;
import dev.weft.passes.schedule.ScheduleCode;
import dev.weft.passes.schedule.StageShape;
import dev.weft.passes.schedule.TableCells;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Cuts the layers of a model into stages, and puts the stages on devices. */
final class PipelineFromKnobs {
  /** The mesh axis along which the devices of a pipeline stand. */
  static final String AXIS = "pp";

  private final PipelineKnobs knobs;
  private final LayerCut layers;
  private final StageShares shares;
  private final Span place;

  private PipelineFromKnobs(StageShares shares) {
    this.knobs = shares.knobs();
    this.layers = LayerCut.of(shares.model());
    this.shares = shares;
    this.place = shares.place();
  }

  /** The pipeline of a degree of at least 2. */
  static Checked<PipelinePlan> make(StageShares shares) {
    var pipeline = new PipelineFromKnobs(shares);
    return switch (shares.knobs().schedule().orElseGet(pipeline::usual)) {
      case ScheduleChoice.Given(SchedulePlan.Named(var kind)) -> pipeline.named(kind);
      case ScheduleChoice.Given(SchedulePlan.Table table) -> pipeline.tabled(table);
      case ScheduleChoice.InFile(var file) ->
          pipeline.failed(
              KnobCode.SCHEDULE_FILE, "the schedule's file " + file + " has not been read");
    };
  }

  private ScheduleChoice usual() {
    var kind = knobs.chunks().orElse(1) == 1 ? ScheduleKind.ONE_F_ONE_B : ScheduleKind.INTERLEAVED;
    return new ScheduleChoice.Given(new SchedulePlan.Named(kind));
  }

  private Checked<PipelinePlan> named(ScheduleKind kind) {
    var shape = StageShape.of(kind);
    int chunks = knobs.chunks().orElse(StageShape.usualChunks(kind));
    var legal = shape.chunks().orElse(chunks);
    if (legal != chunks) {
      var others = legal == 1 ? ", or schedule=interleaved, which has any number" : "";
      return failed(
          ScheduleCode.CHUNKS,
          "schedule=%s puts %s on each device, not %d; the nearest legal value is chunks=%d%s"
              .formatted(
                  kind.text(), legal == 1 ? "1 stage" : legal + " stages", chunks, legal, others));
    }
    int stages = Math.multiplyExact(knobs.degree(), chunks);
    var devices = IntStream.range(0, stages).map(s -> shape.device(s, knobs.degree())).boxed();
    return stages(devices.toList(), new SchedulePlan.Named(kind), nearest(shape, chunks));
  }

  /** The stages and their devices are those of the table. */
  private Checked<PipelinePlan> tabled(SchedulePlan.Table table) {
    if (table.rows().size() != knobs.degree()) {
      return failed(
          KnobCode.SCHEDULE_FILE,
          "the schedule's table has %d rows, one for each device; the nearest legal value is pp=%d"
              .formatted(table.rows().size(), Math.max(2, table.rows().size())));
    }
    var devices = TableCells.devices(table);
    int absent = devices.indexOf(Optional.<Integer>empty());
    if (absent >= 0 || devices.isEmpty()) {
      return failed(
          ScheduleCode.MISSING_ACTION,
          "the schedule's table has no work of stage " + Math.max(0, absent));
    }
    int chunks = Math.ceilDiv(devices.size(), knobs.degree());
    if (knobs.chunks().orElse(chunks) != chunks) {
      return failed(
          ScheduleCode.CHUNKS,
          "the schedule's table has %d stages on %d devices; the nearest legal value is chunks=%d"
              .formatted(devices.size(), knobs.degree(), chunks));
    }
    return stages(
        devices.stream().flatMap(Optional::stream).toList(),
        table,
        "a table with " + most() + " stages");
  }

  private Checked<PipelinePlan> stages(List<Integer> devices, SchedulePlan schedule, String legal) {
    if (layers.count() == 0) {
      return failed(
          KnobCode.NO_LAYERS, "pp=" + knobs.degree() + " cuts repeats, and the model has none");
    }
    if (devices.size() > most()) {
      return failed(
          KnobCode.TOO_MANY_STAGES,
          "%d stages for %d layers (%s); the nearest legal value is %s"
              .formatted(devices.size(), layers.count(), layers, legal));
    }
    return shares
        .of(devices)
        .map(counts -> new PipelinePlan(AXIS, stages(devices, layers.into(counts)), schedule));
  }

  /**
   * How many stages there can be; where places differ each stage has a layer, by which it is
   * weighed.
   */
  private int most() {
    return knobs.places().isEmpty() ? layers.stages() : layers.count();
  }

  private static List<StagePlan> stages(List<Integer> devices, List<Map<String, Integer>> cut) {
    return IntStream.range(0, devices.size())
        .mapToObj(stage -> new StagePlan(devices.get(stage), cut.get(stage)))
        .toList();
  }

  /** The knob to change where there are too many stages, and to what. */
  private String nearest(StageShape shape, int chunks) {
    int fewerChunks = most() / knobs.degree();
    return shape.chunks().isEmpty() && chunks > 1 && fewerChunks > 0
        ? "chunks=" + fewerChunks
        : "pp=" + Math.max(1, most() / shape.chunks().orElse(1));
  }

  private <T> Checked<T> failed(Code code, String message) {
    return Checked.failed(Diagnostic.of(code, place, message));
  }
}
