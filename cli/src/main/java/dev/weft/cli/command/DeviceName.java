package dev.weft.cli.command;

import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A kind of device that can be measured, by the name that PyTorch has for it. */
final class DeviceName implements ITypeConverter<String> {
  private static final List<String> KINDS = List.of("cuda", "npu", "cpu");

  @Override
  public String convert(String text) {
    if (!KINDS.contains(text)) {
      throw new TypeConversionException(
          "expected %s, not `%s`".formatted(String.join(", ", KINDS), text));
    }
    return text;
  }
}
