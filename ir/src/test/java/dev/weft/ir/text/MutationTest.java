package dev.weft.ir.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.op.OpSamples;
import dev.weft.ir.plan.KnobsParser;
import dev.weft.ir.plan.PlanJson;
import dev.weft.ir.source.Checked;
import dev.weft.ir.source.DiagnosticRenderer;
import dev.weft.ir.source.Source;
import dev.weft.ir.verify.Verifier;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Damaged texts are refused with diagnostics that can be shown, never with an exception. */
class MutationTest {
  private static final int ROUNDS = 400;
  private static final String PIECES = "%@{}[](),;:=*\"\\_-.0123456789 \n\té";

  @Test
  void irText() {
    damage(Printer.print(Modules.sharded()), this::parseAndVerify);
    var samples = OpSamples.all();
    for (int i = 0; i < samples.size(); i += 5) {
      damage(Printer.print(Modules.of(samples.get(i))), this::parseAndVerify);
    }
  }

  private Checked<?> parseAndVerify(Source source) {
    var checked = Parser.parse(source);
    checked.value().ifPresent(Verifier::verify);
    return checked;
  }

  @Test
  void plans() {
    damage(
        """
        {
          "version": 1,
          "mesh": { "dp": 2, "tp": 4 },
          "shard": [ { "axis": "seq", "over": ["tp"], "scope": "activations", "why": "x\\n" } ],
          "microBatches": 4,
          "optimizerSharding": { "level": 1, "over": ["dp"] }
        }
        """,
        PlanJson::read);
  }

  @Test
  void knobs() {
    damage("dp=2,tp=4,sp,micro=4,zero=1", KnobsParser::parse);
  }

  private static void damage(String sound, Function<Source, Checked<?>> read) {
    for (int seed = 0; seed < ROUNDS; seed++) {
      var text = damaged(sound, new Random(seed));
      try {
        var checked = read.apply(new Source("damaged", text));
        assertThat(checked.value().isPresent() || checked.hasErrors()).isTrue();
        DiagnosticRenderer.plain().render(checked.diagnostics());
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + " of:\n" + text, e);
      }
    }
  }

  /** The text with one to three pieces cut out, doubled, moved or overwritten. */
  private static String damaged(String text, Random random) {
    var result = new StringBuilder(text);
    for (int i = 0; i <= random.nextInt(3); i++) {
      int start = random.nextInt(result.length());
      int end = Math.min(result.length(), start + 1 + random.nextInt(6));
      var piece = result.substring(start, end);
      switch (random.nextInt(4)) {
        case 0 -> result.delete(start, end);
        case 1 -> result.insert(start, piece);
        case 2 -> result.insert(random.nextInt(result.length()), piece);
        default -> result.setCharAt(start, PIECES.charAt(random.nextInt(PIECES.length())));
      }
      if (result.isEmpty()) {
        return "";
      }
    }
    return result.toString();
  }
}
