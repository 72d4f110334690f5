package dev.weft.bench;

import dev.weft.passes.cluster.Clusters;
import dev.weft.passes.network.CollectiveKind;
import dev.weft.passes.network.Group;
import dev.weft.passes.network.Network;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long the time of one collective takes to find; a planner asks hundreds of thousands of times.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class NetworkBenchmark {
  @Param({"dgx-h100", "atlas-800-910a"})
  String cluster = "dgx-h100";

  @Param({"ALL_REDUCE", "ALL_GATHER", "ALL_TO_ALL"})
  CollectiveKind kind = CollectiveKind.ALL_REDUCE;

  private Network network = network();
  private final Group group = new Group(512, 4, 16_384);
  private long bytes;

  @Setup
  public void set() {
    network = network();
  }

  private Network network() {
    return new Network(Clusters.named(cluster).orThrow().links());
  }

  @Benchmark
  public double seconds() {
    return network.seconds(kind, ++bytes, group);
  }
}
