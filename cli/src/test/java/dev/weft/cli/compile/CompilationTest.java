package dev.weft.cli.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.frontend.check.Options;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Property;
import dev.weft.ir.mesh.Mesh;
import dev.weft.ir.mesh.MeshAxis;
import dev.weft.ir.plan.AxisRule;
import dev.weft.ir.plan.OptimizerSharding;
import dev.weft.ir.plan.Plan;
import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Source;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompilationTest {
  private static final String MODEL =
      """
      model tiny(inner = 8) {
        axis batch, features
        input x: float[batch, features]
        param w: [features, inner], v: [inner]
        h[batch, inner] = tanh(x * w)
        y[batch] = h * v
        output y
        loss = mean(square(y))
      }
      train tiny { batch = 8, features = 4, precision = f64 }
      """;

  private static Checked<Compilation> compile(String model, PlanChoice choice) {
    return Compilation.of(new Source("tiny.weft", model), Options.NONE, choice);
  }

  private static List<String> codes(Checked<?> checked) {
    return checked.diagnostics().stream().map(d -> d.code().id()).toList();
  }

  @Test
  void withoutAPlanEverythingIsForOneDevice() {
    var compilation = compile(MODEL, PlanChoice.SERIAL).orThrow();
    assertThat(compilation.plan()).isEqualTo(Plan.SERIAL);
    assertThat(compilation.piece()).isSameAs(compilation.model());
    var step = compilation.step().orThrow();
    assertThat(step.mesh().devices()).isEqualTo(1);
    assertThat(step.properties()).contains(Property.TRAINING_STEP);
  }

  @Test
  void gradsAreThoseOfTheWholeBatch() {
    var choice = PlanChoice.knobs("dp=2,micro=2");
    var grads = compile(MODEL, choice).orThrow().grads().orThrow().only();
    assertThat(grads.body().params().getLast().type().dim("batch").size()).isEqualTo(8);
    assertThat(grads.outputIndices(Port.Gradient.class)).hasSize(2);
  }

  @Test
  void aStepTakesADevicesPartOfTheWholeBatch() {
    var compilation = compile(MODEL, PlanChoice.knobs("dp=2,micro=2")).orThrow();
    assertThat(compilation.piece().recipe().batch()).isEqualTo(4);
    var step = compilation.step().orThrow().only();
    int data = step.inputIndices(Port.Data.class).getFirst();
    assertThat(step.body().params().get(data).type().dim("batch").size()).isEqualTo(4);
  }

  @Test
  void aPlanMayBeMadeByAProgram() {
    var rule = new AxisRule("inner", List.of("x"), AxisRule.Scope.ALL, "");
    var mesh = new Mesh(List.of(new MeshAxis("x", 4)));
    var plan = new Plan(mesh, List.of(rule), 1, OptimizerSharding.NONE);
    var step = compile(MODEL, PlanChoice.made(plan)).then(Compilation::step).orThrow();
    assertThat(step.mesh()).isEqualTo(mesh);
  }

  @Test
  void theNumberOfDevicesMustBeThePlans() {
    assertThat(codes(compile(MODEL, PlanChoice.knobs("dp=2").on(4)))).containsExactly("W0627");
    assertThat(codes(compile(MODEL, PlanChoice.SERIAL.on(4)))).containsExactly("W0627");
    assertThat(codes(compile(MODEL, PlanChoice.knobs("dp=4").on(4)))).isEmpty();
  }

  @Test
  void aBatchThatIsNotDivisibleIsRefused() {
    var plan = new Plan(Mesh.SINGLE, List.of(), 3, OptimizerSharding.NONE);
    assertThat(codes(compile(MODEL, PlanChoice.made(plan)))).containsExactly("W0612");
  }

  /** Each micro-batch would divide by its own size: the sum of the parts is not the whole. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "sum(square(y)) / batch",
        "sum(square(y) * rsqrt(batch))",
        "mean(square(y)) + batch",
      })
  void theBatchAsANumberForbidsMicroBatches(String loss) {
    var model = MODEL.replace("mean(square(y))", loss);
    assertThat(codes(compile(model, PlanChoice.knobs("micro=2")))).containsExactly("W0651");
    assertThat(codes(compile(model, PlanChoice.knobs("dp=2")))).isEmpty();
  }

  @Test
  void theBatchAsAnInitialValueForbidsMicroBatches() {
    var model = MODEL.replace("v: [inner]", "v: [inner] = normal(rsqrt(batch))");
    assertThat(codes(compile(model, PlanChoice.knobs("micro=2")))).containsExactly("W0651");
  }

  @Test
  void theBatchAsANumberOfLayersForbidsMicroBatches() {
    var model = MODEL.replace("  output y\n", "  repeat batch { y = tanh(y) }\n  output y\n");
    assertThat(codes(compile(model, PlanChoice.knobs("micro=2")))).containsExactly("W0651");
  }
}
