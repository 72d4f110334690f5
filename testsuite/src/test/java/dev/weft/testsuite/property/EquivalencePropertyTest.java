package dev.weft.testsuite.property;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.weft.ir.graph.Node;
import dev.weft.ir.op.Call;
import dev.weft.ir.op.LambDirection;
import dev.weft.ir.op.LambUpdate;
import dev.weft.ir.op.LearningRate;
import dev.weft.ir.op.LossScaleUpdate;
import dev.weft.ir.op.Primitive;
import dev.weft.ir.op.Receive;
import dev.weft.ir.op.Reshard;
import dev.weft.ir.op.SegmentSquares;
import dev.weft.ir.op.Select;
import dev.weft.ir.op.Send;
import dev.weft.ir.op.SharedSum;
import dev.weft.passes.autodiff.AutodiffCode;
import dev.weft.passes.offload.OffloadCode;
import dev.weft.passes.optimizer.OptimizerCode;
import dev.weft.passes.remat.RematCode;
import dev.weft.passes.shard.ShardCode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A random model under a random plan: the step on the grid computes what the oracle computes
 * serially (loss, outputs, gradients and new weights, on every device), and takes the memory and
 * traffic that its text predicts; or the plan is refused with a reason.
 *
 * <p>{@code -Dweft.property.cases=N} runs N cases, {@code -Dweft.property.seed=S} begins at seed S.
 */
class EquivalencePropertyTest {
  private static final int CASES = Integer.getInteger("weft.property.cases", 1500);
  private static final long SEED = Long.getLong("weft.property.seed", 0);
  private static final double MOST_REFUSALS = 0.6;
  private static final int SABOTAGE_CASES = 4000;

  /** A sample, and what came of it. */
  private record Judged(long seed, Outcome outcome) {}

  @Test
  void theParallelStepComputesWhatTheSerialOneDoesOrIsRefused() {
    var judged = seeds().parallel().mapToObj(s -> new Judged(s, Trial.of(Sample.draw(s)))).toList();
    judged.stream().filter(j -> isFailure(j.outcome())).findFirst().ifPresent(this::explain);
    var codes =
        judged.stream()
            .filter(j -> j.outcome() instanceof Outcome.Refused)
            .map(j -> ((Outcome.Refused) j.outcome()).codes())
            .toList();
    assertThat(codes.size()).as("refusals").isLessThan((int) (MOST_REFUSALS * CASES) + 1);
    assertThat(codes).allSatisfy(c -> assertThat(c).isNotEmpty().isSubsetOf(reasons()));
  }

  private static LongStream seeds() {
    return LongStream.range(SEED, SEED + CASES);
  }

  private static boolean isFailure(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Equal _, Outcome.Refused _ -> false;
      case Outcome.Mismatch _, Outcome.Mispredicted _, Outcome.Crash _ -> true;
    };
  }

  private void explain(Judged judged) {
    var small =
        Shrinking.shrink(
            Sample.draw(judged.seed()), s -> Outcome.sameFailure(judged.outcome(), Trial.of(s)));
    var outcome = Trial.of(small);
    var message = "seed " + judged.seed() + ": " + outcome + "\nshrunk to\n" + small;
    if (outcome instanceof Outcome.Crash(var cause)) {
      throw new AssertionError(message, cause);
    }
    fail(message);
  }

  /** What lowering replaces, and ops of pipelines and optimizers, which have tests of their own. */
  private static final Set<Class<?>> ELSEWHERE =
      Set.of(
          Reshard.class,
          Call.class,
          Receive.class,
          Send.class,
          SharedSum.class,
          LambDirection.class,
          LambUpdate.class,
          LearningRate.class,
          LossScaleUpdate.class,
          SegmentSquares.class,
          Select.class);

  /** The codes with which a plan may be refused. */
  private static Set<String> reasons() {
    return Stream.of(
            ShardCode.values(),
            OptimizerCode.values(),
            AutodiffCode.values(),
            RematCode.values(),
            OffloadCode.values())
        .flatMap(Stream::of)
        .map(c -> c.id())
        .collect(Collectors.toSet());
  }

  @Test
  void theCasesReachEveryOp() {
    var reached = new TreeSet<String>();
    LongStream.range(0, 600)
        .mapToObj(s -> Trial.step(Sample.draw(s)))
        .flatMap(step -> step.value().stream())
        .flatMap(module -> module.only().body().allNodes())
        .map(Node::op)
        .forEach(op -> reached.add(op.getClass().getSimpleName()));
    var all =
        Stream.of(Primitive.class.getPermittedSubclasses())
            .filter(op -> !ELSEWHERE.contains(op))
            .map(Class::getSimpleName)
            .toList();
    assertThat(reached).containsAll(all);
  }

  @ParameterizedTest
  @EnumSource
  void aBugInLoweringIsFound(Sabotage bug) {
    var found =
        LongStream.range(0, SABOTAGE_CASES)
            .mapToObj(Sample::draw)
            .filter(s -> Trial.step(s).value().filter(bug::touches).isPresent())
            .limit(20)
            .filter(s -> isFailure(Trial.of(s, bug::apply)))
            .findFirst();
    assertThat(found).as("a case that shows " + bug).isPresent();
  }

  @Test
  void aFailureShrinks() {
    var bug = Sabotage.DROP_ALL_REDUCE;
    var failing =
        LongStream.range(0, SABOTAGE_CASES)
            .mapToObj(Sample::draw)
            .filter(s -> Trial.of(s, bug::apply) instanceof Outcome.Mismatch)
            .limit(3)
            .toList();
    assertThat(failing)
        .allSatisfy(
            sample -> {
              var small =
                  Shrinking.shrink(
                      sample, s -> Trial.of(s, bug::apply) instanceof Outcome.Mismatch);
              assertThat(small.microBatch().body().nodes()).hasSizeLessThan(8);
              assertThat(small.plan().mesh().devices()).isBetween(2, 3);
              assertThat(small.toString()).contains("seed " + sample.seed(), "func @model", "mesh");
            });
  }

  @Test
  void theSameSeedGivesTheSameCase() {
    assertThat(List.of(Sample.draw(7).toString(), Sample.draw(8).toString()))
        .isEqualTo(List.of(Sample.draw(7).toString(), Sample.draw(8).toString()));
  }
}
