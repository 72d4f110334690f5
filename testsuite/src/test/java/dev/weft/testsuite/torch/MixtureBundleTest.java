package dev.weft.testsuite.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.backends.core.BundleWriter;
import dev.weft.backends.core.Existing;
import dev.weft.backends.torch.Bundle;
import dev.weft.backends.torch.Target;
import dev.weft.backends.torch.TorchBackend;
import dev.weft.ir.graph.Module;
import dev.weft.ir.mesh.Mesh;
import dev.weft.ir.mesh.MeshAxis;
import dev.weft.ir.plan.AxisRule;
import dev.weft.ir.plan.AxisRule.Scope;
import dev.weft.ir.plan.OptimizerSharding;
import dev.weft.ir.plan.OptimizerSpec;
import dev.weft.ir.plan.Plan;
import dev.weft.ir.plan.PlanJson;
import dev.weft.ir.source.Source;
import dev.weft.ir.text.Parser;
import dev.weft.ir.type.DType;
import dev.weft.passes.optimizer.MicroBatching;
import dev.weft.passes.pipeline.Pipelines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * A mixture of experts, written in the IR: each position goes to two of four experts, which have
 * room for three positions each, so that some are left out. Emitted, on gloo ranks.
 */
class MixtureBundleTest {
  private static final String MODEL =
      """
      func @model(
        %scale: f64[model=6] weight("scale", normal 1.0),
        %router: f64[model=6, experts=4] weight("router", normal 0.7),
        %up: f64[experts=4, model=6, ffn=8] weight("up", normal 0.5),
        %down: f64[experts=4, ffn=8, model=6] weight("down", normal 0.5),
        %x: f64[batch=BATCH, seq=8, model=6] data("x"),
        %target: f64[batch=BATCH, seq=8, model=6] data("target")
      ) {
        %u = mul %x, %scale : f64[batch=BATCH, seq=8, model=6]
        %logits = contract %u, %router {axes=[batch, experts, seq]} : f64[batch=BATCH, experts=4, seq=8]
        %prob = softmax %logits {axis=experts} : f64[batch=BATCH, experts=4, seq=8]
        %gates = top_k %prob, %logits {axis=experts, count=2} : f64[batch=BATCH, experts=4, seq=8]
        %places = nonzero %gates {axis=seq, slots=slots=3} : i32[batch=BATCH, experts=4, slots=3]
        %taken = gather %u, %places {axis=seq} : f64[batch=BATCH, experts=4, slots=3, model=6]
        %h = contract %taken, %up {axes=[batch, experts, slots, ffn]} : f64[batch=BATCH, experts=4, slots=3, ffn=8]
        %a = gelu %h : f64[batch=BATCH, experts=4, slots=3, ffn=8]
        %y = contract %a, %down {axes=[batch, experts, slots, model]} : f64[batch=BATCH, experts=4, slots=3, model=6]
        %gate = gather %gates, %places {axis=seq} : f64[batch=BATCH, experts=4, slots=3]
        %weighed = mul %y, %gate : f64[batch=BATCH, experts=4, slots=3, model=6]
        %mixed = scatter %weighed, %places {axis=seq=8, axes=[batch, seq, model]} : f64[batch=BATCH, seq=8, model=6]
        %error = sub %mixed, %target : f64[batch=BATCH, seq=8, model=6]
        %square = square %error : f64[batch=BATCH, seq=8, model=6]
        %loss = reduce %square {function=mean, axes=[batch, seq, model], count=COUNT} : f64[]
        return
          loss("loss") %loss,
          output("mixed") %mixed
      }
      """;

  private static final int BATCH = 4;
  private static final OptimizerSpec DESCENT = new OptimizerSpec.Sgd(0.1, 0);

  private static final Plan SERIAL = new Plan(mesh("dp", 1), List.of(), 1, OptimizerSharding.NONE);

  @TempDir private static Path folder = Path.of("");

  private record Case(String name, Plan plan) {}

  @TestFactory
  Stream<DynamicTest> bundlesEqualTheSerialProgram() throws IOException, InterruptedException {
    var dp = rule("batch", "dp");
    var ep = rule("experts", "ep");
    var both = mesh("dp", 2, "ep", 2);
    var shares = new OptimizerSharding(1, List.of("dp"));
    var cases =
        List.of(
            new Case("serial", SERIAL),
            new Case("dp", new Plan(mesh("dp", 2), List.of(dp), 2, OptimizerSharding.NONE)),
            new Case("ep", new Plan(mesh("ep", 4), List.of(ep), 1, OptimizerSharding.NONE)),
            new Case("dp-ep", new Plan(both, List.of(dp, ep), 1, shares)),
            new Case(
                "seq",
                new Plan(mesh("sp", 2), List.of(rule("seq", "sp")), 1, OptimizerSharding.NONE)),
            new Case(
                "ffn",
                new Plan(mesh("tp", 2), List.of(rule("ffn", "tp")), 1, OptimizerSharding.NONE)));
    var claims = new ArrayList<Claim>();
    for (var one : cases) {
      var command = new Python.Command(write(one), "test_parity.py");
      claims.add(
          new Claim(one.name() + " equals model_ref.py", command, MixtureBundleTest::passed));
    }
    return Claim.tests(claims);
  }

  /** Forward and backward read as the model does. */
  @Test
  void theProgramSaysWhatGoesWhere() throws IOException {
    var program = Files.readString(write(new Case("text", SERIAL)).resolve("model.py"));
    assertThat(program)
        .contains(
            "gates = top_k(prob, logits, 1, 2)",
            "places = nonzero(gates, -1, 3)",
            "taken = gather_rows(u, places, 1)",
            "gate = gather_rows(gates, places, 2)",
            "mixed = scatter_rows(weighed, places, 8, 1)",
            "d_weighed = gather_rows(d_error, places, 1)",
            "d_gates = scatter_rows(d_gate, places, 8, 2)",
            "d_prob = top_k(d_gates, logits, 1, 2)",
            "d_u = scatter_rows(d_taken, places, 8, 1)");
  }

  private static void passed(Python.Ended ended) {
    assertThat(ended.output()).contains("PASS: 3 steps on ");
    assertThat(ended.code()).isZero();
  }

  private static Path write(Case one) throws IOException {
    var plan = one.plan();
    var model = model(BATCH);
    var micro = MicroBatching.of(model.only(), "batch", plan.microBatches()).orThrow();
    var outputs = model.only().outputs();
    var passes = Pipelines.parallelize(plan, DESCENT, micro, outputs, Optional.empty());
    var batch = BATCH * plan.microBatches();
    var bundle =
        new Bundle(
            Target.CPU,
            "mixture",
            "mixture",
            passes.run(model).orThrow(),
            model(batch).only(),
            PlanJson.write(plan),
            DESCENT,
            DType.F64,
            batch,
            0);
    var files = TorchBackend.emit(bundle).orThrow();
    return BundleWriter.write(folder.resolve(one.name()), files, Existing.KEEP).orThrow();
  }

  private static Module model(int batch) {
    var text =
        MODEL
            .replace("BATCH", Integer.toString(batch))
            .replace("COUNT", Integer.toString(batch * 8 * 6));
    return Parser.parse(new Source("mixture", text)).orThrow();
  }

  private static AxisRule rule(String axis, String over) {
    return new AxisRule(axis, List.of(over), Scope.ALL, "of this test");
  }

  private static Mesh mesh(String axis, int size) {
    return new Mesh(List.of(new MeshAxis(axis, size)));
  }

  private static Mesh mesh(String major, int majorSize, String minor, int minorSize) {
    return new Mesh(List.of(new MeshAxis(major, majorSize), new MeshAxis(minor, minorSize)));
  }
}
