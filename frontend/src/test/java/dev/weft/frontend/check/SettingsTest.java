package dev.weft.frontend.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.weft.ir.op.AdamUpdate.Decay;
import dev.weft.ir.op.RateSchedule;
import dev.weft.ir.plan.LossScale;
import dev.weft.ir.plan.OptimizerSpec;
import dev.weft.ir.plan.UpdateRules;
import dev.weft.ir.source.Edit;
import dev.weft.ir.type.DType;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Where sizes and the recipe come from, and who wins. */
class SettingsTest {
  private static final String FILE =
      """
      model m(n = 4, wide = 3 * n, k = wide / 2) {
        axis batch, seq
        axis twice = 2 * wide
        input x: float[batch, seq]
        param w: [n, k, twice]
        shard n over tp
        shard twice over tp
        shard twice over sp
        loss = mean(x) + mean(w)
      }
      preset big { n = 8, batch = 3, optimizer = adam(lr: 1e-3, beta2: 0.95) }
      preset bigger { n = 2 * 8 }
      train m { batch = 2, seq = 5, precision = bf16 }
      """;

  @Test
  void theRecipeBindsOpenAxes() {
    var model = Small.check(FILE, Options.NONE);
    assertThat(model.name()).isEqualTo("m");
    assertThat(model.sizes())
        .containsExactly(
            entry("n", 4L),
            entry("wide", 12L),
            entry("k", 6L),
            entry("batch", 2L),
            entry("seq", 5L),
            entry("twice", 24L));
    assertThat(model.recipe()).isEqualTo(new Recipe(2, new OptimizerSpec.Sgd(0.1, 0), DType.BF16));
    assertThat(model.presets()).containsExactly("big", "bigger");
    assertThat(model.shardHints())
        .containsExactly(entry("n", List.of("tp")), entry("twice", List.of("tp", "sp")));
  }

  @Test
  void aPresetWinsOverTheRecipeAndDerivesAnew() {
    var model = Small.check(FILE, Options.preset("big"));
    assertThat(model.sizes()).contains(entry("k", 12L), entry("twice", 48L), entry("batch", 3L));
    assertThat(model.recipe().optimizer())
        .isEqualTo(new OptimizerSpec.Adam(1e-3, 0.9, 0.95, 1e-8, 0, Decay.COUPLED));
  }

  @Test
  void theCommandLineWinsOverThePreset() {
    var options =
        Options.preset("big")
            .with("n", "6")
            .with("wide", "n + 4")
            .with("batch", "1")
            .with("precision", "f64")
            .with("optimizer", "sgd(lr: 0.5, momentum: 0.9)");
    var model = Small.check(FILE, options);
    assertThat(model.sizes()).contains(entry("n", 6L), entry("wide", 10L), entry("k", 5L));
    assertThat(model.recipe()).isEqualTo(new Recipe(1, new OptimizerSpec.Sgd(0.5, 0.9), DType.F64));
  }

  @Test
  void aPrecisionOfTheOptionsWinsOverAll() {
    var model = Small.check(FILE, Options.NONE.with("precision", "f64").with(DType.F32));
    assertThat(model.recipe().precision()).isEqualTo(DType.F32);
    assertThat(model.module().only().body().params().getFirst().type().dtype())
        .isEqualTo(DType.F32);
  }

  @Test
  void adamwDecaysTheWeights() {
    var model = Small.check(FILE, Options.NONE.with("optimizer", "adamw(lr: 0.1)"));
    assertThat(model.recipe().optimizer())
        .isEqualTo(new OptimizerSpec.Adam(0.1, 0.9, 0.999, 1e-8, 0.01, Decay.DECOUPLED));
  }

  @Test
  void aLearningRateMayFollowASchedule() {
    var optimizer = "sgd(lr: cosine(0.1, warmup: 5, steps: 50, end: 0.01), clip_norm: 2)";
    var model = Small.check(FILE, Options.NONE.with("optimizer", optimizer));
    var rate = new RateSchedule(0.1, 5, RateSchedule.Shape.COSINE, 50, 0.01);
    assertThat(model.recipe().optimizer())
        .isEqualTo(new OptimizerSpec.Sgd(rate, 0, UpdateRules.NONE.withClipNorm(2)));
  }

  @Test
  void aDecayGroupFollowsTheWeight() {
    assertThat(undecayed("[vectors]"))
        .containsExactly("blocks.norm.gain", "blocks.norm_2.gain", "blocks.w");
    assertThat(undecayed("[norm]")).containsExactly("blocks.norm.gain", "blocks.norm_2.gain");
    assertThat(undecayed("[norm_2, w]")).containsExactly("blocks.norm_2.gain", "blocks.w");
    assertThat(undecayed("blocks")).hasSize(3);
    assertThat(undecayed("[]")).isEmpty();
  }

  @Test
  void layersHaveTrustRatiosOfTheirOwn() {
    assertThat(layered("[]"))
        .isInstanceOfSatisfying(
            OptimizerSpec.Lamb.class,
            lamb ->
                assertThat(lamb.stacks())
                    .containsExactly(
                        entry("blocks.norm.gain", 1),
                        entry("blocks.norm_2.gain", 1),
                        entry("blocks.w", 1)));
  }

  @Test
  void gradientsOfHalfPrecisionAreScaled() {
    var half = Small.check(FILE, Options.NONE.with(DType.F16)).recipe().optimizer();
    assertThat(half.rules().lossScale()).contains(new LossScale(32768, 2000));
    var narrow = Small.check(FILE, Options.NONE.with(DType.BF16)).recipe().optimizer();
    assertThat(narrow.rules().lossScale()).isEmpty();
    var options = Options.NONE.with("optimizer", "sgd(lr: 1, loss_scale: dynamic(interval: 7))");
    assertThat(Small.check(FILE, options).recipe().optimizer().rules().lossScale())
        .contains(new LossScale(32768, 7));
  }

  private static Set<String> undecayed(String names) {
    return layered(names).rules().undecayed();
  }

  private static OptimizerSpec layered(String undecayed) {
    var file =
        """
        block norm(x[..., d]) { param gain: [d] = ones  return x * gain }
        model m(layers = 2, d = 3) {
          axis batch, out
          input x: float[batch, d]
          param head: [d, out]
          y[batch, d] = x
          repeat layers as blocks {
            param w: [d]
            y = norm(norm(y)) * w
          }
          z[batch, out] = y * head
          loss = mean(z)
        }
        train m { batch = 2, out = 4, optimizer = lamb(lr: 1, no_decay: NAMES) }
        """;
    return Small.check(file.replace("NAMES", undecayed), Options.NONE).recipe().optimizer();
  }

  @Test
  void anInexactDivisionNamesWhatWouldDivide() {
    var mistake =
        Mistake.file(
            CheckCode.INEXACT_DIVISION,
            "model m(width = 770, heads = 12, key = width / heads) { param w: [key]  loss = mean(w)"
                + " }",
            "");
    var found = mistake.check().diagnostics().getFirst();
    assertThat(found.notes().getFirst().message())
        .isEqualTo("nearest that divide: width = 768, width = 780, heads = 11");
    assertThat(found.notes().get(1).message()).isEqualTo("`width` is 770 from here");
    assertThat(found.notes().get(1).span().text()).isEqualTo("770");
  }

  @Test
  void aMisspeltSettingIsMendedWhereItsLettersAreRight() {
    assertThat(fixes("Bacth")).containsExactly("batch");
    assertThat(fixes("batches")).isEmpty();
  }

  private static List<String> fixes(String setting) {
    var file = FILE + "preset a { " + setting + " = 2 }";
    var found = Mistake.file(CheckCode.UNKNOWN_SETTING, file, "").check().diagnostics().getFirst();
    assertThat(found.notes().getFirst().message()).isEqualTo("did you mean `batch`?");
    return found.fix().stream().map(Edit::replacement).toList();
  }
}
