package dev.weft.cli.command;

import dev.weft.frontend.check.Options;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which sizes a model has, as every command that takes a model takes them. */
final class SizeOptions {
  @Option(names = "--preset", paramLabel = "NAME", description = "Use a preset of the file.")
  private Optional<String> preset = Optional.empty();

  @Option(
      names = "-D",
      paramLabel = "NAME=VALUE",
      description =
          "Set a size of the model, as in -D batch=8, or its precision. Wins over the preset.")
  private Map<String, String> overrides = new LinkedHashMap<>();

  Options options() {
    return new Options(preset, overrides, Optional.empty());
  }
}
