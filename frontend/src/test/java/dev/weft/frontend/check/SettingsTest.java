package dev.weft.frontend.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.weft.ir.op.AdamUpdate.Decay;
import dev.weft.ir.plan.OptimizerSpec;
import dev.weft.ir.source.Edit;
import dev.weft.ir.type.DType;
import java.util.List;
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
