package dev.weft.ir.text;

import dev.weft.ir.mesh.Sharding;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Suggestions;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads the components of a record and makes it by its canonical constructor. */
final class AttributeReader {
  private final Tokens tokens;
  private final TypeReader types;

  AttributeReader(Tokens tokens, TypeReader types) {
    this.tokens = tokens;
    this.types = types;
  }

  /**
   * A record from {@code {name=value, …}}; empty when it could not be made, which has been
   * reported.
   *
   * @param owner what the attributes belong to, for messages
   * @param implied components that the text does not give
   * @param defaults components that the text need not give
   */
  <R extends Record> Optional<R> record(
      Token owner, Class<R> type, Map<String, Object> implied, Map<String, Object> defaults) {
    var components = new LinkedHashMap<String, RecordComponent>();
    for (var component : type.getRecordComponents()) {
      if (!implied.containsKey(component.getName())) {
        components.put(component.getName(), component);
      }
    }
    var values = new HashMap<>(implied);
    int before = tokens.diagnostics().size();
    if (tokens.at("{")) {
      tokens.list("{", "}", () -> attribute(components, values));
    }
    defaults.forEach(values::putIfAbsent);
    boolean readable = tokens.diagnostics().size() == before;
    for (var name : components.keySet()) {
      if (!values.containsKey(name) && readable) {
        var message = "`" + owner.text() + "` needs the attribute `" + name + "`";
        tokens.report(TextCode.MISSING_ATTRIBUTE, owner.span(), message);
      }
    }
    return tokens.diagnostics().size() == before
        ? construct(owner, type, values)
        : Optional.empty();
  }

  /** Reads one attribute; what is wrong with it is reported and skipped. */
  private String attribute(Map<String, RecordComponent> components, Map<String, Object> values) {
    var name = tokens.expect(Token.Kind.WORD, "an attribute");
    tokens.expect("=");
    int start = tokens.mark();
    try {
      var component = Optional.ofNullable(components.get(name.text()));
      if (component.isEmpty()) {
        throw new SyntaxFailure(unknown(name, components));
      }
      if (values.put(name.text(), value(name, component.get().getGenericType())) != null) {
        throw tokens.failure(
            TextCode.UNKNOWN_ATTRIBUTE, name.span(), "`" + name.text() + "` is given twice");
      }
    } catch (SyntaxFailure failure) {
      tokens.report(failure.diagnostic());
      tokens.reset(start);
      tokens.skipItem();
    }
    return name.text();
  }

  private static Diagnostic unknown(Token name, Map<String, RecordComponent> components) {
    var diagnostic =
        Diagnostic.of(
            TextCode.UNKNOWN_ATTRIBUTE,
            name.span(),
            "there is no attribute `" + name.text() + "` here");
    return Suggestions.closest(name.text(), components.keySet())
        .map(meant -> diagnostic.note("did you mean `" + meant + "`?"))
        .orElse(diagnostic);
  }

  private Object value(Token attribute, Type type) {
    try {
      return value(type);
    } catch (SyntaxFailure failure) {
      var inner = failure.diagnostic();
      if (inner.code() != TextCode.SYNTAX) {
        throw failure;
      }
      var message = "attribute `" + attribute.text() + "`: " + inner.message();
      throw tokens.failure(TextCode.BAD_ATTRIBUTE, inner.span(), message);
    }
  }

  private Object value(Type type) {
    if (type instanceof ParameterizedType list) {
      var item = list.getActualTypeArguments()[0];
      return tokens.list("[", "]", () -> value(item));
    }
    var kind = (Class<?>) type;
    if (kind == String.class) {
      return tokens.name("a name");
    } else if (kind == long.class) {
      return types.integer();
    } else if (kind == int.class || kind == Integer.class) {
      return types.smallInteger();
    } else if (kind == double.class) {
      return types.real();
    } else if (kind == Dim.class) {
      return types.dim();
    } else if (kind == TensorType.class) {
      return types.type();
    } else if (kind == Sharding.class) {
      return types.sharding();
    } else if (kind.isEnum()) {
      return types.constant(kind.asSubclass(Enum.class), TextCode.BAD_ATTRIBUTE, "a constant");
    }
    return nested(kind.asSubclass(Record.class));
  }

  private Record nested(Class<? extends Record> type) {
    var start = tokens.peek();
    if (!tokens.at("{")) {
      throw tokens.expected("`{`");
    }
    return record(start, type, Map.of(), Map.of())
        .map(Record.class::cast)
        .orElseThrow(() -> new SyntaxFailure(tokens.diagnostics().removeLast()));
  }

  private <R extends Record> Optional<R> construct(
      Token owner, Class<R> type, Map<String, Object> values) {
    var components = type.getRecordComponents();
    var parameters =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    var arguments = Arrays.stream(components).map(c -> values.get(c.getName())).toArray();
    try {
      return Optional.of(type.getConstructor(parameters).newInstance(arguments));
    } catch (InvocationTargetException e) {
      var reason = Optional.ofNullable(e.getCause()).map(Throwable::getMessage);
      var message = "`" + owner.text() + "`: " + reason.orElse("these attributes do not fit");
      tokens.report(TextCode.BAD_ATTRIBUTE, tokens.since(owner), message);
      return Optional.empty();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("canonical constructor of " + type, e);
    }
  }
}
