package dev.weft.ir.verify;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Value;
import dev.weft.ir.op.Call;

/** A call names a function of the module, and takes and gives what that function does. */
final class Calls {
  private final Module module;
  private final Findings findings;

  private Calls(Module module, Findings findings) {
    this.module = module;
    this.findings = findings;
  }

  static void check(Module module, Function function, Findings findings) {
    var calls = new Calls(module, findings);
    for (var node : function.body().nodes()) {
      if (node.op() instanceof Call call) {
        calls.check(node, call);
      }
    }
  }

  private void check(Node node, Call call) {
    var callee =
        module.functions().stream().filter(f -> f.name().equals(call.callee())).findFirst();
    if (callee.isEmpty()) {
      findings.report(VerifyCode.UNKNOWN_CALLEE, node, "there is no function @" + call.callee());
      return;
    }
    var body = callee.get().body();
    var taken = body.params().stream().map(Value::type).toList();
    var given = body.yields().stream().map(Value::type).toList();
    if (!taken.equals(node.operandTypes())) {
      findings.report(
          VerifyCode.REFUSED_OPERANDS,
          node,
          "@" + call.callee() + " takes " + taken + ", not " + node.operandTypes());
    }
    if (!given.equals(call.types())) {
      findings.report(
          VerifyCode.WRONG_TYPE,
          node,
          "@" + call.callee() + " gives " + given + ", not " + call.types());
    }
  }
}
