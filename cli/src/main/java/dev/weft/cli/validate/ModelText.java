package dev.weft.cli.validate;

import dev.weft.frontend.check.Options;
import dev.weft.ir.source.Source;
import dev.weft.ir.type.DType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** An architecture in Weft: the texts of its parts, and its sizes as options. */
final class ModelText {
  private ModelText() {}

  /** The model file. It depends on the kind of architecture alone. */
  static Source source(Architecture architecture) {
    var parts = new ArrayList<>(architecture.style().parts());
    parts.add(architecture.feed().part());
    parts.add(architecture.head().part());
    return new Source(
        parts.getFirst() + ".weft",
        parts.stream().map(ModelText::resource).collect(Collectors.joining("\n")));
  }

  /**
   * The sizes.
   *
   * @param batch sequences of one step
   */
  static Options options(Architecture architecture, long batch, DType precision) {
    var sizes = architecture.sizes();
    var values = new LinkedHashMap<String, String>();
    values.put("layers", Long.toString(sizes.layers()));
    values.put("heads", Long.toString(sizes.heads()));
    values.put("kv", Long.toString(sizes.kvHeads()));
    values.put("model", Long.toString(sizes.hidden()));
    values.put("key", Long.toString(sizes.key()));
    values.put("ffn", Long.toString(sizes.ffn()));
    values.put("vocab", Long.toString(sizes.vocab()));
    values.put("positions", Long.toString(sizes.sequence()));
    sizes.experts().ifPresent(experts -> put(values, experts));
    values.put("batch", Long.toString(batch));
    values.put("seq", Long.toString(sizes.sequence()));
    return new Options(Optional.empty(), values, Optional.of(precision));
  }

  private static void put(Map<String, String> values, Experts experts) {
    values.put("experts", Long.toString(experts.count()));
    values.put("chosen", Long.toString(experts.chosen()));
    if (experts.shared() > 0) {
      values.put("shared", Long.toString(experts.shared()));
    }
  }

  private static String resource(String part) {
    var name = part + ".weft";
    try (var in = ModelText.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
