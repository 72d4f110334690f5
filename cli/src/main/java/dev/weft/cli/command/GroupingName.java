package dev.weft.cli.command;

import dev.weft.cli.validate.Grouping;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** By what the errors of predictions are listed, by name. */
final class GroupingName implements ITypeConverter<Grouping> {
  @Override
  public Grouping convert(String name) {
    return Arrays.stream(Grouping.values())
        .filter(grouping -> name(grouping).equals(name))
        .findFirst()
        .orElseThrow(() -> new TypeConversionException("`" + name + "` is none of " + names()));
  }

  private static String names() {
    return Arrays.stream(Grouping.values())
        .map(GroupingName::name)
        .collect(Collectors.joining(", "));
  }

  private static String name(Grouping grouping) {
    return grouping.name().toLowerCase(Locale.ROOT);
  }
}
