package dev.weft.ir.text;

import dev.weft.ir.graph.Block;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Op;
import dev.weft.ir.graph.Param;
import dev.weft.ir.graph.Value;
import dev.weft.ir.mesh.Sharding;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Span;
import dev.weft.ir.source.Suggestions;
import dev.weft.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the statements of one function; a wrong one is reported and the next one is read. */
final class BlockReader {
  private final Tokens tokens;
  private final TypeReader types;
  private final OpReader ops;
  private final Names names = new Names();

  /** The type and layout that the text gives a result. */
  private record Declared(TensorType type, Optional<Sharding> sharding, Span span) {}

  /** An application as it is written, before the op is asked for its types. */
  private record Application(
      Token opName, Optional<Op> op, Operands operands, List<Optional<Block>> bodies, Span span) {}

  BlockReader(Tokens tokens, TypeReader types) {
    this.tokens = tokens;
    this.types = types;
    this.ops = new OpReader(tokens, types);
  }

  /** A parameter without its role. */
  Param param(Scope scope) {
    var name = tokens.expect(Token.Kind.VALUE, "a parameter such as `%x`");
    tokens.expect(":");
    var type = types.type();
    var param = new Param(define(name), type, layout());
    scope.put(name.text(), param);
    return param;
  }

  /** Takes a name that a definition gives; the result is the hint behind it. */
  String define(Token name) {
    if (names.isTaken(name.text())) {
      var message = "`%" + name.text() + "` is defined already in this function";
      tokens.report(TextCode.REDEFINED_VALUE, name.span(), message);
    }
    return names.takeBack(name.text());
  }

  Optional<Sharding> layout() {
    return tokens.accept("on") ? Optional.of(types.sharding()) : Optional.empty();
  }

  /** Every statement up to a terminator, {@code return} or {@code yield}. */
  List<Node> statements(Scope scope, String terminator) {
    var nodes = new ArrayList<Node>();
    while (!tokens.at(terminator) && !tokens.at("}") && !tokens.at(Token.Kind.END)) {
      statement(scope).ifPresent(nodes::add);
    }
    return nodes;
  }

  private Optional<Node> statement(Scope scope) {
    int start = tokens.mark();
    var results = new ArrayList<Token>();
    try {
      results(results);
      return application(scope, results);
    } catch (SyntaxFailure failure) {
      tokens.report(failure.diagnostic());
      results.forEach(result -> scope.putBroken(result.text()));
      tokens.reset(start);
      tokens.skipStatement();
      return Optional.empty();
    }
  }

  private void results(List<Token> results) {
    if (!tokens.at(Token.Kind.VALUE)) {
      return;
    }
    do {
      results.add(tokens.expect(Token.Kind.VALUE, "a result such as `%x`"));
    } while (tokens.accept(","));
    tokens.expect("=");
  }

  private Optional<Node> application(Scope scope, List<Token> results) {
    var hints = results.stream().map(this::define).toList();
    var opName = tokens.expect(Token.Kind.WORD, "an op");
    var operands = operands(scope);
    var span = tokens.since(results.isEmpty() ? opName : results.getFirst());
    var op = ops.op(opName, operands);
    var bodies = bodies();
    var declared = declared(opName, results);
    var application = new Application(opName, op, operands, bodies, span);
    var node = node(application, hints, declared);
    for (int i = 0; i < results.size(); i++) {
      int index = i;
      var placeholder = new Param(hints.get(i), declared.get(i).type());
      scope.put(results.get(i).text(), node.<Value>map(n -> n.result(index)).orElse(placeholder));
    }
    return node;
  }

  private Optional<Node> node(Application what, List<String> hints, List<Declared> declared) {
    var bodies = what.bodies().stream().flatMap(Optional::stream).toList();
    if (what.op().isEmpty() || !what.operands().isKnown() || bodies.size() < what.bodies().size()) {
      return Optional.empty();
    }
    var op = what.op().get();
    var typing = ops.typing(what.opName(), op, what.operands(), bodies);
    if (typing.isEmpty() || !matches(what.opName(), typing.get(), declared)) {
      return Optional.empty();
    }
    var shardings = declared.stream().map(Declared::sharding).toList();
    var values = what.operands().values();
    return Optional.of(new Node(op, values, bodies, typing.get(), hints, shardings, what.span()));
  }

  private boolean matches(Token op, List<TensorType> made, List<Declared> declared) {
    if (made.size() != declared.size()) {
      var message = "`" + op.text() + "` has " + made.size() + " results, not " + declared.size();
      tokens.report(TextCode.DECLARED_TYPE, op.span(), message);
      return false;
    }
    boolean matches = true;
    for (int i = 0; i < made.size(); i++) {
      var given = declared.get(i);
      if (!made.get(i).equals(given.type())) {
        var message = "`" + op.text() + "` makes " + made.get(i) + " here, not " + given.type();
        tokens.report(TextCode.DECLARED_TYPE, given.span(), message);
        matches = false;
      }
    }
    return matches;
  }

  private Operands operands(Scope scope) {
    var used = new ArrayList<Token>();
    var sizes = new ArrayList<Integer>();
    do {
      int before = used.size();
      if (tokens.at(Token.Kind.VALUE)) {
        do {
          used.add(tokens.expect(Token.Kind.VALUE, "an operand such as `%x`"));
        } while (tokens.accept(","));
      }
      sizes.add(used.size() - before);
    } while (tokens.accept(";"));
    return new Operands(used, resolve(scope, used), sizes);
  }

  /** The values of some names; what is undefined is reported and absent. */
  List<Value> resolve(Scope scope, List<Token> used) {
    var values = new ArrayList<Value>();
    for (var name : used) {
      var value = scope.find(name.text());
      value.ifPresent(values::add);
      if (value.isEmpty() && !scope.isBroken(name.text())) {
        tokens.report(undefined(scope, name));
      }
    }
    return values;
  }

  private Diagnostic undefined(Scope scope, Token name) {
    boolean elsewhere = names.isTaken(name.text());
    var message = "`%" + name.text() + "` is not defined " + (elsewhere ? "in this block" : "here");
    var diagnostic = Diagnostic.of(TextCode.UNDEFINED_VALUE, name.span(), message);
    return Suggestions.closest(name.text(), scope.names())
        .map(meant -> diagnostic.note("did you mean `%" + meant + "`?"))
        .orElse(diagnostic);
  }

  private List<Optional<Block>> bodies() {
    var bodies = new ArrayList<Optional<Block>>();
    while (tokens.at("(")) {
      bodies.add(body());
    }
    return bodies;
  }

  private Optional<Block> body() {
    var scope = new Scope();
    var params = tokens.list("(", ")", () -> param(scope));
    tokens.expect("{");
    var nodes = statements(scope, "yield");
    tokens.expect("yield");
    var operands = operands(scope);
    tokens.expect("}");
    return operands.isKnown()
        ? Optional.of(new Block(params, nodes, operands.values()))
        : Optional.empty();
  }

  private List<Declared> declared(Token op, List<Token> results) {
    var declared = new ArrayList<Declared>();
    if (tokens.accept(":")) {
      do {
        var start = tokens.peek();
        var type = types.type();
        var span = tokens.since(start);
        declared.add(new Declared(type, layout(), span));
      } while (tokens.accept(","));
    }
    if (declared.size() != results.size()) {
      throw tokens.failure(
          TextCode.SYNTAX,
          op.span(),
          results.size() + " results have " + declared.size() + " types");
    }
    return declared;
  }
}
