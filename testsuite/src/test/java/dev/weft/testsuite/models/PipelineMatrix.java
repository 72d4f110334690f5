package dev.weft.testsuite.models;

import java.util.ArrayList;
import java.util.List;

/** The pipelined plans that deep models must run under: one line of knobs each. */
final class PipelineMatrix {
  private static final List<String> SCHEDULES =
      List.of(
          "pp=4,schedule=gpipe",
          "pp=4,schedule=1f1b",
          "pp=2,chunks=2,schedule=interleaved",
          "pp=4,schedule=zb-h1",
          "pp=4,schedule=zb-h2",
          "pp=2,chunks=2,schedule=zb-v",
          "pp=4,chunks=2,schedule=dualpipe-v");
  private static final List<String> DEGREES = List.of("dp=2", "dp=2,tp=2,sp", "dp=2,tp=2");
  private static final List<String> REMAT = List.of("none", "selective", "full", "budget");

  /** What lies on the host, with and without stages. */
  private static final List<String> OFFLOADED =
      List.of(
          "dp=2,zero=1,offload=optimizer",
          "dp=2,tp=2,sp,zero=0,micro=2,offload=activations",
          "dp=4,zero=3,offload=params",
          "dp=2,zero=3,remat=selective,offload=params+optimizer+activations,micro=2",
          "dp=2,zero=1,offload=params+optimizer",
          "dp=2,zero=3,offload=params+activations,prefetch=off",
          "dp=2,zero=3,micro=2,offload=params+optimizer,cache=64KiB",
          "pp=2,chunks=2,micro=4,remat=full,offload=params,cache=32KiB",
          "dp=2,pp=2,zero=3,schedule=zb-h1,micro=4,offload=params,cache=32KiB",
          "dp=2,tp=2,pp=2,zero=2,schedule=zb-h1,micro=4,offload=activations+optimizer",
          "dp=2,pp=2,zero=3,schedule=dualpipe-v,micro=4,offload=params,prefetch=off",
          "pp=2,chunks=2,micro=4,remat=full,offload=activations+params",
          "dp=4,pp=2,zero=3,hybrid=2,micro=4,offload=params+optimizer");

  /** Places of different speed: the slow ones have fewer layers. */
  private static final List<String> UNLIKE =
      List.of(
          "pp=4,micro=8,speed=1/0.5/1/2",
          "dp=2,pp=2,chunks=2,micro=4,zero=1,speed=1/0.3,memory=1GiB/1GiB");

  /** As many stages as eight layers, an embedding and a head make. */
  private static final List<String> ENDS =
      List.of("pp=2,chunks=5,micro=4", "pp=5,schedule=zb-v,micro=8,zero=1");

  /** Ends the knobs of a plan whose budget depends on the model. */
  static final String HALFWAY = "remat=budget";

  private PipelineMatrix() {}

  static List<String> unlike() {
    return UNLIKE;
  }

  static List<String> ends() {
    return ENDS;
  }

  static List<String> offloaded() {
    return OFFLOADED;
  }

  /** Every schedule with every level of optimizer sharding; degrees and remat take turns. */
  static List<String> some() {
    var plans = new ArrayList<String>();
    for (int s = 0; s < SCHEDULES.size(); s++) {
      for (int zero = 0; zero <= 3; zero++) {
        var degrees = DEGREES.get((s + zero) % DEGREES.size());
        var remat = REMAT.get((s + 2 * zero) % REMAT.size());
        plans.add(plan(SCHEDULES.get(s), degrees, zero, remat));
      }
    }
    return plans;
  }

  /** Every schedule, every level, every policy, on up to 16 devices. */
  static List<String> all() {
    var plans = new ArrayList<String>();
    for (var schedule : SCHEDULES) {
      for (int zero = 0; zero <= 3; zero++) {
        for (var remat : REMAT) {
          plans.add(plan(schedule, "dp=2,tp=2,sp", zero, remat));
        }
      }
    }
    return plans;
  }

  private static String plan(String schedule, String degrees, int zero, String remat) {
    return degrees + "," + schedule + ",micro=8,zero=" + zero + ",remat=" + remat;
  }
}
