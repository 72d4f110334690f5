package dev.weft.testsuite.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an emitted program brings ahead of its use: it begins in time, it is waited for, and it is
 * that of the right layer.
 */
class PrefetchBundleTest {
  private static final String MODEL = "model.py";
  private static final String COMM = "comm.py";
  private static final String WAIT = "self.work.wait()";

  /** Gathers that come as late as they may, so that whoever does not wait has nothing. */
  private static final Edit LATE =
      new Edit(
          COMM,
          "self.work = _gather_into(",
          """
          whole, piece, group = self.pieces.view(-1), x.reshape(-1).clone(), self.group
                  self.work = Late(lambda: _gather_into(whole, piece, group=group.process_group))
                  return
                  self.work = _gather_into(""");

  private static final Edit LATENESS =
      new Edit(
          COMM,
          "class Gathering:",
          """
          class Late:
              def __init__(self, work):
                  self.wait = work


          class Gathering:""");

  /** One rank says what it does. */
  private static final List<Edit> WATCHED =
      List.of(
          new Edit(COMM, "order = list(order)", "order, begin = list(order), said(begin)"),
          new Edit(
              COMM,
              "def ahead(begin, order):",
              """
              def said(begin):
                  def saying(i):
                      if dist.get_rank() == 0:
                          print("EVENT begins", i, flush=True)
                      return begin(i)
                  return saying


              def ahead(begin, order):"""),
          new Edit(
              COMM,
              "        yield index, arrived\n",
              """
                      yield index, arrived
                      if dist.get_rank() == 0:
                          print("EVENT ends", index, flush=True)
              """));

  private static final List<Variant> VARIANTS =
      List.of(
          new Variant("nothing changed", List.of(), true),
          new Variant("gathers that come late", List.of(LATENESS, LATE), true),
          new Variant(
              "late gathers that nobody waits for",
              List.of(LATENESS, LATE, new Edit(COMM, WAIT, "pass")),
              false),
          new Variant(
              "this layer's weights for the next layer",
              List.of(new Edit(COMM, "(begin, order[at + 1])", "(begin, order[at])")),
              false),
          new Variant(
              "the first layer's weights for all",
              List.of(
                  new Edit(
                      MODEL,
                      "lambda i: blocks_fwd_ahead(p, i)",
                      "lambda i: blocks_fwd_ahead(p, 0)")),
              false));

  @TempDir private static Path folder = Path.of("");

  /** A change of a file; what it replaces occurs once. */
  private record Edit(String file, String from, String to) {}

  /** A bundle that is changed, and whether it is still right. */
  private record Variant(String name, List<Edit> edits, boolean isRight) {}

  @TestFactory
  Stream<DynamicTest> whatIsBroughtAheadIsWaitedForAndThatOfTheRightLayer()
      throws IOException, InterruptedException {
    var python = Python.find();
    var bundle = Emitted.into(folder, "gpt2", "dp=2,zero=3,offload=params");
    var commands = new ArrayList<Python.Command>();
    for (var variant : VARIANTS) {
      commands.add(command(bundle, "variant-" + commands.size(), variant.edits()));
    }
    var ended = python.run(commands);
    return IntStream.range(0, VARIANTS.size())
        .mapToObj(
            i ->
                dynamicTest(
                    VARIANTS.get(i).name(), () -> assertVerdict(ended.get(i), VARIANTS.get(i))));
  }

  @Test
  void whatTheNextLayerNeedsBeginsBeforeTheWorkOfThisOneEnds()
      throws IOException, InterruptedException {
    var python = Python.find();
    var bundle = Emitted.into(folder, "gpt2", "dp=2,zero=3");
    var ended = python.run(List.of(command(bundle, "watched", WATCHED))).getFirst();
    var events = ended.output().lines().filter(l -> l.startsWith("EVENT ")).toList();
    assertThat(events)
        .startsWith(
            "EVENT begins 0",
            "EVENT begins 1",
            "EVENT ends 0",
            "EVENT begins 2",
            "EVENT ends 1",
            "EVENT begins 3");
    assertThat(ended.output()).contains("PASS: ");
  }

  /** The parity test of a changed copy of a bundle. */
  private static Python.Command command(Emitted bundle, String name, List<Edit> edits)
      throws IOException {
    var copy = bundle.copy(folder.resolve(name));
    for (var edit : edits) {
      var file = copy.resolve(edit.file());
      var text = Files.readString(file);
      assertThat(text).containsOnlyOnce(edit.from());
      Files.writeString(file, text.replace(edit.from(), edit.to()));
    }
    return new Python.Command(copy, "test_parity.py", "--steps", "2");
  }

  private static void assertVerdict(Python.Ended parity, Variant variant) {
    assertThat(parity.output()).contains(variant.isRight() ? "PASS: " : "FAIL: ");
    assertThat(parity.code()).isEqualTo(variant.isRight() ? 0 : 1);
  }
}
