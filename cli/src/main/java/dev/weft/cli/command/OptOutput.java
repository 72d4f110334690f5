package dev.weft.cli.command;

import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What {@code opt} prints. */
enum OptOutput {
  IR("ir"),
  SCHEDULE("schedule"),
  SCHEDULE_SVG("schedule.svg"),
  OFFLOAD("offload");

  private final String text;

  OptOutput(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }

  /** Reads the name of an output. */
  static final class Name implements ITypeConverter<OptOutput> {
    @Override
    public OptOutput convert(String text) {
      return Arrays.stream(values())
          .filter(output -> output.text().equals(text))
          .findFirst()
          .orElseThrow(
              () -> new TypeConversionException("expected " + names() + ", not `" + text + "`"));
    }

    private static String names() {
      return Arrays.stream(values()).map(OptOutput::text).collect(Collectors.joining(", "));
    }
  }
}
