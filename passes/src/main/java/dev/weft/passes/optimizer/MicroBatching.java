package dev.weft.passes.optimizer;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Port;
import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Span;
import java.util.List;

/**
 * How the results of a model are put together from micro-batches.
 *
 * @param count micro-batches for each replica
 * @param batch the axis that is cut
 * @param roles of the model's outputs, in order: what each is to the entries of the batch
 */
public record MicroBatching(int count, String batch, List<BatchRole> roles) {
  public MicroBatching {
    roles = List.copyOf(roles);
  }

  /**
   * Whether a model may be trained in micro-batches.
   *
   * @param model the forward program, with its loss and outputs
   */
  public static Checked<MicroBatching> of(Function model, String batch, int count) {
    var perEntry =
        model.inputIndices(Port.Weight.class).stream()
            .filter(i -> model.body().params().get(i).type().bears(batch))
            .findFirst();
    if (count > 1 && perEntry.isPresent()) {
      var name = model.inputs().get(perEntry.get()).name();
      var message = "weight `" + name + "` bears `" + batch + "`, of which a micro-batch is a part";
      return Checked.failed(Diagnostic.of(OptimizerCode.BATCH_ENTRIES_MIX, Span.NONE, message));
    }
    var finder = new BatchRoles(batch);
    var roles = finder.ofOutputs(model);
    if (count > 1 && roles.contains(BatchRole.MIXED)) {
      var span = finder.mixing().map(n -> n.span()).orElse(Span.NONE);
      var op = finder.mixing().map(n -> "`" + n.op().name() + "`").orElse("a weight");
      var message =
          op
              + " makes the result depend on several entries of `"
              + batch
              + "` at once, so that "
              + count
              + " micro-batches would not give the result of the whole batch";
      return Checked.failed(Diagnostic.of(OptimizerCode.BATCH_ENTRIES_MIX, span, message));
    }
    return Checked.ok(new MicroBatching(count, batch, roles));
  }
}
