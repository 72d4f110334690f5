package dev.weft.passes.remat;

import dev.weft.ir.graph.Builder;
import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Value;
import dev.weft.passes.core.ValueMap;
import java.util.ArrayList;
import java.util.Set;

/**
 * Makes the backward of a function's own body compute again what the forward does not keep for it.
 */
final class BodyRewrite {
  private final ForwardPart part;
  private final Set<Value> kept;
  private final Builder builder = new Builder();
  private final ValueMap forward = new ValueMap();
  private final ValueMap backward = new ValueMap();
  private final Recomputation again = new Recomputation(builder);

  /**
   * @param kept the forward values that the backward may read
   */
  BodyRewrite(ForwardPart part, Set<Value> kept) {
    this.part = part;
    this.kept = kept;
  }

  Function rewrite() {
    var function = part.function();
    for (var param : function.body().params()) {
      builder.param(param);
      forward.put(param, param);
      again.kept(param, param);
    }
    function.body().nodes().forEach(this::emit);
    var yields = new ArrayList<Value>();
    for (int i = 0; i < function.outputs().size(); i++) {
      var value = function.body().yields().get(i);
      yields.add(
          ForwardPart.isBackward(function.outputs().get(i)) ? read(value) : forward.get(value));
    }
    return new Function(
        function.name(), function.inputs(), builder.build(yields), function.outputs());
  }

  private void emit(Node node) {
    if (part.contains(node)) {
      forward.copy(node, builder);
      node.results().stream().filter(kept::contains).forEach(v -> again.kept(v, forward.get(v)));
    } else {
      node.operands().forEach(this::read);
      backward.copy(node, builder);
    }
  }

  /** The image of what the backward reads. */
  private Value read(Value value) {
    if (!backward.contains(value)) {
      backward.put(value, again.get(value));
    }
    return backward.get(value);
  }
}
