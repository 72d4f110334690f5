package dev.weft.testsuite;

import java.util.List;
import java.util.stream.Stream;

/**
 * A forbidden dependency between packages.
 *
 * @param from packages whose classes the rule is about, with everything below them
 * @param except packages below {@code from} that may
 * @param to packages that those must not name
 */
record Arrow(List<String> from, List<String> except, List<String> to) {
  private static final List<String> SIBLINGS =
      List.of("dev.weft.frontend", "dev.weft.passes", "dev.weft.backends", "dev.weft.runtime");

  /** Modules where siblings meet. */
  private static final List<String> MEETING =
      List.of("dev.weft.cli", "dev.weft.ide", "dev.weft.testsuite", "dev.weft.bench");

  /** Rewrites that meet in the plan and in the pipeline only. */
  private static final List<String> REWRITES =
      Stream.of(
              "shard",
              "sequence",
              "experts",
              "stage",
              "remat",
              "offload",
              "prefetch",
              "lower",
              "optimizer")
          .map(room -> "dev.weft.passes." + room)
          .toList();

  /** Everything that no class of Weft may do. */
  static List<Arrow> forbidden() {
    return Stream.of(
            Stream.of(new Arrow(List.of("dev.weft.ir"), List.of(), SIBLINGS)),
            apart(SIBLINGS),
            apart(REWRITES),
            Stream.of(
                pricing("cluster", "price", "network", "fit"),
                pricing("price", "network", "fit"),
                pricing("fit", "network"),
                pricing("network", "price"),
                pricing("calibrate")),
            Stream.of(new Arrow(plus("dev.weft.ir", SIBLINGS), List.of(), MEETING)),
            Stream.of(
                onlyIn("org.antlr", "dev.weft.frontend.syntax"),
                onlyIn("com.oracle.truffle", "dev.weft.runtime"),
                onlyIn("org.graalvm", "dev.weft.runtime"),
                onlyIn("org.jgrapht", "dev.weft.passes"),
                onlyIn("picocli", "dev.weft.cli"),
                onlyIn(
                    "com.fasterxml.jackson",
                    "dev.weft.ir.json",
                    "dev.weft.backends",
                    "dev.weft.cli")))
        .flatMap(arrows -> arrows)
        .toList();
  }

  private static Stream<Arrow> apart(List<String> packages) {
    return packages.stream()
        .map(
            one ->
                new Arrow(
                    List.of(one),
                    List.of(),
                    packages.stream().filter(other -> !other.equals(one)).toList()));
  }

  /** Rooms that price kernels and transfers know no program, and only the rooms before them. */
  private static Arrow pricing(String room, String... hidden) {
    var programs = Stream.of("dev.weft.ir.graph", "dev.weft.ir.op", "dev.weft.passes.core");
    var rooms = Stream.of(hidden).map(name -> "dev.weft.passes." + name);
    return new Arrow(
        List.of("dev.weft.passes." + room), List.of(), Stream.concat(programs, rooms).toList());
  }

  private static Arrow onlyIn(String library, String... homes) {
    return new Arrow(List.of("dev.weft"), List.of(homes), List.of(library));
  }

  private static List<String> plus(String first, List<String> rest) {
    return Stream.concat(Stream.of(first), rest.stream()).toList();
  }

  /** One line for each class that {@code user} must not name, and does. */
  List<String> violations(CompiledClass user) {
    if (!within(from, user.name()) || within(except, user.name())) return List.of();
    return user.uses().stream()
        .filter(used -> within(to, used))
        .map(used -> user.name() + " uses " + used)
        .toList();
  }

  private static boolean within(List<String> packages, String className) {
    return packages.stream().anyMatch(p -> className.startsWith(p + "."));
  }

  @Override
  public String toString() {
    String exceptions = except.isEmpty() ? "" : " except " + except;
    return from + exceptions + " never sees " + to;
  }
}
