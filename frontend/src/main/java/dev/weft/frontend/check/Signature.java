package dev.weft.frontend.check;

import java.util.List;

/** What a built-in function takes, in order. */
record Signature(List<Parameter> parameters) {
  Signature {
    parameters = List.copyOf(parameters);
  }

  static Signature of(Parameter... parameters) {
    return new Signature(List.of(parameters));
  }

  List<String> names() {
    return parameters.stream().map(Parameter::name).toList();
  }

  /** What an argument may be. */
  enum Kind {
    TENSOR("a tensor"),
    /** Of floating-point numbers. */
    FLOATS("a tensor of floating-point numbers"),
    INTEGERS("an `i32` tensor"),
    AXIS("an axis"),
    AXES("an axis or a list of axes"),
    NUMBER("a number"),
    /** A whole number from 0 up. */
    INDEX("a whole number"),
    TRUTH("`true` or `false`");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  /** Whether a call must give an argument. */
  enum Need {
    REQUIRED,
    OPTIONAL
  }

  record Parameter(String name, Kind kind, Need need) {
    static Parameter required(String name, Kind kind) {
      return new Parameter(name, kind, Need.REQUIRED);
    }

    static Parameter optional(String name, Kind kind) {
      return new Parameter(name, kind, Need.OPTIONAL);
    }
  }
}
