package dev.weft.frontend.check;

import dev.weft.ir.type.DType;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the user chose besides the file.
 *
 * @param preset a preset of the file
 * @param overrides values of {@code -D name=value}; they win over the preset
 * @param precision wins over everything the file says
 */
public record Options(
    Optional<String> preset, Map<String, String> overrides, Optional<DType> precision) {
  /** The file as it is. */
  public static final Options NONE = new Options(Optional.empty(), Map.of(), Optional.empty());

  public Options {
    overrides = Collections.unmodifiableMap(new TreeMap<>(overrides));
  }

  public static Options preset(String name) {
    return new Options(Optional.of(name), Map.of(), Optional.empty());
  }

  public Options with(String name, String value) {
    var more = new TreeMap<>(overrides);
    more.put(name, value);
    return new Options(preset, more, precision);
  }

  public Options with(DType newPrecision) {
    return new Options(preset, overrides, Optional.of(newPrecision));
  }
}
