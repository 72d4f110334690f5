package dev.weft.cli.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.weft.cli.render.Columns.Align;
import dev.weft.ir.plan.KnobsText;
import dev.weft.passes.search.Outcome;
import dev.weft.passes.search.Target;
import java.util.Locale;
import java.util.Optional;

/**
 * The best plans that a search has found.
 *
 * @param plan the JSON of the best
 * @param seconds that the search has taken
 * @param file where the plan was written to; empty: nowhere
 */
public record SearchView(
    Outcome outcome, Target target, String plan, double seconds, Optional<String> file)
    implements View {
  /** A part of a step that two decimals of a percentage do not show. */
  private static final double HARDLY = 5e-5;

  @Override
  public String text() {
    var table =
        new Columns(Align.RIGHT, Align.RIGHT, Align.RIGHT, Align.RIGHT, Align.LEFT, Align.LEFT)
            .row("", "step", "MFU", "memory", "binds", "plan");
    int rank = 1;
    for (var found : outcome.best()) {
      table.row(
          Integer.toString(rank++),
          String.format(Locale.ROOT, "%.4g s", found.price().seconds()),
          String.format(Locale.ROOT, "%.1f%%", 100 * found.price().mfu()),
          Quantity.bytes(found.price().memory().deviceBytes()),
          new StepShares(found.price()).text(2),
          new FoundPlan(found).knobs());
    }
    return table.text() + "\n" + why();
  }

  private String why() {
    var best = outcome.best().getFirst();
    var out = new StringBuilder();
    out.append(
        "  %s of %s of memory may be filled on %s; %s of %s plans simulated, %.2f s\n"
            .formatted(
                Quantity.bytes(target.limitBytes()),
                Quantity.bytes(target.capacityBytes()),
                Quantity.counted(target.devices(), "device"),
                Quantity.grouped(outcome.evaluated()),
                Quantity.grouped(outcome.space()),
                seconds));
    if (outcome.best().size() > 1) {
      var second = outcome.best().get(1);
      double more = second.price().seconds() / best.price().seconds() - 1;
      var where = new StepShares(best.price()).longer(second.price());
      out.append("  the runner-up takes ").append(later(more)).append(where.isEmpty() ? "" : ": ");
      out.append(where).append("\n");
    }
    return out.toString();
  }

  private static String later(double part) {
    return part < HARDLY ? "as long" : String.format(Locale.ROOT, "%.2f%% longer", 100 * part);
  }

  @Override
  public void json(ObjectNode document) {
    document.putRawValue("plan", new RawValue(plan.strip()));
    document.put("step_seconds", outcome.best().getFirst().price().seconds());
    document.put("search_seconds", seconds);
    document.put("evaluated", outcome.evaluated());
    document.put("space", outcome.space());
    document.put("devices", target.devices());
    document.put("limit_bytes", target.limitBytes());
    var best = document.putArray("best");
    for (var found : outcome.best()) {
      var entry = best.addObject();
      entry.put("knobs", KnobsText.of(found.knobs()));
      entry.put("micro_batch", found.size());
      entry.put("step_seconds", found.price().seconds());
      entry.put("mfu", found.price().mfu());
      entry.put("memory_bytes", found.price().memory().deviceBytes());
      new StepShares(found.price()).json(entry.putObject("seconds"));
    }
    file.ifPresent(name -> document.put("file", name));
  }
}
