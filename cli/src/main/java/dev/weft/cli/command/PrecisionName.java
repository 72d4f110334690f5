package dev.weft.cli.command;

import dev.weft.ir.type.DType;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a precision in which the grid computes. */
final class PrecisionName implements ITypeConverter<DType> {
  @Override
  public DType convert(String text) {
    return switch (text) {
      case "f64" -> DType.F64;
      case "f32" -> DType.F32;
      case "bf16" -> DType.BF16;
      case "f16" -> DType.F16;
      default ->
          throw new TypeConversionException("expected f64, f32, bf16 or f16, not `" + text + "`");
    };
  }
}
