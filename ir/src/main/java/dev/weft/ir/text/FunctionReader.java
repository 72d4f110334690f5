package dev.weft.ir.text;

import dev.weft.ir.graph.Block;
import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Param;
import dev.weft.ir.graph.Port;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads one function. */
final class FunctionReader {
  private final Tokens tokens;
  private final TypeReader types;
  private final PortReader ports;
  private final BlockReader blocks;

  FunctionReader(Tokens tokens) {
    this.tokens = tokens;
    this.types = new TypeReader(tokens);
    this.ports = new PortReader(tokens, types);
    this.blocks = new BlockReader(tokens, types);
  }

  /** A function from its name on; empty when its results are unknown, which has been reported. */
  Optional<Function> function(String name) {
    var scope = new Scope();
    var inputs = new ArrayList<Port>();
    var params = tokens.list("(", ")", () -> param(scope, inputs));
    tokens.expect("{");
    var nodes = blocks.statements(scope, "return");
    tokens.expect("return");
    var outputs = new ArrayList<Port>();
    var returned = outputs(outputs);
    tokens.expect("}");
    var yields = blocks.resolve(scope, returned);
    return yields.size() < returned.size()
        ? Optional.empty()
        : Optional.of(new Function(name, inputs, new Block(params, nodes, yields), outputs));
  }

  private Param param(Scope scope, List<Port> inputs) {
    var name = tokens.expect(Token.Kind.VALUE, "a parameter such as `%x`");
    tokens.expect(":");
    var type = types.type();
    inputs.add(ports.port());
    var param = new Param(blocks.define(name), type, blocks.layout());
    scope.put(name.text(), param);
    return param;
  }

  private List<Token> outputs(List<Port> outputs) {
    var returned = new ArrayList<Token>();
    while (!tokens.at("}")) {
      outputs.add(ports.port());
      returned.add(tokens.expect(Token.Kind.VALUE, "a value such as `%x`"));
      if (!tokens.accept(",")) {
        break;
      }
    }
    return returned;
  }
}
