package dev.weft.cli.render;

import java.util.Locale;

/** Numbers as people read them. */
final class Quantity {
  private static final String[] BINARY = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

  private static final String[] DECIMAL = {"", "k", "M", "G", "T", "P", "E"};

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

  /** Seconds in the largest unit that leaves at least one, four digits: {@code 13.75 s}. */
  static String seconds(double seconds) {
    if (seconds >= 1 || seconds <= 0) {
      return digits(seconds) + " s";
    }
    return seconds >= 1e-3 ? digits(seconds * 1e3) + " ms" : digits(seconds * 1e6) + " µs";
  }

  /** A rate in the largest decimal unit that leaves at least one: {@code 312.0 T}. */
  static String rate(double perSecond) {
    double rest = perSecond;
    int unit = 0;
    while (rest >= 1000 && unit < DECIMAL.length - 1) {
      rest /= 1000;
      unit++;
    }
    return digits(rest) + " " + DECIMAL[unit];
  }

  /** A part from 0 to 1: {@code 47.1 %}. */
  static String percent(double part) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * part);
  }

  /** About four significant digits, without an exponent. */
  static String digits(double number) {
    int decimals = number == 0 ? 0 : 3 - (int) Math.floor(Math.log10(Math.abs(number)));
    return String.format(Locale.ROOT, "%,." + Math.clamp(decimals, 0, 3) + "f", number);
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
