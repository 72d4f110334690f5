package dev.weft.testsuite.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
  private static final Map<String, String> SHALLOW = Map.of("layers", "4");

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
  private static final Variant WATCHED =
      Variant.right(
          "watched",
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
          Variant.right("nothing changed"),
          Variant.right("gathers that come late", LATENESS, LATE),
          Variant.wrong(
              "late gathers that nobody waits for", LATENESS, LATE, new Edit(COMM, WAIT, "pass")),
          Variant.wrong(
              "this layer's weights for the next layer",
              new Edit(COMM, "(begin, order[at + 1])", "(begin, order[at])")),
          Variant.wrong(
              "the first layer's weights for all",
              new Edit(
                  MODEL, "lambda i: blocks_fwd_ahead(p, i)", "lambda i: blocks_fwd_ahead(p, 0)")));

  @TempDir private static Path folder = Path.of("");

  @TestFactory
  Stream<DynamicTest> whatIsBroughtAheadIsWaitedForAndThatOfTheRightLayer()
      throws IOException, InterruptedException {
    var bundle = Emitted.into(folder, "gpt2", "dp=2,zero=3,offload=params", SHALLOW);
    return Claim.tests(Variant.claims(bundle, 2, VARIANTS));
  }

  @Test
  void whatTheNextLayerNeedsBeginsBeforeTheWorkOfThisOneEnds()
      throws IOException, InterruptedException {
    var bundle = Emitted.into(folder, "gpt2", "dp=2,zero=3", SHALLOW);
    var watched = WATCHED.of(bundle, bundle.beside("watched"));
    var test = new Python.Command(watched, "test_parity.py", "--steps", "1");
    var ended = Python.find().run(List.of(test)).getFirst();
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
}
