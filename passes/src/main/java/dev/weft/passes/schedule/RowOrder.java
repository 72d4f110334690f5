package dev.weft.passes.schedule;

import dev.weft.ir.plan.ScheduleKind;
import dev.weft.ir.schedule.Row;

/** The rule by which a schedule orders the work of each device. */
interface RowOrder {
  /**
   * The work of a device.
   *
   * @param device its place along the pipeline
   */
  Row row(int device);

  /** When a device keeps the most; an order that knows need not make its row. */
  default Fullest fullest(int device) {
    return Fullest.of(row(device));
  }

  /** The order of a kind of schedule. */
  static RowOrder of(ScheduleKind kind, PipelineSize size) {
    return switch (kind) {
      case GPIPE -> new GPipe(size);
      case ONE_F_ONE_B -> new OneForwardOneBackward(size);
      case INTERLEAVED -> new Interleaved(size);
      case ZB_H1 -> new ZeroBubbleH1(size);
      case ZB_H2 -> new ZeroBubbleH2(size);
      case ZB_V -> new ZeroBubbleV(size);
      case DUALPIPE_V -> new DualPipeV(size);
    };
  }
}
