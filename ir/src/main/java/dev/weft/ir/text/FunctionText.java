package dev.weft.ir.text;

import dev.weft.ir.graph.Block;
import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Op;
import dev.weft.ir.graph.Param;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Value;
import dev.weft.ir.mesh.Sharding;
import dev.weft.ir.op.Repeat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes one function. */
final class FunctionText {
  private static final String STEP = "  ";

  /** Attributes of a repeat that the grouping of its operands says. */
  static final Set<String> REPEAT_GROUPS = Set.of("carried", "invariant");

  /** The attribute of a repeat that is 0 unless it is given. */
  static final String AHEAD = "ahead";

  private final StringBuilder out = new StringBuilder();
  private final Names names = new Names();
  private final Map<Value, String> named = new HashMap<>();

  private FunctionText() {}

  static String of(Function function) {
    return new FunctionText().write(function);
  }

  private String write(Function function) {
    var body = function.body();
    out.append("func @").append(Spelling.name(function.name()));
    params(body.params(), function.inputs(), "");
    out.append(" {\n");
    body.nodes().forEach(node -> node(node, STEP));
    returns(function);
    return out.append("}\n").toString();
  }

  private void params(List<Param> params, List<Port> ports, String indent) {
    var lines = new ArrayList<String>();
    for (int i = 0; i < params.size(); i++) {
      var param = params.get(i);
      var port = ports.isEmpty() ? "" : " " + PortText.of(ports.get(i));
      lines.add(define(param) + ": " + TypeText.of(param.type()) + port + layout(param.sharding()));
    }
    out.append(lines(lines, "(", ")", indent));
  }

  private void returns(Function function) {
    var lines = new ArrayList<String>();
    for (int i = 0; i < function.outputs().size(); i++) {
      lines.add(
          PortText.of(function.outputs().get(i)) + " " + use(function.body().yields().get(i)));
    }
    out.append(STEP).append("return").append(lines.size() == 1 ? " " + lines.getFirst() : "");
    out.append(lines.size() > 1 ? lines(lines, "", "", STEP).stripTrailing() : "").append('\n');
  }

  private void node(Node node, String indent) {
    out.append(indent);
    if (!node.types().isEmpty()) {
      out.append(node.results().stream().map(this::define).collect(Collectors.joining(", ")));
      out.append(" = ");
    }
    out.append(node.op().name()).append(operands(node));
    var attributes = attributes(node.op());
    out.append(attributes.isEmpty() ? "" : " ").append(attributes);
    node.bodies().forEach(body -> body(body, indent));
    out.append(node.types().isEmpty() ? "" : " : ").append(types(node)).append('\n');
  }

  /** The operands; those of a repeat in groups: carried; invariant; stacked. */
  private String operands(Node node) {
    if (node.op() instanceof Repeat repeat
        && repeat.carried() + repeat.invariant() <= node.operands().size()) {
      int stacked = repeat.carried() + repeat.invariant();
      return uses(node.operands().subList(0, repeat.carried()))
          + ";"
          + uses(node.operands().subList(repeat.carried(), stacked))
          + ";"
          + uses(node.operands().subList(stacked, node.operands().size()));
    }
    return uses(node.operands());
  }

  private static String attributes(Op op) {
    if (!(op instanceof Record record) || OpRegistry.isConstant(op)) {
      return "";
    }
    return AttributeText.of(record, op instanceof Repeat repeat ? implied(repeat) : Set.of());
  }

  private static Set<String> implied(Repeat repeat) {
    var implied = new HashSet<>(REPEAT_GROUPS);
    if (repeat.ahead() == 0) {
      implied.add(AHEAD);
    }
    return implied;
  }

  private void body(Block body, String indent) {
    out.append(' ');
    params(body.params(), List.of(), indent);
    out.append(" {\n");
    body.nodes().forEach(node -> node(node, indent + STEP));
    out.append(indent).append(STEP).append("yield").append(uses(body.yields())).append('\n');
    out.append(indent).append('}');
  }

  private String types(Node node) {
    return IntStream.range(0, node.types().size())
        .mapToObj(i -> TypeText.of(node.types().get(i)) + layout(node.shardings().get(i)))
        .collect(Collectors.joining(", "));
  }

  private static String layout(Optional<Sharding> sharding) {
    return sharding.map(s -> " on " + TypeText.of(s)).orElse("");
  }

  private String uses(List<Value> values) {
    var text = values.stream().map(this::use).collect(Collectors.joining(", "));
    return text.isEmpty() ? "" : " " + text;
  }

  private String define(Value value) {
    var name = names.take(value.name());
    named.put(value, name);
    return "%" + name;
  }

  /** A value of no enclosing block is a bug of the pass that made it; it is still shown. */
  private String use(Value value) {
    var name = named.get(value);
    return name == null ? "%?" + value.name() : "%" + name;
  }

  private static String lines(List<String> lines, String open, String close, String indent) {
    return lines.isEmpty()
        ? open + close
        : lines.stream()
            .map(line -> indent + STEP + line)
            .collect(Collectors.joining(",\n", open + "\n", "\n" + indent + close));
  }
}
