package dev.weft.bench.fit;

import dev.weft.cli.fit.StackConstant;
import dev.weft.cli.fit.StackConstants;
import dev.weft.cli.fit.StackFit;
import dev.weft.cli.fit.TimedRun;
import dev.weft.cli.validate.SettingPricer;
import dev.weft.cli.validate.Validation;
import dev.weft.ir.source.Source;
import dev.weft.passes.cluster.SoftwareSpec;
import dev.weft.passes.cluster.SpecKind;
import dev.weft.passes.cluster.Specs;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the published runs say about software stacks: {@code ./dev fit-stacks [--write]}. Prints the
 * constants of each family and of each of its stacks with the errors that remain; with {@code
 * --write} they replace those of {@code clusters/software}.
 */
public final class FitStacks {
  private static final Path ROOT = Path.of(System.getProperty("weft.root", "."));
  private static final MathContext DIGITS = new MathContext(3);

  /** What a file says of where its constants are from. */
  private static final String OWN =
      "fitted to the rows of this stack in bench/data/published-runs.csv and tied to those of its"
          + " family (./dev fit-stacks)";

  private static final String OF_FAMILY =
      "those of its family, as bench/data/published-runs.csv has no rows of this stack with a time"
          + " (./dev fit-stacks)";

  private FitStacks() {}

  public static void main(String[] arguments) throws IOException {
    boolean writes = List.of(arguments).equals(List.of("--write"));
    if (arguments.length > 0 && !writes) {
      throw new IllegalArgumentException("the only argument is --write");
    }
    var runs = runs();
    var stacks =
        Specs.names(SpecKind.SOFTWARE).stream()
            .map(name -> Specs.named(SoftwareSpec.class, name).orThrow())
            .toList();
    for (var family : stacks.stream().map(SoftwareSpec::family).distinct().sorted().toList()) {
      var own = runs.stream().filter(run -> run.family().equals(family)).toList();
      if (own.isEmpty()) {
        continue;
      }
      var common = StackFit.ofFamily(own, StackConstants.USUAL);
      print("family " + family, own, common);
      for (var stack : stacks.stream().filter(s -> s.family().equals(family)).toList()) {
        var ofStack = own.stream().filter(run -> run.stack().equals(stack.name())).toList();
        var found = StackFit.ofStack(ofStack, common);
        print(stack.name(), ofStack, found);
        if (writes) {
          write(stack.name(), found, !ofStack.isEmpty());
        }
      }
    }
  }

  private static List<TimedRun> runs() throws IOException {
    var table = ROOT.resolve("bench/data/published-runs.csv");
    var source = new Source("published-runs.csv", Files.readString(table));
    var pricer = new SettingPricer();
    return Validation.of(source, pricer, Runtime.getRuntime().availableProcessors())
        .orThrow()
        .timed(pricer);
  }

  private static void print(String name, List<TimedRun> runs, StackConstants constants) {
    System.out.printf(
        Locale.ROOT,
        "%s: %d runs, mean |ln(predicted/measured)| %.4f%n  %s%n",
        name,
        runs.size(),
        runs.isEmpty() ? 0 : StackFit.mean(runs, constants),
        StackConstant.ALL.stream()
            .map(c -> c.name() + " " + rounded(constants.get(c)))
            .collect(Collectors.joining(", ")));
  }

  private static void write(String name, StackConstants constants, boolean hasRuns)
      throws IOException {
    var file = ROOT.resolve("clusters/software").resolve(name + ".json");
    var text = Files.readString(file);
    var missing = new ArrayList<String>();
    for (var constant : StackConstant.ALL) {
      var found = Pattern.compile("(\"" + constant.name() + "\": )[-+.\\deE]+").matcher(text);
      if (!found.find()) {
        missing.add(constant.name());
      }
      text = found.replaceFirst("$1" + rounded(constants.get(constant)));
    }
    if (!missing.isEmpty()) {
      throw new IllegalStateException(file + " lacks " + missing);
    }
    Files.writeString(file, hasRuns ? text.replace(OF_FAMILY, OWN) : text.replace(OWN, OF_FAMILY));
  }

  private static String rounded(double value) {
    double rounded = new BigDecimal(value).round(DIGITS).doubleValue();
    return Double.toString(rounded).replace('E', 'e');
  }
}
