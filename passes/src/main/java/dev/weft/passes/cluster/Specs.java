package dev.weft.passes.cluster;

import dev.weft.ir.json.Json;
import dev.weft.ir.json.JsonForm;
import dev.weft.ir.json.JsonReader;
import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads specs, whole clusters or parts of one.
 *
 * <pre>{@code
 * Specs.named(DeviceSpec.class, "a100-sxm4-80").orThrow()
 * }</pre>
 */
public final class Specs {
  private Specs() {}

  /** The names of the shipped specs of one kind. */
  public static List<String> names(SpecKind kind) {
    return ShippedSpecs.names(kind);
  }

  /** A shipped spec. */
  public static <T extends Record> Checked<T> named(Class<T> type, String name) {
    return named(type, new Source("the name of a spec", name));
  }

  /** A shipped spec whose name is a text of the user's, such as the value of an option. */
  public static <T extends Record> Checked<T> named(Class<T> type, Source name) {
    return read(type, new Json.Text(name.whole(), name.text()));
  }

  /** The spec of a text. */
  public static <T extends Record> Checked<T> read(Class<T> type, Source source) {
    return JsonReader.read(source, ClusterCode.JSON).then(json -> read(type, json));
  }

  /** The text of a spec that is right, in the form in which the shipped ones are written. */
  public static String formatted(String text) {
    return JsonForm.write(JsonReader.read(new Source("a spec", text), ClusterCode.JSON).orThrow());
  }

  private static <T extends Record> Checked<T> read(Class<T> type, Json json) {
    var problems = new ArrayList<Diagnostic>();
    Optional<T> found = new RecordReader(problems::add).read(type, json);
    return problems.stream().anyMatch(Diagnostic::isError)
        ? Checked.failed(problems)
        : new Checked<>(found, problems);
  }
}
