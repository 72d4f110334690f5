package dev.weft.frontend.check;

import dev.weft.frontend.syntax.CallExpression;
import dev.weft.frontend.syntax.Setting;
import dev.weft.ir.op.AdamUpdate.Decay;
import dev.weft.ir.plan.LossScale;
import dev.weft.ir.plan.OptimizerSpec;
import dev.weft.ir.plan.UpdateRules;
import dev.weft.ir.type.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the optimizer of a recipe with its constants, its rate and what it does with gradients. */
final class OptimizerReader {
  private static final List<String> KNOWN = List.of("sgd", "adam", "adamw", "lamb");
  private static final List<String> COMMON = List.of("clip_norm", "loss_scale");
  private static final List<String> MOMENTS =
      List.of("lr", "beta1", "beta2", "eps", "weight_decay", "no_decay");

  /** Without a word about it, gradients of 16 bits with a small exponent are scaled so. */
  private static final LossScale DYNAMIC = new LossScale(LossScale.GREATEST, 2000);

  private final DType precision;
  private final Map<String, WeightFacts> weights;
  private final Findings findings;

  /**
   * A reader for a model.
   *
   * @param weights what is known of the model's weights, by path
   */
  OptimizerReader(DType precision, Map<String, WeightFacts> weights, Findings findings) {
    this.precision = precision;
    this.weights = weights;
    this.findings = findings;
  }

  /** The optimizer of a model whose recipe says nothing of it. */
  OptimizerSpec byDefault() {
    var sgd = new OptimizerSpec.Sgd(0.1, 0);
    return precision == DType.F16 ? sgd.with(UpdateRules.NONE.withLossScale(DYNAMIC)) : sgd;
  }

  OptimizerSpec read(Setting setting) {
    if (!(setting.value() instanceof CallExpression call)) {
      findings.add(
          CheckCode.RECIPE_VALUE,
          setting.value().span(),
          "`" + setting.value().span().text() + "` is not an optimizer with its constants");
      return byDefault();
    }
    var constants = new OptimizerConstants(call, findings);
    return switch (call.function().text()) {
      case "sgd" -> sgd(constants);
      case "adam" -> adam(constants, 0, Decay.COUPLED);
      case "adamw" -> adam(constants, 0.01, Decay.DECOUPLED);
      case "lamb" -> lamb(constants);
      default -> {
        findings.add(
            Suggest.among(
                KNOWN,
                call.function(),
                CheckCode.RECIPE_VALUE,
                "no optimizer is called `" + call.function() + "`"));
        yield byDefault();
      }
    };
  }

  private OptimizerSpec sgd(OptimizerConstants constants) {
    var values = constants.read(withCommon(List.of("lr", "momentum")));
    return new OptimizerSpec.Sgd(
        new RateReader(findings).read(values), values.fraction("momentum", 0), rules(values));
  }

  private OptimizerSpec adam(OptimizerConstants constants, double weightDecay, Decay decay) {
    var values = constants.read(withCommon(MOMENTS));
    return new OptimizerSpec.Adam(
        new RateReader(findings).read(values),
        values.fraction("beta1", 0.9),
        values.fraction("beta2", 0.999),
        values.atLeastZero("eps", 1e-8),
        values.atLeastZero("weight_decay", weightDecay),
        decay,
        rules(values));
  }

  private OptimizerSpec lamb(OptimizerConstants constants) {
    var values = constants.read(withCommon(MOMENTS));
    var stacks = new java.util.TreeMap<String, Integer>();
    weights.forEach(
        (path, facts) -> {
          if (facts.layerAxes() > 0) {
            stacks.put(path, facts.layerAxes());
          }
        });
    return new OptimizerSpec.Lamb(
        new RateReader(findings).read(values),
        values.fraction("beta1", 0.9),
        values.fraction("beta2", 0.999),
        values.atLeastZero("eps", 1e-6),
        values.atLeastZero("weight_decay", 0.01),
        stacks,
        rules(values));
  }

  private UpdateRules rules(OptimizerConstants values) {
    var rules = UpdateRules.NONE;
    if (values.has("clip_norm")) {
      rules = rules.withClipNorm(values.positive("clip_norm"));
    }
    var undecayed = values.find("no_decay").map(new DecayNames(weights, findings)::paths);
    if (undecayed.isPresent()) {
      rules = rules.withUndecayed(undecayed.get());
    }
    var written = values.find("loss_scale").flatMap(new LossScaleReader(findings, DYNAMIC)::read);
    var scale = written.or(() -> precision == DType.F16 ? Optional.of(DYNAMIC) : Optional.empty());
    return scale.isPresent() ? rules.withLossScale(scale.get()) : rules;
  }

  private static String[] withCommon(List<String> names) {
    var all = new ArrayList<>(names);
    all.addAll(COMMON);
    return all.toArray(String[]::new);
  }
}
