package dev.weft.frontend.check;

import dev.weft.frontend.syntax.Expression;
import dev.weft.frontend.syntax.ModelDecl;
import dev.weft.frontend.syntax.Name;
import dev.weft.frontend.syntax.NumberLiteral;
import dev.weft.frontend.syntax.SizeParameter;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Span;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The sizes of a model's parameters and axes, bound in the order of their declaration, and its
 * parameters that are numbers: those with a default that has a decimal point.
 */
final class SizeTable implements SizeNames {
  private final Map<String, Size> sizes = new LinkedHashMap<>();
  private final Map<String, Parameter> numbers = new LinkedHashMap<>();
  private final Map<String, Span> declared = new LinkedHashMap<>();
  private final Settings settings;
  private final Findings findings;

  /**
   * A parameter that is a number.
   *
   * @param value empty where the reason for its lack has been reported
   */
  record Parameter(OptionalDouble value, Span declared) {}

  private SizeTable(Settings settings, Findings findings) {
    this.settings = settings;
    this.findings = findings;
  }

  static SizeTable bind(ModelDecl model, Settings settings, Findings findings) {
    var table = new SizeTable(settings, findings);
    for (var parameter : model.parameters()) {
      if (isNumber(parameter)) {
        table.number(parameter);
      } else {
        table.free(parameter.name(), Optional.of(parameter.value()));
      }
    }
    for (var axis : SettingNames.axes(model)) {
      if (axis.size().isEmpty()) {
        table.free(axis.name(), Optional.empty());
      } else {
        table.put(axis.name(), table.value(axis.size().get()));
      }
    }
    return table;
  }

  @Override
  public Optional<Size> size(String name) {
    return Optional.ofNullable(sizes.get(name));
  }

  @Override
  public Collection<String> sizeNames() {
    return sizes.keySet();
  }

  /** Whether a parameter is a number rather than a size. */
  private static boolean isNumber(SizeParameter parameter) {
    return parameter.value() instanceof NumberLiteral literal && literal.text().contains(".");
  }

  @Override
  public Optional<Parameter> number(String name) {
    return Optional.ofNullable(numbers.get(name));
  }

  /** The names of the parameters that are numbers. */
  Collection<String> numberNames() {
    return numbers.keySet();
  }

  private void number(SizeParameter parameter) {
    var name = parameter.name();
    var given = settings.find(name.text()).map(s -> s.value()).orElse(parameter.value());
    if (isNew(name)) {
      numbers.put(name.text(), new Parameter(numberOf(given), name.span()));
    }
  }

  private OptionalDouble numberOf(Expression expression) {
    try {
      return NumberExpression.value(expression, this);
    } catch (Refusal refusal) {
      findings.add(refusal.diagnostic());
      return OptionalDouble.empty();
    }
  }

  /** The sizes that are known. */
  Map<String, Long> known() {
    var known = new LinkedHashMap<String, Long>();
    sizes.forEach((name, size) -> size.value().ifPresent(v -> known.put(name, v)));
    return known;
  }

  private void free(Name name, Optional<Expression> defaultValue) {
    var given = settings.find(name.text()).map(s -> s.value()).or(() -> defaultValue);
    if (given.isEmpty()) {
      findings.add(
          CheckCode.UNBOUND_AXIS, name.span(), "nothing gives the axis `" + name + "` a size");
    }
    put(name, given.map(this::value).orElse(new Size(OptionalLong.empty(), name.span())));
  }

  private Size value(Expression expression) {
    try {
      return new Size(SizeExpression.size(expression, this), expression.span());
    } catch (Refusal refusal) {
      findings.add(refusal.diagnostic());
      return new Size(OptionalLong.empty(), expression.span());
    }
  }

  private void put(Name name, Size size) {
    if (isNew(name)) {
      sizes.put(name.text(), size);
    }
  }

  private boolean isNew(Name name) {
    var first = declared.putIfAbsent(name.text(), name.span());
    if (first != null) {
      findings.add(
          Diagnostic.of(
                  CheckCode.DUPLICATE_NAME,
                  name.span(),
                  "the parameter or axis `" + name + "` is declared twice")
              .note(first, "first here"));
    }
    return first == null;
  }
}
