package dev.weft.cli.render;

import java.util.Locale;

/** Numbers as people read them. */
final class Quantity {
  private static final String[] BINARY = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

  private Quantity() {}

  /** Digits in groups: {@code 124,439,808}. */
  static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** Bytes in the largest unit of 1024 that leaves at least one: {@code 1.5 MiB}. */
  static String bytes(long bytes) {
    double rest = bytes;
    int unit = 0;
    while (rest >= 1024 && unit < BINARY.length - 1) {
      rest /= 1024;
      unit++;
    }
    return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", rest, BINARY[unit]);
  }

  /** Three significant digits: {@code 2.61e+08} as {@code 2.61e8}. */
  static String scientific(double number) {
    return number == 0
        ? "0"
        : String.format(Locale.ROOT, "%.2e", number)
            .replaceFirst("e([+-])0*(\\d)", "e$1$2")
            .replace("e+", "e");
  }

  /** Two significant digits: {@code 1.2e-16}. */
  static String error(double number) {
    return number == 0
        ? "0"
        : String.format(Locale.ROOT, "%.1e", number)
            .replaceFirst("e([+-])0*(\\d)", "e$1$2")
            .replace("e+", "e");
  }

  /** A count with its noun: {@code 1 device}, {@code 8 devices}. */
  static String counted(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
