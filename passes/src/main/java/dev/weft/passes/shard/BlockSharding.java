package dev.weft.passes.shard;

import dev.weft.ir.graph.Block;
import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Param;
import dev.weft.ir.graph.Value;
import dev.weft.ir.mesh.Combine;
import dev.weft.ir.mesh.Sharding;
import dev.weft.ir.op.Repeat;
import dev.weft.ir.plan.Plan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The sweep over one block, in program order. */
final class BlockSharding {
  private final Plan plan;
  private final Seeds seeds;
  private final Builder builder = new Builder();
  private final Layouts layouts;

  /** Values that some user needs without partial sums: then every user may have them so. */
  private final Set<Value> summedAnyway = new HashSet<>();

  /** Layouts that values are to have in the end. */
  private final Map<Value, Sharding> wanted = new HashMap<>();

  private Optional<Node> firstOfBackward = Optional.empty();

  BlockSharding(Plan plan, Seeds seeds) {
    this.plan = plan;
    this.seeds = seeds;
    this.layouts = new Layouts(plan.mesh(), seeds, builder);
  }

  Layouts layouts() {
    return layouts;
  }

  Builder builder() {
    return builder;
  }

  /** Declares a parameter of the block with its layout. */
  void param(Param old, Sharding sharding) {
    var image = new Param(old.name(), old.type(), Optional.of(sharding));
    layouts.put(old, builder.param(image));
  }

  /** Declares a weight that lies in shares and is gathered for its uses. */
  void stored(Param old, Sharding share, Sharding use) {
    var image = new Param(old.name(), old.type(), Optional.of(share));
    layouts.store(old, builder.param(image), use);
  }

  /** Weights that are gathered before a node are gathered anew for it and what follows. */
  void forwardEndsBefore(Optional<Node> node) {
    firstOfBackward = node;
  }

  /** A value that is to have a layout in the end. */
  void want(Value value, Sharding sharding) {
    wanted.put(value, sharding);
  }

  Optional<Sharding> wanted(Value value) {
    return Optional.ofNullable(wanted.get(value));
  }

  void sweep(Block block) {
    for (var node : block.nodes()) {
      if (!node.op().isLinear()) {
        summedAnyway.addAll(node.operands());
      }
    }
    for (var node : block.nodes()) {
      builder.at(node.span());
      if (firstOfBackward.filter(node::equals).isPresent()) {
        layouts.forgetGathered();
      }
      if (Layouts.isFree(node)) {
        layouts.addFree(node);
      } else if (node.op() instanceof Repeat repeat) {
        new RepeatSharding(plan, seeds, node, repeat).emit(this);
      } else {
        emit(node);
      }
    }
  }

  Block build(List<Value> yields) {
    return builder.build(yields);
  }

  private void emit(Node node) {
    var partial = passingPartial(node);
    var operands = node.operands();
    var current = new ArrayList<Optional<Sharding>>();
    for (var operand : operands) {
      current.add(layouts.current(operand).map(s -> layouts.settledLayout(operand, s, partial)));
    }
    var typing = node.typing();
    var cut = FactorCut.decide(plan.mesh(), seeds, typing, node.operandTypes(), current, partial);
    var scattered = cut.scatterExchanged(current, partial);
    var passing = partial.stream().filter(axis -> !scattered.contains(axis)).toList();
    var images = new ArrayList<Value>();
    for (int i = 0; i < operands.size(); i++) {
      boolean sum = operands.get(i).type().dtype().isFloat();
      var wanted = cut.operand(i).withPartial(sum ? passing : List.of(), Combine.SUM);
      images.add(
          scattered.isEmpty()
              ? viaSettled(operands.get(i), wanted)
              : layouts.in(operands.get(i), wanted));
    }
    var shardings = new ArrayList<Optional<Sharding>>();
    for (int r = 0; r < node.types().size(); r++) {
      shardings.add(Optional.of(cut.result(r, passing)));
    }
    var image = builder.node(node.names(), node.op(), images, List.of(), shardings);
    for (int r = 0; r < node.types().size(); r++) {
      layouts.put(node.result(r), image.result(r));
    }
  }

  /** First sums, then moves: the sum is shared by every user of the value. */
  private Value viaSettled(Value operand, Sharding wanted) {
    var current = layouts.current(operand);
    if (current.isPresent() && !current.get().partial().equals(wanted.partial())) {
      var settled = layouts.settled(operand, wanted.partial());
      layouts.put(operand, settled);
    }
    return layouts.in(operand, wanted);
  }

  /** The axes over which every floating operand is an unfinished sum, where the op is linear. */
  private List<String> passingPartial(Node node) {
    if (!node.op().isLinear()) {
      return List.of();
    }
    Optional<Set<String>> common = Optional.empty();
    for (var operand : node.operands()) {
      if (operand.type().dtype().isFloat()) {
        var partial = pendingSums(operand);
        common.ifPresent(partial::retainAll);
        common = Optional.of(partial);
      }
    }
    return common.map(List::copyOf).orElse(List.of());
  }

  private Set<String> pendingSums(Value value) {
    var current = layouts.current(value);
    boolean may =
        current.isPresent()
            && current.get().combine() == Combine.SUM
            && !summedAnyway.contains(value);
    return may ? new TreeSet<>(current.orElseThrow().partial()) : new TreeSet<>();
  }
}
