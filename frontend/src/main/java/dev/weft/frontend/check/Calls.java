package dev.weft.frontend.check;

import dev.weft.frontend.syntax.CallExpression;

/** Calls: of a block of the file, else of a built-in function, else of a block of the library. */
final class Calls {
  private final Elaboration elaboration;
  private final Expressions expressions;
  private final BlockCalls blocks;

  Calls(Elaboration elaboration, Expressions expressions) {
    this.elaboration = elaboration;
    this.expressions = expressions;
    this.blocks = new BlockCalls(elaboration, expressions);
  }

  Meaning call(CallExpression call, Scope scope, String hint) {
    var name = call.function().text();
    var own = elaboration.fileBlock(name);
    if (own.isPresent()) {
      return blocks.call(own.get(), call, scope);
    }
    var builtin = Builtins.find(name);
    if (builtin.isPresent()) {
      return builtin(builtin.get(), call, scope, hint);
    }
    var library = elaboration.libraryBlock(name);
    if (library.isPresent()) {
      return blocks.call(library.get(), call, scope);
    }
    throw new Refusal(
        Suggest.among(
            elaboration.functions(),
            call.function(),
            CheckCode.UNKNOWN_FUNCTION,
            "no function or block is called `" + name + "`"));
  }

  private Meaning builtin(Builtin builtin, CallExpression call, Scope scope, String hint) {
    var arguments =
        new ArgumentReader(elaboration, expressions, scope).read(call, builtin.signature());
    if (arguments.isEmpty()) {
      return Meaning.UNKNOWN;
    }
    var site =
        new CallSite(
            elaboration,
            new Emitter(scope.region().builder(), hint, call.span()),
            scope.region(),
            call);
    return builtin.apply(arguments.get(), site);
  }
}
