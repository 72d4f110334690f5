package dev.weft.ir.verify;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Property;
import dev.weft.ir.graph.Value;
import dev.weft.ir.type.DType;
import dev.weft.ir.type.TensorType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** The roles of parameters and results suit their types, and each other. */
final class Ports {
  private final Module module;
  private final Function function;
  private final Findings findings;
  private final Map<Role, TensorType> inputs = new HashMap<>();

  /** What may occur once among the parameters, and once among the results. */
  private record Role(Class<? extends Port> kind, String name) {
    static Role of(Port port) {
      return new Role(port.getClass(), port.name());
    }
  }

  private Ports(Module module, Function function, Findings findings) {
    this.module = module;
    this.function = function;
    this.findings = findings;
  }

  static void check(Module module, Function function, Findings findings) {
    new Ports(module, function, findings).check();
  }

  private void check() {
    requireUnique("parameters", function.inputs());
    requireUnique("results", function.outputs());
    for (int i = 0; i < function.inputs().size(); i++) {
      input(function.inputs().get(i), function.body().params().get(i));
    }
    for (int i = 0; i < function.outputs().size(); i++) {
      output(function.outputs().get(i), function.body().yields().get(i).type());
    }
  }

  private void requireUnique(String where, List<Port> ports) {
    var seen = new HashSet<Role>();
    for (var port : ports) {
      if (!seen.add(Role.of(port))) {
        findings.report(VerifyCode.REPEATED_PORT, "two of the " + where + " are " + port);
      }
    }
  }

  private void input(Port port, Value param) {
    var type = param.type();
    inputs.put(Role.of(port), type);
    switch (port) {
      case Port.Weight _, Port.State _ -> require(type.dtype().isFloat(), port, type, "a float");
      case Port.Data data -> data(data, type);
      case Port.Step _ -> require(type.equals(TensorType.scalar(DType.I32)), port, type, "i32[]");
      case Port.Activation _, Port.Saved _ -> {}
      case Port.Cotangent _ -> require(type.dtype().isFloat(), port, type, "a float");
      case Port.Loss _, Port.Output _, Port.Gradient _ ->
          findings.report(VerifyCode.PORT_DIRECTION, port + " is a parameter");
    }
  }

  private void data(Port.Data data, TensorType type) {
    boolean integers = type.dtype() == DType.I32;
    switch (data.feed()) {
      case Port.Feed.Synthetic _ ->
          require(data.bound().isEmpty() || integers, data, type, "i32, being bounded");
      case Port.Feed.Text _ -> require(integers, data, type, "i32, being fed by text");
      case Port.Feed.Positions _ ->
          require(integers && type.rank() == 1, data, type, "i32 along one axis");
      case Port.Feed.StepKey _ ->
          require(type.equals(TensorType.scalar(DType.I32)), data, type, "i32[]");
    }
  }

  private void output(Port port, TensorType type) {
    switch (port) {
      case Port.Loss _ ->
          require(type.rank() == 0 && type.dtype().isFloat(), port, type, "a float scalar");
      case Port.Output _, Port.Activation _, Port.Saved _ -> {}
      case Port.Cotangent _ -> require(type.dtype().isFloat(), port, type, "a float");
      case Port.Gradient gradient -> gradient(gradient, type);
      case Port.Weight _, Port.State _ -> requirePartner(port, Role.of(port), type);
      case Port.Data _, Port.Step _ ->
          findings.report(VerifyCode.PORT_DIRECTION, port + " is a result");
    }
  }

  /** A training step yields one flat gradient; before, each gradient is that of a weight. */
  private void gradient(Port.Gradient gradient, TensorType type) {
    if (module.properties().contains(Property.TRAINING_STEP)) {
      require(type.dtype().isFloat(), gradient, type, "a float");
    } else if (module.properties().contains(Property.LOWERED)) {
      requireAxesOfWeight(gradient, type);
    } else {
      requirePartner(gradient, new Role(Port.Weight.class, gradient.name()), type);
    }
  }

  /** A device may hold another share of a gradient than of the weight. */
  private void requireAxesOfWeight(Port.Gradient gradient, TensorType type) {
    var weight = inputs.get(new Role(Port.Weight.class, gradient.name()));
    if (weight == null) {
      requirePartner(gradient, new Role(Port.Weight.class, gradient.name()), type);
    } else {
      boolean alike = type.axes().equals(weight.axes()) && type.dtype() == weight.dtype();
      require(alike, gradient, type, "the axes of " + weight);
    }
  }

  private void requirePartner(Port port, Role partner, TensorType type) {
    var expected = inputs.get(partner);
    if (expected == null) {
      findings.report(
          VerifyCode.UNPAIRED_PORT,
          port + " has no parameter `" + partner.name() + "` to belong to");
    } else {
      require(type.equals(expected), port, type, expected.toString());
    }
  }

  private void require(boolean suits, Port port, TensorType type, String expected) {
    if (!suits) {
      findings.report(VerifyCode.PORT_TYPE, port + " needs " + expected + ", not " + type);
    }
  }
}
