package dev.weft.testsuite.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.graph.Module;
import dev.weft.passes.cost.Sent;
import dev.weft.passes.cost.TrafficUse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What emitted programs keep on the device saves the transfers that it was chosen for. On a CPU
 * both memories are one; the programs are changed so that what comes from the weights' home is
 * copied, and counted. A copy that is used when the weights have changed would then fail the parity
 * test.
 */
class CacheBundleTest {
  private static final Map<String, String> SHALLOW = Map.of("layers", "4");
  private static final String MODEL = "model.py";
  private static final String STATE = "state.py";
  private static final String MOVED = "MOVED ";

  /** The parity test trains so often twice: by gradient descent, and by the recipe's optimizer. */
  private static final int STEPS = 2;

  private static final List<Edit> TWO_MEMORIES =
      List.of(
          new Edit(
              "device.py",
              "def to_device(x):",
              """
              homes, moved = set(), 0


              def say_moved():
                  global moved
                  if dist.get_rank() == 0:
                      print("MOVED", moved, flush=True)
                  moved = 0


              def to_device(x):
                  global moved
                  if x.untyped_storage().data_ptr() not in homes:
                      return x
                  moved += x.numel() * x.element_size()
                  return x.clone()


              def unchanged_to_device(x):"""),
          new Edit(
              STATE,
              "self.gradients = Flat(",
              """
              device.homes.add(self.weights.flat.untyped_storage().data_ptr())
                      self.gradients = Flat("""),
          new Edit(
              STATE,
              "grad = grad.to(device.wide())",
              """
              device.say_moved()
                      grad = grad.to(device.wide())"""));

  private static final Edit NOTHING_RESIDENT =
      new Edit(MODEL, "resident(state, RESIDENT)", "resident(state, ())");

  private static final Edit NO_TURNS =
      new Edit(MODEL, "cache.turn(TURNS[pipe.place].get(at, ()))", "cache.turn(())");

  private static final Variant OUTLIVING =
      new Variant(
          "copies that outlive their step",
          plus(TWO_MEMORIES, new Edit(MODEL, "cache.clear()", "pass")),
          false);

  @TempDir private static Path folder = Path.of("");

  @TestFactory
  Stream<DynamicTest> asManyBytesComeToTheDeviceAsPredicted()
      throws IOException, InterruptedException {
    var claims = new ArrayList<Claim>();
    var uncached = emitted("dp=2,zero=3,offload=params+optimizer,micro=2");
    claims.add(moves(uncached, "as-it-is", step(uncached), TWO_MEMORIES));
    var once = emitted("dp=2,zero=3,offload=params+optimizer,cache=500kB");
    claims.addAll(withAndWithout(once, NOTHING_RESIDENT));
    var twice = emitted("dp=2,zero=3,offload=params+optimizer,cache=500kB,micro=2");
    claims.addAll(withAndWithout(twice, NOTHING_RESIDENT));
    var inTurns = emitted("pp=2,chunks=2,offload=params+optimizer,cache=500kB,micro=2");
    claims.addAll(withAndWithout(inTurns, NO_TURNS));
    claims.addAll(Variant.claims(inTurns, STEPS, List.of(OUTLIVING)));
    return Claim.tests(claims);
  }

  /** The program as it is, and one whose cache is never filled, which brings everything anew. */
  private static List<Claim> withAndWithout(Emitted bundle, Edit emptied) throws IOException {
    var without = bundle.compilation().uncached().orThrow().orElseThrow();
    assertThat(toDevice(step(bundle))).isLessThan(toDevice(without));
    return List.of(
        moves(bundle, "as-it-is", step(bundle), TWO_MEMORIES),
        moves(bundle, "never-filled", without, plus(TWO_MEMORIES, emptied)));
  }

  /**
   * A changed bundle is right, and its first rank brings to its device what that of a step does.
   *
   * @param name of the change
   */
  private static Claim moves(Emitted bundle, String name, Module step, List<Edit> edits)
      throws IOException {
    var copy = new Variant(name, edits, true).of(bundle, bundle.beside(name));
    return new Claim(
        bundle + ", " + name,
        new Python.Command(copy, "test_parity.py", "--steps", Integer.toString(STEPS)),
        ended -> {
          assertThat(ended.output()).contains("PASS: ");
          assertThat(ended.output().lines().filter(l -> l.startsWith(MOVED)))
              .hasSize(2 * STEPS)
              .containsOnly(MOVED + toDevice(step));
        });
  }

  private static List<Edit> plus(List<Edit> edits, Edit more) {
    return Stream.concat(edits.stream(), Stream.of(more)).toList();
  }

  /** Bytes of the first device in one step. */
  private static long toDevice(Module step) {
    return TrafficUse.of(step, 0).byKind().getOrDefault("to_device", Sent.NONE).bytes();
  }

  private static Module step(Emitted bundle) {
    return bundle.compilation().step().orThrow();
  }

  private static Emitted emitted(String knobs) throws IOException {
    return Emitted.into(folder, "gpt2", knobs, SHALLOW);
  }
}
