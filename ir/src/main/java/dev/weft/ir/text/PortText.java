package dev.weft.ir.text;

import dev.weft.ir.graph.Init;
import dev.weft.ir.graph.Port;

/** Writes the roles of a function's parameters and results; {@link PortReader} reads them. */
final class PortText {
  private PortText() {}

  /** Such as {@code weight("wte", normal 0.02)}. */
  static String of(Port port) {
    return kind(port) + "(" + Spelling.quoted(port.name()) + particulars(port) + ")";
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
    };
  }

  private static String particulars(Port port) {
    return switch (port) {
      case Port.Weight weight -> ", " + of(weight.init());
      case Port.Data data -> of(data);
      case Port.State _, Port.Step _, Port.Loss _, Port.Output _, Port.Gradient _ -> "";
    };
  }

  private static String of(Port.Data data) {
    var out = new StringBuilder();
    data.bound().ifPresent(bound -> out.append(", bound ").append(bound));
    data.textShift().ifPresent(shift -> out.append(", text ").append(shift));
    return out.toString();
  }

  private static String of(Init init) {
    return switch (init) {
      case Init.Normal(double std) -> "normal " + Spelling.number(std);
      case Init.Uniform(double limit) -> "uniform " + Spelling.number(limit);
      case Init.Constant(double value) -> "constant " + Spelling.number(value);
    };
  }
}
