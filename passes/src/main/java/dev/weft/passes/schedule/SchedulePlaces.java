package dev.weft.passes.schedule;

import dev.weft.ir.plan.PlanPlaces;
import dev.weft.ir.source.Source;
import dev.weft.ir.source.Span;

/** Where the parts of a schedule stand in what the user wrote. */
public interface SchedulePlaces {
  /** The places of a schedule that nobody wrote. */
  SchedulePlaces NONE = of(PlanPlaces.NONE);

  /** Of the schedule's name or table. */
  Span schedule();

  /** Of the row of a device in the table. */
  Span row(int device);

  /** Of a stage, counted from 0. */
  Span stage(int index);

  /** The places in a plan's text. */
  static SchedulePlaces of(PlanPlaces plan) {
    return new SchedulePlaces() {
      @Override
      public Span schedule() {
        return plan.schedule();
      }

      @Override
      public Span row(int device) {
        var row = plan.tableRow(device);
        return row.equals(Span.NONE) ? plan.schedule() : row;
      }

      @Override
      public Span stage(int index) {
        return plan.stage(index);
      }
    };
  }

  /**
   * The places of a schedule that knobs ask for.
   *
   * @param knobs their text
   */
  static SchedulePlaces ofKnobs(Span knobs) {
    return new SchedulePlaces() {
      @Override
      public Span schedule() {
        return knobs;
      }

      @Override
      public Span row(int device) {
        return knobs;
      }

      @Override
      public Span stage(int index) {
        return knobs;
      }
    };
  }

  /** The places of a table in a file of its own. */
  static SchedulePlaces ofTable(Source file) {
    var rows = TableCells.rows(file);
    return new SchedulePlaces() {
      @Override
      public Span schedule() {
        return rows.isEmpty() ? file.whole() : rows.getFirst();
      }

      @Override
      public Span row(int device) {
        return device < rows.size() ? rows.get(device) : schedule();
      }

      @Override
      public Span stage(int index) {
        return schedule();
      }
    };
  }
}
