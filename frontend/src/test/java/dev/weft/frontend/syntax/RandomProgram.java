package dev.weft.frontend.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes well-formed files at random, as lists of tokens. */
final class RandomProgram {
  private static final List<String> NAMES =
      List.of(
          "a",
          "b",
          "seq",
          "model",
          "x1",
          "axis",
          "input",
          "over",
          "long_name_of_a_tensor",
          "text",
          "another_quite_long_name",
          "return",
          "loss");

  private final Random random;
  private final int size;
  private final List<String> tokens = new ArrayList<>();

  private RandomProgram(Random random, int size) {
    this.random = random;
    this.size = size;
  }

  static List<String> tokens(Random random, int size) {
    var program = new RandomProgram(random, size);
    program.some(program::declaration);
    return program.tokens;
  }

  private void declaration() {
    switch (random.nextInt(4)) {
      case 0 -> {
        add("model", name(), "(");
        separated(this::value);
        add(")");
        body(2);
      }
      case 1 -> {
        add("block", name(), "(");
        separated(this::formal);
        add(")");
        if (random.nextBoolean()) {
          add("->");
          pattern();
        }
        body(2);
      }
      case 2 -> {
        add("preset", random.nextBoolean() ? "7b" : name());
        settings();
      }
      default -> {
        add("train", name());
        settings();
      }
    }
  }

  private void settings() {
    add("{");
    some(
        () -> {
          value();
          if (random.nextBoolean()) {
            add(",");
          }
        });
    add("}");
  }

  private void value() {
    add(name(), "=");
    expression(3);
  }

  private void formal() {
    switch (random.nextInt(3)) {
      case 0 -> {
        add(name());
        pattern();
      }
      case 1 -> add(name(), ":", "axis");
      default -> value();
    }
  }

  private void pattern() {
    add("[");
    if (random.nextInt(3) == 0) {
      add("...", ",");
    }
    names();
    add("]");
  }

  private void names() {
    separated(() -> add(name()));
  }

  private void body(int depth) {
    add("{");
    some(() -> statement(depth));
    add("}");
  }

  private void statement(int depth) {
    switch (random.nextInt(9)) {
      case 0 -> {
        add("axis");
        separated(() -> axis());
      }
      case 1 -> {
        add("input", name(), ":", "i32", "[");
        names();
        add("]", "in", "a", "from", "text", "shift", "1");
      }
      case 2 -> {
        add("param");
        separated(this::params);
      }
      case 3 -> {
        add("output");
        names();
      }
      case 4 -> {
        add("return");
        expression(3);
      }
      case 5 -> add("shard", name(), "over", name());
      case 6 -> {
        add(name());
        pattern();
        add("=");
        expression(4);
      }
      case 7 -> {
        if (depth > 0) {
          add("repeat");
          expression(1);
          add("as", name());
          body(depth - 1);
        }
      }
      default -> value();
    }
  }

  private void axis() {
    if (random.nextBoolean()) {
      value();
    } else {
      add(name());
    }
  }

  private void params() {
    names();
    add(":", "[");
    names();
    add("]");
    if (random.nextBoolean()) {
      add("=");
      expression(1);
    }
  }

  private void expression(int depth) {
    int kind = depth == 0 ? random.nextInt(2) : random.nextInt(9);
    switch (kind) {
      case 0 -> add(name());
      case 1 -> add(List.of("12", "0.02", "6e-4", "1_000", "true").get(random.nextInt(5)));
      case 2, 3, 4 -> {
        expression(depth - 1);
        add(List.of("+", "-", "*", "/").get(random.nextInt(4)));
        expression(depth - 1);
      }
      case 5 -> {
        add("-");
        expression(depth - 1);
      }
      case 6 -> {
        add("(");
        expression(depth - 1);
        add(")");
      }
      case 7 -> {
        add(name(), "(");
        arguments(depth - 1);
        add(")");
      }
      default -> {
        add(name(), "[");
        brackets(depth - 1);
        add("]");
      }
    }
  }

  private void arguments(int depth) {
    separated(() -> expression(depth));
    add(",", name(), ":");
    if (random.nextBoolean()) {
      expression(depth);
    } else {
      add("[");
      names();
      add("]");
    }
  }

  private void brackets(int depth) {
    if (random.nextBoolean()) {
      separated(() -> add(name(), "as", name()));
    } else {
      separated(() -> expression(depth));
    }
  }

  private void some(Runnable part) {
    for (int i = random.nextInt(size + 1); i > 0; i--) {
      part.run();
    }
  }

  private void separated(Runnable part) {
    part.run();
    for (int i = random.nextInt(3); i > 0; i--) {
      add(",");
      part.run();
    }
  }

  private String name() {
    return NAMES.get(random.nextInt(NAMES.size()));
  }

  private void add(String... more) {
    tokens.addAll(List.of(more));
  }
}
