package dev.weft.cli.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.cli.compile.StepWork;
import dev.weft.frontend.check.CheckedModel;
import dev.weft.ir.graph.Port;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** How large a model is. */
public record InfoView(CheckedModel model, StepWork step) implements View {
  private record Tensor(String name, TensorType type) {}

  @Override
  public String text() {
    var facts =
        new Columns(Columns.Align.LEFT, Columns.Align.LEFT)
            .row("parameters", Quantity.grouped(parameters()))
            .row("flops per token", Quantity.scientific(step.flopsPerToken()))
            .row("tokens per step", Quantity.grouped(step.tokens()))
            .row("precision", model.recipe().precision().text())
            .row("sizes", sizes())
            .row(
                "presets", model.presets().isEmpty() ? "none" : String.join(", ", model.presets()));
    var tensors = new Columns(Columns.Align.LEFT, Columns.Align.RIGHT, Columns.Align.LEFT);
    for (var tensor : tensors()) {
      tensors.row(tensor.name(), Quantity.grouped(tensor.type().elements()), dims(tensor.type()));
    }
    return model.name() + "\n" + facts.text() + "\ntensors\n" + tensors.text();
  }

  @Override
  public void json(ObjectNode document) {
    document.put("model", model.name());
    document.put("parameters", parameters());
    document.put("flops_per_token", step.flopsPerToken());
    document.put("flops_per_step", step.work().flops());
    document.put("tokens_per_step", step.tokens());
    document.put("batch", model.recipe().batch());
    document.put("precision", model.recipe().precision().text());
    var sizes = document.putObject("sizes");
    model.sizes().forEach(sizes::put);
    var presets = document.putArray("presets");
    model.presets().forEach(presets::add);
    var tensors = document.putArray("tensors");
    tensors().forEach(tensor -> write(tensor, tensors.addObject()));
  }

  private static void write(Tensor tensor, ObjectNode node) {
    node.put("name", tensor.name());
    var shape = node.putArray("shape");
    tensor.type().dims().forEach(dim -> shape.add(dim.size()));
    var axes = node.putArray("axes");
    tensor.type().axes().forEach(axes::add);
    node.put("count", tensor.type().elements());
  }

  private long parameters() {
    return tensors().stream().mapToLong(t -> t.type().elements()).reduce(0, Math::addExact);
  }

  /** The trainable tensors, the largest first; equal ones in the order of the model. */
  private List<Tensor> tensors() {
    var function = model.module().only();
    return function.inputIndices(Port.Weight.class).stream()
        .map(
            i ->
                new Tensor(function.inputs().get(i).name(), function.body().params().get(i).type()))
        .sorted(Comparator.comparingLong((Tensor t) -> t.type().elements()).reversed())
        .toList();
  }

  private String sizes() {
    return model.sizes().entrySet().stream()
        .map(e -> e.getKey() + "=" + e.getValue())
        .collect(Collectors.joining(", "));
  }

  private static String dims(TensorType type) {
    return type.dims().stream().map(Dim::toString).collect(Collectors.joining(", ", "[", "]"));
  }
}
