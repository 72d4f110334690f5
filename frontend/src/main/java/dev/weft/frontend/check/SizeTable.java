package dev.weft.frontend.check;

import dev.weft.frontend.syntax.Expression;
import dev.weft.frontend.syntax.ModelDecl;
import dev.weft.frontend.syntax.Name;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Span;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The sizes of a model's parameters and axes, bound in the order of their declaration. */
final class SizeTable implements SizeNames {
  private final Map<String, Size> sizes = new LinkedHashMap<>();
  private final Map<String, Span> declared = new LinkedHashMap<>();
  private final Settings settings;
  private final Findings findings;

  private SizeTable(Settings settings, Findings findings) {
    this.settings = settings;
    this.findings = findings;
  }

  static SizeTable bind(ModelDecl model, Settings settings, Findings findings) {
    var table = new SizeTable(settings, findings);
    model.parameters().forEach(p -> table.free(p.name(), Optional.of(p.value())));
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
    var first = declared.putIfAbsent(name.text(), name.span());
    if (first != null) {
      findings.add(
          Diagnostic.of(
                  CheckCode.DUPLICATE_NAME,
                  name.span(),
                  "the size or axis `" + name + "` is declared twice")
              .note(first, "first here"));
      return;
    }
    sizes.put(name.text(), size);
  }
}
