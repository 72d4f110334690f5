package dev.weft.cli.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.weft.cli.compile.Compilation;
import dev.weft.cli.pricing.ClusterChoice;
import dev.weft.ir.graph.Port;
import dev.weft.ir.plan.PlanJson;
import dev.weft.passes.simulate.Binding;
import dev.weft.passes.simulate.MemoryPrice;
import dev.weft.passes.simulate.PlacePrice;
import dev.weft.passes.simulate.StepPrice;
import java.util.stream.Collectors;

/** What a training step takes on a cluster. */
public record SimulationView(Compilation compilation, ClusterChoice on, StepPrice price)
    implements View {
  @Override
  public String text() {
    return title() + "\n" + figures() + "\n" + spent() + "\n" + places() + "\n" + memory() + "\n"
        + fit() + binds();
  }

  @Override
  public void json(ObjectNode document) {
    document.put("model", compilation.model().name());
    document.put("parameters", parameters());
    document.put("precision", precision());
    document.put("cluster", on.cluster().name());
    document.put("software", on.software().name());
    new SimulationJson(price).write(document);
    document.put("binds_text", sentence());
    document.putRawValue("plan", new RawValue(PlanJson.write(compilation.plan()).strip()));
  }

  private String title() {
    var mesh = compilation.plan().mesh();
    return "%s: %s parameters in %s on %s%s of %s, software %s%n"
        .formatted(
            compilation.model().name(),
            Quantity.grouped(parameters()),
            precision(),
            Quantity.counted(price.devices(), "device"),
            mesh.axes().isEmpty() ? "" : " " + mesh,
            on.cluster().name(),
            on.software().name());
  }

  private String figures() {
    return new Columns(Columns.Align.LEFT, Columns.Align.RIGHT, Columns.Align.LEFT)
        .row("step", Quantity.seconds(price.seconds()))
        .row("tokens/s of a device", Quantity.digits(price.tokensPerSecondPerDevice()))
        .row("model flop/s of a device", flops(price.modelFlops()), part(price.mfu(), "MFU"))
        .row("hardware flop/s of a device", flops(price.hardwareFlops()), part(price.hfu(), "HFU"))
        .row("bubble", Quantity.percent(price.bubble()))
        .text();
  }

  private String flops(double ofStep) {
    return Quantity.rate(ofStep / price.seconds() / price.devices());
  }

  private static String part(double share, String name) {
    return Quantity.percent(share) + " of the peak (" + name + ")";
  }

  private String spent() {
    var table =
        new Columns(Columns.Align.LEFT, Columns.Align.RIGHT, Columns.Align.RIGHT)
            .row("the average device spends", "in a step", "part");
    for (var binding : Binding.of(price)) {
      double seconds = binding.seconds(price);
      table.row(
          binding.text(), Quantity.seconds(seconds), Quantity.percent(seconds / price.seconds()));
    }
    return table.text();
  }

  private String places() {
    var right = Columns.Align.RIGHT;
    var table =
        new Columns(
                right, Columns.Align.LEFT, Columns.Align.LEFT, right, right, right, right, right)
            .row("place", "device", "stages", "work", "messages", "bubble", "peak memory", "free");
    for (int i = 0; i < price.places().size(); i++) {
      var place = price.places().get(i);
      table.row(
          Integer.toString(i),
          place.device(),
          place.stages().stream().map(String::valueOf).collect(Collectors.joining(",")),
          Quantity.seconds(place.work().total()),
          Quantity.seconds(place.transfers()),
          Quantity.percent(place.bubble() / price.seconds()),
          Quantity.bytes(place.memory().deviceBytes()),
          free(place));
    }
    return table.text();
  }

  private static String free(PlacePrice place) {
    return place.freeBytes() < 0
        ? "-" + Quantity.bytes(-place.freeBytes())
        : Quantity.bytes(place.freeBytes());
  }

  private String memory() {
    MemoryPrice memory = price.memory();
    return new Columns(Columns.Align.LEFT, Columns.Align.RIGHT)
        .row("memory of place " + price.places().indexOf(price.fullest()), "")
        .row("weights", Quantity.bytes(memory.weights()))
        .row("gradients", Quantity.bytes(memory.gradients()))
        .row("optimizer", Quantity.bytes(memory.optimizer()))
        .row("activations", Quantity.bytes(memory.activations()))
        .row("working", Quantity.bytes(memory.working()))
        .row("reserved", Quantity.bytes(memory.reserved()))
        .row("fragmentation", Quantity.bytes(memory.fragmentation()))
        .row("together", Quantity.bytes(memory.deviceBytes()))
        .text();
  }

  private String fit() {
    var place = price.fullest();
    var where = "place " + price.places().indexOf(place);
    var capacity = Quantity.bytes(place.capacityBytes());
    return price.fits()
        ? "✓ it fits: at least %s of %s are free (%s)%n"
            .formatted(Quantity.bytes(place.freeBytes()), capacity, where)
        : "✗ out of memory: a device of %s has %s and lacks %s%n"
            .formatted(where, capacity, Quantity.bytes(-place.freeBytes()));
  }

  private String binds() {
    return sentence() + "\n";
  }

  /** What binds, with what follows it. */
  private String sentence() {
    var all = Binding.of(price);
    var first = "What binds: " + described(all.getFirst());
    return all.size() == 1 ? first + "." : first + "; then " + described(all.get(1)) + ".";
  }

  private String described(Binding binding) {
    return binding.text() + ", " + Quantity.percent(binding.seconds(price) / price.seconds());
  }

  private String precision() {
    return compilation.model().recipe().precision().text();
  }

  private long parameters() {
    var function = compilation.model().module().only();
    return function.inputIndices(Port.Weight.class).stream()
        .mapToLong(i -> function.body().params().get(i).type().elements())
        .sum();
  }
}
