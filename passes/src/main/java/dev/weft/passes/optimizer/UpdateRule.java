package dev.weft.passes.optimizer;

import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Op;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.AdamUpdate;
import dev.weft.ir.op.Binary;
import dev.weft.ir.op.BinaryFunction;
import dev.weft.ir.op.DecayGroups;
import dev.weft.ir.op.Fill;
import dev.weft.ir.op.LambDirection;
import dev.weft.ir.op.LambUpdate;
import dev.weft.ir.op.LearningRate;
import dev.weft.ir.op.LossScaleUpdate;
import dev.weft.ir.op.Select;
import dev.weft.ir.op.SgdUpdate;
import dev.weft.ir.op.Unary;
import dev.weft.ir.op.UnaryFunction;
import dev.weft.ir.plan.LossScale;
import dev.weft.ir.plan.OptimizerSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The arithmetic of an update: the learning rate of the step, the norm of all gradients and what
 * follows from it, the optimizer's own op, and the choice to change nothing.
 *
 * <pre>{@code
 * %norm = sqrt (all_reduce (reduce (segment_squares %grad)))
 * %clip = min (div %limit, %norm), 1
 * %new, %new_m, %new_v = adam_update %weights, %grad, %m, %v, %step, %lr, %clip
 * }</pre>
 *
 * @param groups the weight decay of this device's share
 */
record UpdateRule(
    OptimizerSpec optimizer, UpdateState state, Norms norms, DecayGroups groups, Builder builder) {
  /** The name of the new weights among the results; the others have the names of their slots. */
  private static final String WEIGHTS = "weights";

  /**
   * What an update gives.
   *
   * @param weights the new weights, in the precision of the state
   * @param state the new state, in the order of its ports
   */
  record Fresh(Value weights, List<Value> state) {}

  /**
   * Emits the update.
   *
   * @param weights this device's share, in the precision of the state
   * @param gradient as it was summed; a multiple of the gradient where the loss is scaled
   * @param there the gradient in the memory of the weights and the state
   */
  Fresh emit(Value weights, Value gradient, Value there) {
    var rules = optimizer.rules();
    Optional<Value> squares =
        rules.clipNorm().isPresent() || rules.lossScale().isPresent()
            ? Optional.of(norms.total(gradient))
            : Optional.empty();
    var results = updated(weights, there, squares.map(this::factor));
    rules.lossScale().ifPresent(s -> guard(results, weights, squares.orElseThrow(), s));
    if (state.isMixed()) {
      results.put(UpdateState.MASTER, required(results, WEIGHTS));
    }
    var slots = state.ports().stream().map(p -> required(results, p.name())).toList();
    return new Fresh(required(results, WEIGHTS), slots);
  }

  private static Value required(Map<String, Value> results, String name) {
    return Optional.ofNullable(results.get(name)).orElseThrow();
  }

  /** What the gradient is multiplied by: the scale of the loss undone, and the norm limited. */
  private Value factor(Value squares) {
    var one = constant("one", 1);
    var scale = state.find(UpdateState.SCALE);
    var clip = optimizer.rules().clipNorm();
    Value factor = one;
    if (clip.isPresent()) {
      Value norm = builder.emit("norm", new Unary(UnaryFunction.SQRT), squares);
      if (scale.isPresent()) {
        norm = builder.emit("norm", Binary.DIV, norm, scale.get());
      }
      var ratio = builder.emit("ratio", Binary.DIV, constant("limit", clip.getAsDouble()), norm);
      factor = builder.emit("clip", new Binary(BinaryFunction.MIN), ratio, one);
    }
    return scale.isPresent() ? builder.emit("unscale", Binary.DIV, factor, scale.get()) : factor;
  }

  /** New weights and moments, by name. */
  private Map<String, Value> updated(Value weights, Value gradient, Optional<Value> factor) {
    var operands = new ArrayList<>(List.of(weights, gradient));
    state.moments().forEach(name -> operands.add(state.get(name)));
    return switch (optimizer) {
      case OptimizerSpec.Sgd sgd -> {
        operands.add(rate());
        factor.ifPresent(operands::add);
        yield results(new SgdUpdate(sgd.momentum()), operands);
      }
      case OptimizerSpec.Adam adam -> {
        operands.addAll(List.of(state.step(), rate()));
        factor.ifPresent(operands::add);
        yield results(
            new AdamUpdate(adam.beta1(), adam.beta2(), adam.eps(), groups, adam.decay()), operands);
      }
      case OptimizerSpec.Lamb lamb -> {
        operands.add(state.step());
        factor.ifPresent(operands::add);
        var direction =
            results(new LambDirection(lamb.beta1(), lamb.beta2(), lamb.eps(), groups), operands);
        direction.computeIfPresent(WEIGHTS, (_, u) -> along(weights, u));
        yield direction;
      }
    };
  }

  private Value along(Value weights, Value direction) {
    return builder.emit(
        "updated",
        new LambUpdate(norms.segments()),
        weights,
        direction,
        norms.bySegment(weights),
        norms.bySegment(direction),
        rate());
  }

  private Map<String, Value> results(Op op, List<Value> operands) {
    var names = new ArrayList<>(List.of(op instanceof LambDirection ? "direction" : "updated"));
    state.moments().forEach(name -> names.add("new_" + name));
    var none = names.stream().map(_ -> Optional.<dev.weft.ir.mesh.Sharding>empty()).toList();
    var node = builder.node(names, op, operands, List.of(), none);
    var results = new LinkedHashMap<String, Value>();
    results.put(WEIGHTS, node.result(0));
    for (int i = 0; i < state.moments().size(); i++) {
      results.put(state.moments().get(i), node.result(i + 1));
    }
    return results;
  }

  /** Where a gradient is not finite, weights and moments stay as they are. */
  private void guard(Map<String, Value> results, Value weights, Value squares, LossScale scale) {
    var op = new LossScaleUpdate(scale.interval(), LossScale.GREATEST);
    var old = List.of(state.get(UpdateState.SCALE), state.get(UpdateState.FINITE), squares);
    var next = builder.node("is_finite", op, old, List.of());
    var chosen = new Select();
    results.replaceAll(
        (name, fresh) -> {
          var before = name.equals(WEIGHTS) ? weights : state.get(name);
          return builder.emit(fresh.name(), chosen, next.result(0), fresh, before);
        });
    results.put(UpdateState.SCALE, next.result(1));
    results.put(UpdateState.FINITE, next.result(2));
  }

  private Value rate() {
    var rate = optimizer.rate();
    return rate.isConstant()
        ? constant("lr", rate.peak())
        : builder.emit("lr", new LearningRate(rate, state.scalar().dtype()), state.step());
  }

  private Value constant(String name, double value) {
    return builder.emit(name, new Fill(value, state.scalar()));
  }
}
