package dev.weft.passes.calibrate;

import dev.weft.ir.json.JsonForm;
import dev.weft.passes.cluster.Specs;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The JSON of a calibrated machine. */
final class ClusterText {
  private static final MathContext DIGITS = new MathContext(4);

  /** Powers of ten between which a number is written out. */
  private static final int LEAST_PLAIN = -3;

  private static final int GREATEST_PLAIN = 5;

  private ClusterText() {}

  static String of(Calibration calibration) {
    var machine = calibration.readings().device();
    var name = JsonForm.quoted(calibration.device().name());
    var description =
        "%d x %s, measured with PyTorch %s on %s"
            .formatted(machine.devices(), machine.name(), machine.torch(), machine.date());
    var source = JsonForm.quoted(calibration.source());
    var node =
        "{\"device\": %s, \"host\": %s, \"devices\": %d, \"count\": 1}"
            .formatted(
                record(calibration.device(), source), host(calibration, source), machine.devices());
    var links =
        calibration
            .link()
            .map(link -> record(link, source))
            .orElse("{\"like\": \"ethernet-25\", \"source\": \"derived default: one device\"}");
    return Specs.formatted(
        "{\"name\": %s, \"description\": %s, \"nodes\": [%s], \"links\": [%s]}"
            .formatted(name, JsonForm.quoted(description), node, links));
  }

  /** All of it was measured but, where the framework has none, the update of weights. */
  private static String host(Calibration calibration, String source) {
    boolean isMeasured = calibration.readings().update().isPresent();
    var usual = Map.of("updateBandwidth", "derived default, not measured");
    return record(calibration.host(), source, isMeasured ? Map.of() : usual);
  }

  /** A record whose numbers all have one source. */
  private static String record(Record record, String source) {
    return record(record, source, Map.of());
  }

  /** A record whose numbers have one source but for some, which have their own. */
  private static String record(Record record, String source, Map<String, String> own) {
    return "{\"source\": " + source + ", " + members(record, own) + "}";
  }

  private static String members(Record record, Map<String, String> own) {
    var members = new ArrayList<String>();
    for (var component : Objects.requireNonNull(record.getClass().getRecordComponents())) {
      var name = component.getName();
      var value = value(part(record, component));
      var source = own.get(name);
      var sourced =
          source == null
              ? value
              : "{\"value\": %s, \"source\": %s}".formatted(value, JsonForm.quoted(source));
      members.add(JsonForm.quoted(name) + ": " + sourced);
    }
    return String.join(", ", members);
  }

  private static Object part(Record record, RecordComponent component) {
    try {
      return Objects.requireNonNull(component.getAccessor().invoke(record));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("an accessor of a public record", e);
    }
  }

  private static String value(Object value) {
    return switch (value) {
      case Record inner -> "{" + members(inner, Map.of()) + "}";
      case Map<?, ?> map -> map(map);
      case List<?> list -> list.stream().map(ClusterText::value).toList().toString();
      case Enum<?> constant ->
          JsonForm.quoted(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'));
      case Double number -> number(number);
      case String text -> JsonForm.quoted(text);
      default -> value.toString();
    };
  }

  private static String map(Map<?, ?> map) {
    var members = new ArrayList<String>();
    for (var entry : map.entrySet()) {
      var key = JsonForm.quoted(entry.getKey().toString());
      members.add(key + ": " + value(Objects.requireNonNull(entry.getValue())));
    }
    return "{" + String.join(", ", members) + "}";
  }

  /** Four digits: more would be noise. */
  private static String number(double number) {
    var rounded = new BigDecimal(number).round(DIGITS).stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (rounded.signum() == 0 || (exponent >= LEAST_PLAIN && exponent <= GREATEST_PLAIN)) {
      return rounded.toPlainString();
    }
    return rounded.scaleByPowerOfTen(-exponent).toPlainString() + "e" + exponent;
  }
}
