package dev.weft.passes.cost;

import dev.weft.ir.graph.Block;
import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Node;
import dev.weft.ir.op.Call;
import dev.weft.ir.op.Collective;
import dev.weft.ir.op.Repeat;
import dev.weft.ir.op.Send;
import dev.weft.ir.op.ToDevice;
import dev.weft.ir.op.ToHost;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What a run of a lowered program sends.
 *
 * @param byKind by kind of collective ({@code Collective.kind}) and {@code send}, sorted
 */
public record TrafficUse(Map<String, Sent> byKind) {
  private static final TrafficUse NONE = new TrafficUse(Map.of());

  public TrafficUse {
    byKind = Collections.unmodifiableMap(new TreeMap<>(byKind));
  }

  /** What one device sends; the same as every other device of its program. */
  public static TrafficUse of(Module module, int device) {
    return new Counting(module).of(module.program(device));
  }

  /** What all devices send together. */
  public static TrafficUse ofAllDevices(Module module) {
    var counting = new Counting(module);
    return IntStream.range(0, module.mesh().devices())
        .mapToObj(module::program)
        .map(counting::of)
        .reduce(NONE, TrafficUse::plus);
  }

  public TrafficUse plus(TrafficUse other) {
    var sum = new TreeMap<>(byKind);
    other.byKind.forEach((kind, sent) -> sum.merge(kind, sent, Sent::plus));
    return new TrafficUse(sum);
  }

  public TrafficUse times(long count) {
    if (count == 0) {
      return NONE;
    }
    var product = new TreeMap<String, Sent>();
    byKind.forEach((kind, sent) -> product.put(kind, sent.times(count)));
    return new TrafficUse(product);
  }

  private static TrafficUse of(String kind, long bytes) {
    return new TrafficUse(Map.of(kind, new Sent(1, bytes)));
  }

  /** Counts each function once. */
  private static final class Counting {
    private final Module module;
    private final Map<String, TrafficUse> known = new HashMap<>();

    Counting(Module module) {
      this.module = module;
    }

    TrafficUse of(Function function) {
      var use = known.get(function.name());
      if (use == null) {
        use = of(function.body());
        known.put(function.name(), use);
      }
      return use;
    }

    private TrafficUse of(Block block) {
      var sum = new TreeMap<String, Sent>();
      for (var node : block.nodes()) {
        of(node).byKind().forEach((kind, sent) -> sum.merge(kind, sent, Sent::plus));
      }
      return new TrafficUse(sum);
    }

    private TrafficUse of(Node node) {
      return switch (node.op()) {
        case Call call -> of(module.function(call.callee()));
        case Collective collective ->
            TrafficUse.of(collective.kind(), collective.sentBytes(node.operand(0).type()));
        case Repeat repeat -> of(node.bodies().getFirst()).times(repeat.axis().size());
        case Send send -> TrafficUse.of(send.name(), node.operand(0).type().bytes());
        case ToHost _, ToDevice _ ->
            TrafficUse.of(node.op().name(), node.operand(0).type().bytes());
        default -> NONE;
      };
    }
  }
}
