package dev.weft.cli.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.passes.simulate.Binding;
import dev.weft.passes.simulate.MemoryPrice;
import dev.weft.passes.simulate.PlacePrice;
import dev.weft.passes.simulate.StepPrice;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The members of a price in JSON. */
record SimulationJson(StepPrice price) {
  private static final List<Binding> COMMUNICATION =
      List.of(
          Binding.TENSOR,
          Binding.TRANSFERS,
          Binding.GRADIENTS,
          Binding.WEIGHTS,
          Binding.HOST_COPIES);

  void write(ObjectNode node) {
    node.put("devices", price.devices());
    node.put("tokens", price.tokens());
    node.put("step_seconds", price.seconds());
    node.put("tokens_per_second_per_device", price.tokensPerSecondPerDevice());
    node.put("model_flops", price.modelFlops());
    node.put("hardware_flops", price.hardwareFlops());
    node.put("mfu", price.mfu());
    node.put("hfu", price.hfu());
    node.put("bubble", price.bubble());
    node.put("binds", name(price.binding()));
    write(List.of(Binding.values()), b -> b.seconds(price), node.putObject("seconds"));
    write(COMMUNICATION, b -> b.seconds(price), node.putObject("exposed_communication_seconds"));
    node.put("fits", price.fits());
    node.put("peak_memory_bytes", price.memory().deviceBytes());
    node.put("memory_capacity_bytes", price.capacityBytes());
    node.put("memory_free_bytes", price.fullest().freeBytes());
    node.put("fullest_place", price.places().indexOf(price.fullest()));
    var places = node.putArray("places");
    price.places().forEach(place -> write(place, places.addObject()));
  }

  private static void write(PlacePrice place, ObjectNode node) {
    node.put("device", place.device());
    var stages = node.putArray("stages");
    place.stages().forEach(stages::add);
    write(List.of(Binding.values()), b -> b.seconds(place), node.putObject("seconds"));
    write(place.memory(), node.putObject("memory_bytes"));
    node.put("memory_capacity_bytes", place.capacityBytes());
    node.put("memory_free_bytes", place.freeBytes());
  }

  private static void write(
      List<Binding> kinds, ToDoubleFunction<Binding> seconds, ObjectNode node) {
    kinds.forEach(kind -> node.put(name(kind), seconds.applyAsDouble(kind)));
  }

  private static void write(MemoryPrice memory, ObjectNode node) {
    node.put("weights", memory.weights());
    node.put("gradients", memory.gradients());
    node.put("optimizer", memory.optimizer());
    node.put("activations", memory.activations());
    node.put("working", memory.working());
    node.put("reserved", memory.reserved());
    node.put("fragmentation", memory.fragmentation());
    node.put("total", memory.deviceBytes());
  }

  private static String name(Binding binding) {
    return binding.name().toLowerCase(Locale.ROOT);
  }
}
