package dev.weft.frontend.check;

import dev.weft.frontend.syntax.CallExpression;
import dev.weft.frontend.syntax.Name;
import dev.weft.frontend.syntax.NameExpression;
import dev.weft.frontend.syntax.Setting;
import dev.weft.ir.op.AdamUpdate.Decay;
import dev.weft.ir.plan.OptimizerSpec;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.type.DType;
import java.util.List;
import java.util.Optional;

/** Reads precision and optimizer from the settings in force. */
final class RecipeReader {
  private static final List<String> PRECISIONS = List.of("f64", "f32", "bf16");
  private static final List<String> OPTIMIZERS = List.of("sgd", "adam", "adamw");
  private static final DType DEFAULT_PRECISION = DType.F32;
  private static final OptimizerSpec DEFAULT_OPTIMIZER = new OptimizerSpec.Sgd(0.1, 0);

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

  OptimizerSpec optimizer() {
    return settings.find(Settings.OPTIMIZER).map(this::optimizer).orElse(DEFAULT_OPTIMIZER);
  }

  private OptimizerSpec optimizer(Setting setting) {
    if (!(setting.value() instanceof CallExpression call)) {
      return wrong(setting, "not an optimizer with its constants", DEFAULT_OPTIMIZER);
    }
    var constants = new OptimizerConstants(call, findings);
    return switch (call.function().text()) {
      case "sgd" -> {
        var values = constants.read("lr", "momentum");
        yield new OptimizerSpec.Sgd(values.positive("lr"), values.fraction("momentum", 0));
      }
      case "adam" -> adam(constants, 0, Decay.COUPLED);
      case "adamw" -> adam(constants, 0.01, Decay.DECOUPLED);
      default -> {
        findings.add(unknown("optimizer", call.function(), OPTIMIZERS));
        yield DEFAULT_OPTIMIZER;
      }
    };
  }

  private static OptimizerSpec adam(OptimizerConstants constants, double weightDecay, Decay decay) {
    var values = constants.read("lr", "beta1", "beta2", "eps", "weight_decay");
    return new OptimizerSpec.Adam(
        values.positive("lr"),
        values.fraction("beta1", 0.9),
        values.fraction("beta2", 0.999),
        values.atLeastZero("eps", 1e-8),
        values.atLeastZero("weight_decay", weightDecay),
        decay);
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
