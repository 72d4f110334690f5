package dev.weft.frontend.check;

import dev.weft.frontend.syntax.Name;
import dev.weft.frontend.syntax.NameExpression;
import dev.weft.frontend.syntax.Setting;
import dev.weft.ir.plan.OptimizerSpec;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.type.DType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads precision and optimizer from the settings in force. */
final class RecipeReader {
  private static final List<String> PRECISIONS = List.of("f64", "f32", "bf16", "f16");
  private static final DType DEFAULT_PRECISION = DType.F32;

  private final Settings settings;
  private final Findings findings;

  RecipeReader(Settings settings, Findings findings) {
    this.settings = settings;
    this.findings = findings;
  }

  DType precision(Options options) {
    var written = settings.find(Settings.PRECISION).map(this::precision);
    return options.precision().or(() -> written).orElse(DEFAULT_PRECISION);
  }

  private DType precision(Setting setting) {
    if (setting.value() instanceof NameExpression name) {
      if (PRECISIONS.contains(name.name().text())) {
        return DType.parse(name.name().text());
      }
      findings.add(unknown("precision", name.name(), PRECISIONS));
      return DEFAULT_PRECISION;
    }
    return wrong(setting, "not a precision", DEFAULT_PRECISION);
  }

  /**
   * The optimizer.
   *
   * @param weights what is known of the model's weights, by path
   */
  OptimizerSpec optimizer(DType precision, Map<String, WeightFacts> weights) {
    var reader = new OptimizerReader(precision, weights, findings);
    return settings.find(Settings.OPTIMIZER).map(reader::read).orElseGet(reader::byDefault);
  }

  private <T> T wrong(Setting setting, String what, T instead) {
    findings.add(
        CheckCode.RECIPE_VALUE,
        setting.value().span(),
        "`" + setting.value().span().text() + "` is " + what);
    return instead;
  }

  private static Diagnostic unknown(String kind, Name name, List<String> known) {
    return Suggest.among(
        known, name, CheckCode.RECIPE_VALUE, "no " + kind + " is called `" + name + "`");
  }

  /** The batch size of a model whose sizes are bound. */
  static long batch(SizeTable sizes) {
    return Optional.ofNullable(sizes.known().get(Recipe.BATCH_AXIS)).orElse(1L);
  }
}
