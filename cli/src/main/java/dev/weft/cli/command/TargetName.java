package dev.weft.cli.command;

import dev.weft.backends.torch.Target;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a target. */
final class TargetName implements ITypeConverter<Target> {
  @Override
  public Target convert(String text) {
    return targets().stream()
        .filter(target -> target.text().equals(text))
        .findFirst()
        .orElseThrow(
            () -> new TypeConversionException("expected " + names() + ", not `" + text + "`"));
  }

  private static List<Target> targets() {
    return Arrays.asList(Target.values());
  }

  private static String names() {
    return targets().stream().map(Target::text).collect(Collectors.joining(", "));
  }
}
