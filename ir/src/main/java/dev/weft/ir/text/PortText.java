package dev.weft.ir.text;

import dev.weft.ir.graph.Init;
import dev.weft.ir.graph.Port;

/** Writes the roles of a function's parameters and results; {@link PortReader} reads them. */
final class PortText {
  private PortText() {}

  /** Such as {@code weight("wte", normal 0.02)}. */
  static String of(Port port) {
    return kind(port) + "(" + Spelling.quoted(name(port)) + particulars(port) + ")";
  }

  private static String kind(Port port) {
    return switch (port) {
      case Port.Weight _ -> "weight";
      case Port.Data _ -> "data";
      case Port.State _ -> "state";
      case Port.Step _ -> "step";
      case Port.Loss _ -> "loss";
      case Port.Output _ -> "output";
      case Port.Gradient _ -> "gradient";
      case Port.Activation _ -> "activation";
      case Port.Cotangent _ -> "cotangent";
      case Port.Saved _ -> "saved";
    };
  }

  private static String name(Port port) {
    return port instanceof Port.Weight weight ? weight.path() : port.name();
  }

  private static String particulars(Port port) {
    return switch (port) {
      case Port.Weight weight ->
          ", " + of(weight.init()) + weight.rows().map(PortText::of).orElse("");
      case Port.Data data -> of(data);
      case Port.State state -> of(state.start());
      case Port.Step _,
          Port.Loss _,
          Port.Output _,
          Port.Gradient _,
          Port.Activation _,
          Port.Cotangent _,
          Port.Saved _ ->
          "";
    };
  }

  private static String of(Port.Start start) {
    return switch (start) {
      case Port.Start.Constant(double value) -> value == 0 ? "" : ", " + Spelling.number(value);
      case Port.Start.Weights _ -> ", weights";
    };
  }

  private static String of(Port.Rows rows) {
    return ", rows " + rows.first() + " count " + rows.count() + " of " + rows.of();
  }

  private static String of(Port.Data data) {
    var bound = data.bound().isPresent() ? ", bound " + data.bound().getAsLong() : "";
    return bound
        + switch (data.feed()) {
          case Port.Feed.Synthetic _ -> "";
          case Port.Feed.Text(int shift) -> ", text " + shift;
          case Port.Feed.Positions _ -> ", positions";
          case Port.Feed.StepKey _ -> ", step_key";
        };
  }

  private static String of(Init init) {
    return switch (init) {
      case Init.Normal(double std) -> "normal " + Spelling.number(std);
      case Init.Uniform(double limit) -> "uniform " + Spelling.number(limit);
      case Init.Constant(double value) -> "constant " + Spelling.number(value);
    };
  }
}
