package dev.weft.passes.lower;

import dev.weft.ir.graph.Block;
import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Cut;
import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Param;
import dev.weft.ir.graph.Property;
import dev.weft.ir.mesh.Mesh;
import dev.weft.ir.mesh.Sharding;
import dev.weft.ir.op.Reshard;
import dev.weft.ir.source.Checked;
import dev.weft.passes.core.Pass;
import dev.weft.passes.core.PassInfo;
import dev.weft.passes.core.ValueMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Turns the sharded whole program into the program of one device: types become local, ops take
 * their local form, every {@code reshard} becomes collectives.
 *
 * <pre>{@code
 * %y = contract %x, %w : f64[b=8, d=64] on [dp, _] partial sum(tp)
 * %z = reshard %y {target=[dp, tp]}
 * ---
 * %y = contract %x, %w : f64[b=4, d=64]
 * %z = reduce_scatter %y {axis="d", over=[tp]} : f64[b=4, d=32]
 * }</pre>
 *
 * The values keep their shardings as a record of where a piece lies in the whole.
 */
public record Lower() implements Pass {
  @Override
  public PassInfo info() {
    return new PassInfo(
        "lower",
        "makes types local to a device and collectives explicit",
        Set.of(Property.SHARDED),
        Set.of(Property.LOWERED),
        Set.of(Property.LOWERED));
  }

  @Override
  public Checked<Module> run(Module module) {
    var used = usedAxes(module);
    return Checked.ok(module.map(f -> lower(f, module.mesh(), used)).with(Property.LOWERED));
  }

  /**
   * The mesh axes along which some value is cut or partial. Along others, such as that of a
   * pipeline, devices may run different programs.
   */
  private static Set<String> usedAxes(Module module) {
    var used = new HashSet<String>();
    for (var function : module.functions()) {
      Stream.concat(
              function.body().params().stream(),
              function.body().allNodes().flatMap(node -> node.results().stream()))
          .flatMap(value -> value.sharding().stream())
          .forEach(sharding -> used.addAll(sharding.axes()));
    }
    return used;
  }

  private static Function lower(Function function, Mesh mesh, Set<String> used) {
    var body = lower(function.body(), mesh, used);
    return new Function(function.name(), function.inputs(), body, function.outputs());
  }

  private static Block lower(Block block, Mesh mesh, Set<String> used) {
    var builder = new Builder();
    var map = new ValueMap();
    for (var param : block.params()) {
      var sharding = param.sharding().orElseThrow();
      var local = sharding.local(param.type(), mesh);
      map.put(param, builder.param(new Param(param.name(), local, Optional.of(sharding))));
    }
    for (var node : block.nodes()) {
      builder.at(node.span());
      if (node.op() instanceof Reshard(var target)) {
        var from = node.operand(0).sharding().orElseThrow();
        var steps = new Movement(mesh, used, builder, map.get(node.operand(0)), from);
        map.put(node.result(), steps.to(target));
      } else {
        emitLocal(node, mesh, used, builder, map);
      }
    }
    return builder.build(map.get(block.yields()));
  }

  private static void emitLocal(
      Node node, Mesh mesh, Set<String> used, Builder builder, ValueMap map) {
    var local = node.op().localize(cut(node, mesh), node.operandTypes());
    var bodies = node.bodies().stream().map(b -> lower(b, mesh, used)).toList();
    var copy =
        builder.node(node.names(), local, map.get(node.operands()), bodies, node.shardings());
    for (int r = 0; r < node.types().size(); r++) {
      requireLocal(node, r, copy, mesh);
      map.put(node.result(r), copy.result(r));
    }
  }

  private static void requireLocal(Node node, int result, Node copy, Mesh mesh) {
    var sharding = node.shardings().get(result).orElseThrow();
    var expected = sharding.local(node.types().get(result), mesh);
    if (!copy.types().get(result).equals(expected)) {
      throw new IllegalStateException(
          node.op().name() + " is local as " + copy.types().get(result) + ", not " + expected);
    }
  }

  /** How the factors of a node are cut, read back from the layouts of its values. */
  private static Cut cut(Node node, Mesh mesh) {
    var factors = node.typing().factors();
    var axes = new HashMap<String, List<String>>();
    for (int i = 0; i < node.operands().size(); i++) {
      var sharding = node.operand(i).sharding().orElseThrow();
      collect(factors.operands().get(i), sharding, axes);
    }
    for (int r = 0; r < node.types().size(); r++) {
      collect(factors.results().get(r), node.shardings().get(r).orElseThrow(), axes);
    }
    return new Cut(mesh, axes);
  }

  private static void collect(
      List<List<String>> walks, Sharding sharding, Map<String, List<String>> axes) {
    for (int d = 0; d < walks.size(); d++) {
      if (!walks.get(d).isEmpty() && !sharding.dims().get(d).isEmpty()) {
        axes.put(walks.get(d).getFirst(), sharding.dims().get(d));
      }
    }
  }
}
