package dev.weft.testsuite.models;

import java.util.ArrayList;
import java.util.List;

/** The plans that every model must run under: one line of knobs each. */
final class PlanMatrix {
  private static final List<Integer> DEVICES = List.of(2, 4, 8);
  private static final List<Integer> MICRO_BATCHES = List.of(1, 4);
  private static final List<Integer> ZERO = List.of(0, 1);

  /** Degrees for one number of devices. */
  private record Degrees(int dp, int tp) {
    String knobs() {
      return "dp=" + dp + ",tp=" + tp;
    }
  }

  private PlanMatrix() {}

  /** dp, tp and dp×tp on 2, 4 and 8 devices, with and without sp, zero=0|1, micro=1|4. */
  static List<String> all() {
    var plans = new ArrayList<String>();
    for (int devices : DEVICES) {
      for (int tp = 1; tp <= devices; tp *= 2) {
        addAll(new Degrees(devices / tp, tp), plans);
      }
    }
    return plans;
  }

  private static void addAll(Degrees degrees, List<String> plans) {
    for (var sp : degrees.tp() > 1 ? List.of("", ",sp") : List.of("")) {
      for (int zero : ZERO) {
        for (int micro : MICRO_BATCHES) {
          plans.add(degrees.knobs() + sp + ",zero=" + zero + ",micro=" + micro);
        }
      }
    }
  }
}
