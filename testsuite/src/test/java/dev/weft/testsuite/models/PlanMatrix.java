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

  /** Experts among replicas, among the devices of each, or both, with every level of sharding. */
  private static final List<String> EXPERTS =
      List.of(
          "dp=4,ep=4,zero=0",
          "dp=4,ep=2,zero=1,micro=4",
          "dp=4,tp=2,sp,ep=4,zero=2,micro=2",
          "dp=4,ep=2,zero=3",
          "dp=2,tp=4,sp,ep=2,zero=1,remat=selective",
          "dp=4,tp=2,sp,ep=8,etp=1,zero=1,micro=2",
          "dp=4,tp=2,ep=4,etp=1,zero=3,remat=full",
          "dp=2,tp=2,sp,ep=2,etp=1,zero=0,micro=4",
          "dp=4,ep=4,zero=1,offload=optimizer",
          "dp=2,ep=2,zero=3,offload=params+activations+optimizer,micro=2",
          "pp=2,dp=2,tp=2,sp,ep=2,zero=1,micro=4",
          "pp=2,dp=4,ep=2,zero=2,schedule=zb-h1,micro=4",
          "pp=2,chunks=1,dp=2,tp=2,ep=4,etp=1,zero=0,micro=2");

  private PlanMatrix() {}

  static List<String> experts() {
    return EXPERTS;
  }

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
