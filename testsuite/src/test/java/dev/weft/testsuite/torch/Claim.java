package dev.weft.testsuite.torch;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** What a program of a bundle is said to do, and how its end shows whether it does. */
record Claim(String name, Python.Command command, Judge judge) {
  /** Fails where the program has not done what was claimed. */
  @FunctionalInterface
  interface Judge {
    void judge(Python.Ended ended) throws IOException;
  }

  /** Runs all programs in processes of one Python, then judges each. */
  static Stream<DynamicTest> tests(List<Claim> claims) throws IOException, InterruptedException {
    var ended = Python.find().run(claims.stream().map(Claim::command).toList());
    return IntStream.range(0, claims.size())
        .mapToObj(i -> dynamicTest(claims.get(i).name(), () -> claims.get(i).judge(ended.get(i))));
  }

  private void judge(Python.Ended ended) throws IOException {
    judge.judge(ended);
  }
}
