package dev.weft.passes.cost;

import dev.weft.ir.graph.Composite;
import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Module;
import dev.weft.ir.type.MemorySpace;
import dev.weft.passes.simplify.ExpandComposites;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The most memory that a lowered program uses at once on one device: of the device's own memory, or
 * of its host's.
 *
 * @param peakBytes to the byte what the grid measures
 * @param terms what it is for, at the first moment at which so much is used
 */
public record MemoryUse(long peakBytes, Terms terms) {
  /**
   * A training step on one device: its weights begin one buffer, end to end; every other input has
   * a buffer of its own.
   *
   * @throws IllegalArgumentException when the program is not lowered
   */
  public static MemoryUse of(Module module, int device) {
    return of(module, device, MemorySpace.DEVICE);
  }

  /** As {@link #of(Module, int)}, of a given memory. */
  public static MemoryUse of(Module module, int device, MemorySpace counted) {
    var primitive = primitive(module);
    return of(primitive, primitive.program(device), counted);
  }

  /** Of every device; devices with one program share the answer. */
  public static List<MemoryUse> ofDevices(Module module) {
    return ofDevices(module, MemorySpace.DEVICE);
  }

  /** As {@link #ofDevices(Module)}, of a given memory. */
  public static List<MemoryUse> ofDevices(Module module, MemorySpace counted) {
    var primitive = primitive(module);
    Map<String, MemoryUse> known = new HashMap<>();
    return IntStream.range(0, module.mesh().devices())
        .mapToObj(primitive::program)
        .map(f -> known.computeIfAbsent(f.name(), _ -> of(primitive, f, counted)))
        .toList();
  }

  /**
   * A function by itself: each input has a buffer of its own, which dies after its last use.
   *
   * @param module where the functions are that it calls
   * @throws IllegalArgumentException when the function is not lowered
   */
  public static MemoryUse ofFunction(Module module, Function function) {
    return ofFunction(module, function, MemorySpace.DEVICE);
  }

  /** As {@link #ofFunction(Module, Function)}, of a given memory. */
  public static MemoryUse ofFunction(Module module, Function function, MemorySpace counted) {
    var primitive = primitive(module.withOnly(function)).only();
    var inputs = InputLayout.separate(primitive, counted);
    return use(inputs, primitive, new Callees(primitive(module), counted));
  }

  private static MemoryUse of(Module module, Function program, MemorySpace counted) {
    return use(InputLayout.packed(program, counted), program, new Callees(module, counted));
  }

  private static MemoryUse use(InputLayout inputs, Function function, Callees callees) {
    var effect = new Effects().of(inputs.pattern(callees.code(function)));
    return new MemoryUse(effect.peakBytes(), effect.peak());
  }

  /** Composite ops run as the primitives that they stand for. */
  private static Module primitive(Module module) {
    boolean isPrimitive =
        module.functions().stream()
            .flatMap(f -> f.body().allNodes())
            .noneMatch(node -> node.op() instanceof Composite);
    return isPrimitive ? module : new ExpandComposites().run(module).orThrow();
  }
}
