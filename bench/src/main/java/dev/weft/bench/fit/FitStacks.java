package dev.weft.bench.fit;

import dev.weft.cli.validate.Judged;
import dev.weft.cli.validate.SettingPricer;
import dev.weft.cli.validate.Validation;
import dev.weft.ir.source.Source;
import dev.weft.passes.cluster.SoftwareSpec;
import dev.weft.passes.cluster.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Prints what the published runs say about software stacks: {@code ./dev fit-stacks [name]}. */
public final class FitStacks {
  private FitStacks() {}

  public static void main(String[] arguments) throws IOException {
    var wanted = arguments.length == 0 ? ".*" : arguments[0];
    for (var stack : runs().entrySet()) {
      if (stack.getKey().matches(wanted)) {
        print(StackFit.of(shipped(stack.getKey()), stack.getValue()));
      }
    }
  }

  private static SoftwareSpec shipped(String name) {
    return Specs.named(SoftwareSpec.class, name).orThrow();
  }

  /** The runs with a time, by stack. */
  private static Map<String, List<StackFit.Run>> runs() throws IOException {
    var table = Path.of(System.getProperty("weft.root"), "bench/data/published-runs.csv");
    var source = new Source("published-runs.csv", Files.readString(table));
    var pricer = new SettingPricer();
    var runs = new TreeMap<String, List<StackFit.Run>>();
    for (Judged judged : Validation.of(source, pricer, 2).orThrow().judged()) {
      var seconds = judged.row().run().outcome().seconds();
      if (seconds.isPresent()) {
        var setting = judged.row().setting();
        var step = pricer.step(setting).orThrow();
        runs.computeIfAbsent(setting.software(), _ -> new ArrayList<>())
            .add(new StackFit.Run(step, seconds.getAsDouble()));
      }
    }
    return runs;
  }

  private static void print(StackFit fit) {
    System.out.printf(
        Locale.ROOT,
        "%s: %d runs, mean |ln(predicted/measured)| %.4f, with the constants below %.4f%n  %s%n",
        fit.stack().name(),
        fit.runs(),
        fit.before(),
        fit.after(),
        StackConstant.ALL.stream()
            .map(c -> String.format(Locale.ROOT, "%s %.3g", c.name(), c.of(fit.stack())))
            .collect(Collectors.joining(", ")));
  }
}
