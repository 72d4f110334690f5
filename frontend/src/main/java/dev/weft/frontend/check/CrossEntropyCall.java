package dev.weft.frontend.check;

import static dev.weft.frontend.check.Signature.Parameter.required;

import dev.weft.frontend.check.Signature.Kind;
import dev.weft.ir.op.CrossEntropy;

/** {@code cross_entropy(logits, labels, over: vocab)}: the loss at each place. */
record CrossEntropyCall() implements Builtin {
  @Override
  public String name() {
    return "cross_entropy";
  }

  @Override
  public Signature signature() {
    return Signature.of(
        required("logits", Kind.FLOATS),
        required("labels", Kind.INTEGERS),
        required("over", Kind.AXIS));
  }

  @Override
  public Meaning apply(Arguments arguments, CallSite site) {
    var logits = arguments.operand("logits");
    var over = arguments.axis("over");
    site.requireAxis(logits, over, arguments.span("over"));
    IndexBounds.require(arguments.tensor("labels"), arguments.span("labels"), over);
    return site.lastOfSeveral(new CrossEntropy(over.axis()), logits, arguments.operand("labels"));
  }
}
