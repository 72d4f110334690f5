package dev.weft.passes.optimizer;

import dev.weft.ir.graph.Block;
import dev.weft.ir.graph.Factor;
import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Affine;
import dev.weft.ir.op.Binary;
import dev.weft.ir.op.Contract;
import dev.weft.ir.op.Iota;
import dev.weft.ir.op.OneHot;
import dev.weft.ir.op.Reduce;
import dev.weft.ir.op.Rename;
import dev.weft.ir.op.Repeat;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds for every value of a forward program what it is to the entries of the batch. A step may cut
 * the batch into micro-batches where the results are entries, means or sums: then the whole is put
 * together from the pieces exactly.
 */
final class BatchRoles {
  private final String batch;
  private final Map<Value, BatchRole> roles = new HashMap<>();
  private Optional<Node> mixing = Optional.empty();

  BatchRoles(String batch) {
    this.batch = batch;
  }

  /** The roles of a function's outputs. */
  List<BatchRole> ofOutputs(Function function) {
    for (int i = 0; i < function.inputs().size(); i++) {
      var param = function.body().params().get(i);
      boolean entries = param.type().bears(batch);
      boolean weight = function.inputs().get(i) instanceof Port.Weight;
      roles.put(param, !entries ? BatchRole.FREE : weight ? BatchRole.MIXED : BatchRole.ENTRY);
    }
    visit(function.body());
    return function.body().yields().stream().map(this::role).toList();
  }

  /** The first node at which entries mix. */
  Optional<Node> mixing() {
    return mixing;
  }

  private BatchRole role(Value value) {
    return roles.getOrDefault(value, BatchRole.FREE);
  }

  private void visit(Block block) {
    for (var node : block.nodes()) {
      if (node.op() instanceof Repeat repeat) {
        visitRepeat(node, repeat);
      } else {
        var role = roleOf(node);
        if (role == BatchRole.MIXED && mixing.isEmpty()) {
          mixing = Optional.of(node);
        }
        node.results().forEach(r -> roles.put(r, role));
      }
    }
  }

  /** Carried roles may grow from one iteration to the next; they settle after a few rounds. */
  private void visitRepeat(Node node, Repeat repeat) {
    var body = node.bodies().getFirst();
    for (int i = 0; i < body.params().size(); i++) {
      roles.put(body.params().get(i), role(node.operand(i)));
    }
    boolean changed = true;
    while (changed) {
      visit(body);
      changed = false;
      for (int i = 0; i < repeat.carried(); i++) {
        var joined = join(role(body.params().get(i)), role(body.yields().get(i)));
        changed |= joined != roles.put(body.params().get(i), joined);
      }
    }
    for (int r = 0; r < node.types().size(); r++) {
      roles.put(node.result(r), role(body.yields().get(r)));
    }
  }

  private static BatchRole join(BatchRole a, BatchRole b) {
    if (a == b || b == BatchRole.FREE) {
      return a;
    }
    return a == BatchRole.FREE ? b : BatchRole.MIXED;
  }

  private BatchRole roleOf(Node node) {
    var in = node.operands().stream().map(this::role).toList();
    if (in.contains(BatchRole.MIXED) || dependsOnPlace(node)) {
      return BatchRole.MIXED;
    }
    boolean reduced = in.contains(BatchRole.MEAN) || in.contains(BatchRole.SUM);
    if (in.contains(BatchRole.ENTRY)) {
      return reduced ? BatchRole.MIXED : afterEntries(node);
    }
    return reduced ? afterReduction(node, in) : BatchRole.FREE;
  }

  /** Whether the value at an entry depends on the entry's place in the batch. */
  private boolean dependsOnPlace(Node node) {
    return switch (node.op()) {
      case Iota iota -> iota.axis().axis().equals(batch);
      case OneHot hot -> hot.axis().axis().equals(batch);
      case Rename(var from, var to) -> from.equals(batch) || to.equals(batch);
      default -> false;
    };
  }

  private BatchRole afterEntries(Node node) {
    var factors = node.typing().factors();
    var factor = factors.all().stream().filter(f -> f.name().equals(batch)).findFirst();
    if (factor.isEmpty() || factor.get().kind() == Factor.Kind.GATHER) {
      return BatchRole.MIXED;
    }
    boolean alone =
        factors.results().stream().flatMap(List::stream).noneMatch(w -> isMerged(w, batch));
    if (!alone) {
      return BatchRole.MIXED;
    }
    if (factor.get().kind() == Factor.Kind.PARALLEL) {
      return BatchRole.ENTRY;
    }
    return switch (node.op()) {
      case Reduce reduce ->
          switch (reduce.function()) {
            case MEAN -> BatchRole.MEAN;
            case SUM -> BatchRole.SUM;
            case MAX -> BatchRole.MIXED;
          };
      case Contract contract -> BatchRole.SUM;
      default -> BatchRole.MIXED;
    };
  }

  private static boolean isMerged(List<String> walks, String factor) {
    return walks.size() > 1 && walks.contains(factor);
  }

  private static BatchRole afterReduction(Node node, List<BatchRole> in) {
    var kinds = EnumSet.copyOf(in);
    if (kinds.contains(BatchRole.MEAN) && kinds.contains(BatchRole.SUM)) {
      return BatchRole.MIXED;
    }
    var kind = kinds.contains(BatchRole.MEAN) ? BatchRole.MEAN : BatchRole.SUM;
    boolean withFree = kinds.contains(BatchRole.FREE);
    if (node.op().isLinear()) {
      return withFree && kind == BatchRole.SUM ? BatchRole.MIXED : kind;
    }
    boolean linearHere =
        switch (node.op()) {
          case Affine affine -> kind == BatchRole.MEAN;
          case Binary binary ->
              withFree
                  && (binary.equals(Binary.MUL)
                      || (binary.equals(Binary.DIV) && in.get(1) == BatchRole.FREE));
          case Contract contract -> withFree || in.size() == 1;
          default -> false;
        };
    return linearHere ? kind : BatchRole.MIXED;
  }
}
