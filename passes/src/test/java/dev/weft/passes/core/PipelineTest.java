package dev.weft.passes.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Property;
import dev.weft.ir.plan.Plan;
import dev.weft.ir.source.Checked;
import dev.weft.ir.verify.InvalidModule;
import dev.weft.passes.autodiff.Autodiff;
import dev.weft.passes.core.Pipeline.Verification;
import dev.weft.passes.lower.Lower;
import dev.weft.passes.shard.Shard;
import dev.weft.passes.simplify.ExpandComposites;
import dev.weft.passes.simplify.Simplify;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PipelineTest {
  @Test
  void anOrderInWhichARequirementIsNotMetIsExplained() {
    assertThat(Pipeline.problems(List.of(new Lower()), Set.of()))
        .containsExactly("lower requires `sharded`, which no earlier pass establishes");
    assertThatThrownBy(() -> new Pipeline(List.of(new Shard(Plan.SERIAL))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("shard requires");
  }

  @Test
  void autodiffCannotFollowItself() {
    assertThat(Pipeline.problems(List.of(new Autodiff(), new Autodiff()), Set.of()))
        .containsExactly("autodiff cannot follow a pass that establishes `differentiated`");
  }

  @Test
  void theOrderOfTheProductIsLegal() {
    var passes =
        List.of(
            new Simplify(),
            new Autodiff(),
            new ExpandComposites(),
            new Shard(Plan.SERIAL),
            new Lower());
    assertThat(Pipeline.problems(passes, Set.of())).isEmpty();
  }

  @Test
  void aCrashNamesThePassAndKeepsTheModule() {
    var module = Programs.module(Programs.MLP);
    assertThatThrownBy(() -> new Pipeline(List.of(new Broken())).run(module))
        .isInstanceOfSatisfying(
            PassCrash.class,
            crash -> {
              assertThat(crash.pass()).isEqualTo("broken");
              assertThat(crash.before()).isSameAs(module);
            });
  }

  @Test
  void whatAPassMakesIsVerifiedUnlessSomebodySaysOtherwise() {
    var module = Programs.module(Programs.MLP);
    var pipeline = new Pipeline(List.of(new Doubled()));
    assertThatThrownBy(() -> pipeline.run(module))
        .isInstanceOf(PassCrash.class)
        .hasRootCauseInstanceOf(InvalidModule.class);
    assertThat(pipeline.with(Verification.NONE).run(module).orThrow().functions()).hasSize(2);
  }

  /** A pass that leaves two functions of one name. */
  private record Doubled() implements Pass {
    @Override
    public PassInfo info() {
      return new PassInfo("doubled", "fails", Set.of(), Set.<Property>of(), Set.of());
    }

    @Override
    public Checked<Module> run(Module module) {
      var twice = List.of(module.only(), module.only());
      return Checked.ok(new Module(module.mesh(), twice, module.properties(), module.pipeline()));
    }
  }

  /** A pass that loses the module. */
  private record Broken() implements Pass {
    @Override
    public PassInfo info() {
      return new PassInfo("broken", "fails", Set.of(), Set.<Property>of(), Set.of());
    }

    @Override
    public Checked<Module> run(Module module) {
      throw new IllegalStateException("lost");
    }
  }
}
