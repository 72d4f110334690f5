package dev.weft.ir.plan;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Sizes of memory as people write them: {@code 40GiB}, {@code 1.5 GB}, {@code 1000000}. */
final class ByteSize {
  private static final Pattern FORM = Pattern.compile("([0-9]+(?:\\.[0-9]+)?) *([A-Za-z]*)");

  /** Bytes of one unit: powers of 1024 with an {@code i}, of 1000 without (IEC 80000-13). */
  private static final Map<String, Long> UNITS =
      Map.of(
          "",
          1L,
          "b",
          1L,
          "kb",
          1_000L,
          "mb",
          1_000_000L,
          "gb",
          1_000_000_000L,
          "tb",
          1_000_000_000_000L,
          "kib",
          1L << 10,
          "mib",
          1L << 20,
          "gib",
          1L << 30,
          "tib",
          1L << 40);

  private ByteSize() {}

  /** The number of bytes, at least 1 and whole; empty for anything else. */
  static OptionalLong parse(String text) {
    var form = FORM.matcher(text);
    if (!form.matches() || !UNITS.containsKey(form.group(2).toLowerCase(Locale.ROOT))) {
      return OptionalLong.empty();
    }
    long unit = UNITS.getOrDefault(form.group(2).toLowerCase(Locale.ROOT), 1L);
    try {
      long bytes =
          new BigDecimal(form.group(1)).multiply(BigDecimal.valueOf(unit)).longValueExact();
      return bytes < 1 ? OptionalLong.empty() : OptionalLong.of(bytes);
    } catch (ArithmeticException _) {
      return OptionalLong.empty(); // a part of a byte, or more than can be counted
    }
  }
}
