package dev.weft.ir.text;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Property;
import dev.weft.ir.mesh.Mesh;
import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Source;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the text of a module, as {@link Printer} writes it. Types are checked against what the ops
 * make of their operands; every wrong statement is reported in one run.
 *
 * <pre>{@code
 * module    = ["mesh" "[" axis=size, … "]"] ["properties" "[" word, … "]"] ["pipeline" axis]
 *             function…
 * function  = "func" "@"name "(" (value ":" type role layout), … ")"
 *             "{" statement… "return" (role value), … "}"
 * statement = [value, … "="] op value, … [";" value, …]… ["{" name=value, … "}"] body…
 *             [":" (type layout), …]
 * body      = "(" (value ":" type layout), … ")" "{" statement… "yield" value, … "}"
 * layout    = ["on" "[" ("_" | axis*…), … "]" ["partial" combine "(" axis, … ")"]]
 * }</pre>
 */
public final class Parser {
  private final Tokens tokens;

  private Parser(Source source) {
    this.tokens = new Tokens(source);
  }

  /** The module of a text; absent when anything in it is wrong. */
  public static Checked<Module> parse(Source source) {
    return new Parser(source).parse();
  }

  private Checked<Module> parse() {
    var mesh = Mesh.SINGLE;
    Set<Property> properties = Set.of();
    var pipeline = Optional.<String>empty();
    try {
      mesh = mesh();
      properties = properties();
      pipeline = pipeline();
    } catch (SyntaxFailure failure) {
      recover(failure);
    }
    var functions = functions();
    return tokens.diagnostics().isEmpty()
        ? Checked.ok(new Module(mesh, functions, properties, pipeline))
        : Checked.failed(tokens.diagnostics());
  }

  private Mesh mesh() {
    return tokens.accept("mesh") ? new TypeReader(tokens).mesh() : Mesh.SINGLE;
  }

  private Set<Property> properties() {
    var properties = EnumSet.noneOf(Property.class);
    if (tokens.accept("properties")) {
      var types = new TypeReader(tokens);
      properties.addAll(
          tokens.list(
              "[",
              "]",
              () -> types.constant(Property.class, TextCode.UNKNOWN_PROPERTY, "a property")));
    }
    return properties;
  }

  private Optional<String> pipeline() {
    return tokens.accept("pipeline") ? Optional.of(tokens.name("a mesh axis")) : Optional.empty();
  }

  private List<Function> functions() {
    var functions = new ArrayList<Function>();
    var seen = new HashSet<String>();
    while (!tokens.at(Token.Kind.END)) {
      try {
        function(seen).ifPresent(functions::add);
      } catch (SyntaxFailure failure) {
        recover(failure);
      }
    }
    return functions;
  }

  private Optional<Function> function(Set<String> seen) {
    tokens.expect("func");
    tokens.expect("@");
    var name = tokens.nameToken("the function's name");
    if (!seen.add(name.text())) {
      var message = "there is a function `@" + name.text() + "` already";
      tokens.report(TextCode.DUPLICATE_FUNCTION, name.span(), message);
    }
    return new FunctionReader(tokens).function(name.text());
  }

  private void recover(SyntaxFailure failure) {
    tokens.report(failure.diagnostic());
    tokens.skipFunction();
  }
}
