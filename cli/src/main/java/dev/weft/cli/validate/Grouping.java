package dev.weft.cli.validate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** By what errors are listed. */
public enum Grouping {
  SOURCE(run -> List.of(run.row().run().source())),
  DEVICE(run -> List.of(run.row().setting().cluster())),
  SOFTWARE(run -> List.of(run.row().setting().software())),
  FEATURE(Grouping::features);

  private final Function<Judged, List<String>> groups;

  Grouping(Function<Judged, List<String>> groups) {
    this.groups = groups;
  }

  /** The groups that a run is in. */
  List<String> of(Judged run) {
    return groups.apply(run);
  }

  private static List<String> features(Judged run) {
    var setting = run.row().setting();
    var sizes = setting.architecture().sizes();
    var features = new ArrayList<String>();
    features.add(setting.devices() == 1 ? "one device" : nodes(run));
    features.add(setting.isFused() ? "fused attention" : "unfused attention");
    sizes.experts().ifPresent(_ -> features.add("experts"));
    features.add(sizes.kvHeads() < sizes.heads() ? "grouped queries" : "all heads");
    features.addAll(
        List.of(setting.knobs().split(",")).stream()
            .map(Grouping::feature)
            .filter(feature -> !feature.isEmpty())
            .toList());
    return features;
  }

  private static String nodes(Judged run) {
    var machine = run.row().run().machine();
    return run.row().setting().devices() > machine.devicesPerNode().orElse(Long.MAX_VALUE)
        ? "several nodes"
        : "one node";
  }

  /** Degrees are features whatever they are, unless they are 1; other knobs with their values. */
  private static String feature(String knob) {
    return switch (knob.split("=")[0]) {
      case "dp", "tp", "ep", "pp", "chunks" ->
          knob.endsWith("=1") ? "" : knob.split("=")[0] + " above 1";
      case "micro" -> "";
      case "speed" -> "stages balanced by work";
      default -> knob;
    };
  }
}
