package dev.weft.bench;

import dev.weft.frontend.check.CheckedModel;
import dev.weft.frontend.check.Options;
import dev.weft.frontend.syntax.SyntaxParser;
import dev.weft.ir.source.Source;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Parsing, and parsing with checking, of 1,000 lines. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class CheckBenchmark {
  private final Source source = Models.longModel(1000);

  /** Source to syntax tree. */
  @Benchmark
  public Object parse1000Lines() {
    return SyntaxParser.parse(source);
  }

  /** Source to IR. */
  @Benchmark
  public CheckedModel parseAndCheck1000Lines() {
    return Models.checked(source, Options.NONE);
  }
}
