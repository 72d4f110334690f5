package dev.weft.testsuite.property;

import dev.weft.ir.graph.Block;
import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Param;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Fill;
import dev.weft.passes.core.ValueMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A change that makes a model smaller; empty where it does not apply. */
sealed interface Edit {
  Optional<Function> apply(Function model);

  /** Drops an output other than the loss. */
  record DropOutput(int index) implements Edit {
    @Override
    public Optional<Function> apply(Function model) {
      if (index < 1 || index >= model.outputs().size()) {
        return Optional.empty();
      }
      var yields = new ArrayList<>(model.body().yields());
      var ports = new ArrayList<>(model.outputs());
      yields.remove(index);
      ports.remove(index);
      var body = new Block(model.body().params(), model.body().nodes(), yields);
      return Optional.of(new Function(model.name(), model.inputs(), body, ports));
    }
  }

  /** What stands for the results of a node that is dropped. */
  enum Substitute {
    FIRST_OPERAND,
    SECOND_OPERAND,
    INPUT,
    CONSTANT
  }

  /**
   * Drops a node.
   *
   * @param index among all nodes of the model, those of bodies after the node that owns them
   */
  record DropNode(int index, Substitute by) implements Edit {
    @Override
    public Optional<Function> apply(Function model) {
      var nodes = model.body().allNodes().toList();
      return index < nodes.size()
          ? new Replacement(model, nodes.get(index), by).function()
          : Optional.empty();
    }
  }

  /** A model in which one node is replaced by values of the same types. */
  final class Replacement {
    private final Function model;
    private final Node dropped;
    private final Substitute by;
    private final List<Param> inputs = new ArrayList<>();
    private boolean possible = true;

    Replacement(Function model, Node dropped, Substitute by) {
      this.model = model;
      this.dropped = dropped;
      this.by = by;
    }

    Optional<Function> function() {
      boolean nested = !model.body().nodes().contains(dropped);
      possible &= !(nested && by == Substitute.INPUT);
      possible &= dropped.types().stream().allMatch(t -> t.dtype().isFloat());
      var body = possible ? rebuilt(model.body()) : model.body();
      if (!possible) {
        return Optional.empty();
      }
      var params = new ArrayList<>(body.params());
      params.addAll(inputs);
      var ports = new ArrayList<>(model.inputs());
      for (var input : inputs) {
        ports.add(new Port.Data(input.name(), OptionalLong.empty(), OptionalInt.empty()));
      }
      return Optional.of(
          new Function(
              model.name(),
              ports,
              new Block(params, body.nodes(), body.yields()),
              model.outputs()));
    }

    private Block rebuilt(Block block) {
      var builder = new Builder();
      var map = new ValueMap();
      block.params().forEach(p -> map.put(p, p));
      for (var node : block.nodes()) {
        if (node == dropped) {
          node.results().forEach(r -> map.put(r, substitute(r, map, builder)));
        } else {
          copy(node, map, builder);
        }
      }
      var yields = map.get(block.yields());
      return new Block(block.params(), builder.build(List.of()).nodes(), yields);
    }

    private void copy(Node node, ValueMap map, Builder builder) {
      map.copy(node, node.bodies().stream().map(this::rebuilt).toList(), builder);
    }

    private Value substitute(Value result, ValueMap map, Builder builder) {
      return switch (by) {
        case FIRST_OPERAND -> operand(0, result, map, builder);
        case SECOND_OPERAND -> operand(1, result, map, builder);
        case CONSTANT -> constant(result, builder);
        case INPUT -> {
          var name = "cut" + (model.inputs().size() + inputs.size());
          inputs.add(new Param(name, result.type()));
          yield inputs.getLast();
        }
      };
    }

    /** The n-th operand of the result's type. */
    private Value operand(int n, Value result, ValueMap map, Builder builder) {
      var alike = dropped.operands().stream().filter(v -> v.type().equals(result.type())).toList();
      if (n >= alike.size()) {
        possible = false;
        return constant(result, builder);
      }
      return map.get(alike.get(n));
    }

    private static Value constant(Value result, Builder builder) {
      return builder.emit("c", new Fill(0.5, result.type()));
    }
  }
}
