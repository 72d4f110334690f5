package dev.weft.frontend.check;

import static dev.weft.frontend.check.Signature.Parameter.required;

import dev.weft.frontend.check.Signature.Kind;

/** {@code dropout(x, rate: 0.1)}; a rate of 0 leaves x as it is. */
record DropoutCall() implements Builtin {
  @Override
  public String name() {
    return "dropout";
  }

  @Override
  public Signature signature() {
    return Signature.of(required("x", Kind.FLOATS), required("rate", Kind.NUMBER));
  }

  @Override
  public Meaning apply(Arguments arguments, CallSite site) {
    var dropping = Dropping.of(arguments, "rate", site);
    var x = arguments.operand("x");
    return dropping.isPresent() ? Meaning.Tensor.of(dropping.get().last(x)) : arguments.tensor("x");
  }
}
