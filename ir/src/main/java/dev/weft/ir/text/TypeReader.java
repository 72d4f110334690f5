package dev.weft.ir.text;

import dev.weft.ir.mesh.Combine;
import dev.weft.ir.mesh.Mesh;
import dev.weft.ir.mesh.MeshAxis;
import dev.weft.ir.mesh.Sharding;
import dev.weft.ir.source.Code;
import dev.weft.ir.type.DType;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.MemorySpace;
import dev.weft.ir.type.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Reads types, shardings, meshes and numbers. */
final class TypeReader {
  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE][-+]?\\d+)?");
  private final Tokens tokens;

  TypeReader(Tokens tokens) {
    this.tokens = tokens;
  }

  TensorType type() {
    var start = tokens.peek();
    var dtype = constant(DType.class, TextCode.BAD_TYPE, "an element type");
    var dims = tokens.list("[", "]", this::dim);
    var space = tokens.accept("host") ? MemorySpace.HOST : MemorySpace.DEVICE;
    return checked(start, TextCode.BAD_TYPE, () -> new TensorType(dtype, dims, space));
  }

  Dim dim() {
    var start = tokens.peek();
    var axis = tokens.name("an axis");
    tokens.expect("=");
    long size = integer();
    return checked(start, TextCode.BAD_TYPE, () -> new Dim(axis, size));
  }

  Mesh mesh() {
    var start = tokens.peek();
    var axes = tokens.list("[", "]", this::meshAxis);
    return checked(start, TextCode.BAD_MESH, () -> new Mesh(axes));
  }

  private MeshAxis meshAxis() {
    var start = tokens.peek();
    var name = tokens.name("a mesh axis");
    tokens.expect("=");
    int size = smallInteger();
    return checked(start, TextCode.BAD_MESH, () -> new MeshAxis(name, size));
  }

  Sharding sharding() {
    var start = tokens.peek();
    var dims = tokens.list("[", "]", this::cut);
    if (!tokens.accept("partial")) {
      return checked(start, TextCode.BAD_SHARDING, () -> Sharding.of(dims));
    }
    var combine = constant(Combine.class, TextCode.BAD_SHARDING, "a way to combine");
    var partial = tokens.list("(", ")", () -> tokens.name("a mesh axis"));
    return checked(start, TextCode.BAD_SHARDING, () -> new Sharding(dims, partial, combine));
  }

  /** The mesh axes of one dimension: {@code _} or {@code dp*tp}. */
  private List<String> cut() {
    if (tokens.at(Token.Kind.WORD) && tokens.accept("_")) {
      return List.of();
    }
    var axes = new ArrayList<String>();
    do {
      axes.add(tokens.name("a mesh axis or `_`"));
    } while (tokens.accept("*"));
    return axes;
  }

  long integer() {
    return bounded(Long.MIN_VALUE, Long.MAX_VALUE);
  }

  int smallInteger() {
    return Math.toIntExact(bounded(Integer.MIN_VALUE, Integer.MAX_VALUE));
  }

  private long bounded(long least, long greatest) {
    var token = tokens.expect(Token.Kind.NUMBER, "an integer");
    try {
      long value = Long.parseLong(token.text());
      if (value >= least && value <= greatest) {
        return value;
      }
    } catch (NumberFormatException e) {
      // The message below says what is wrong with either kind of failure.
    }
    throw tokens.failure(
        TextCode.SYNTAX, token.span(), "`" + token.text() + "` is not an integer of this size");
  }

  double real() {
    if (tokens.accept("nan")) {
      return Double.NaN;
    }
    if (tokens.accept("inf")) {
      return Double.POSITIVE_INFINITY;
    }
    var token = tokens.expect(Token.Kind.NUMBER, "a number");
    if (token.text().equals("-inf")) {
      return Double.NEGATIVE_INFINITY;
    }
    if (!NUMBER.matcher(token.text()).matches()) {
      throw tokens.failure(TextCode.SYNTAX, token.span(), "`" + token.text() + "` is not a number");
    }
    return Double.parseDouble(token.text());
  }

  /** A constant of an enum, spelt in lower case. */
  <E extends Enum<?>> E constant(Class<E> type, Code code, String described) {
    var token = tokens.expect(Token.Kind.WORD, described);
    var constants = Arrays.asList(type.getEnumConstants());
    return constants.stream()
        .filter(constant -> Spelling.constant(constant).equals(token.text()))
        .findFirst()
        .orElseThrow(
            () ->
                tokens.failure(
                    code,
                    token.span(),
                    "`"
                        + token.text()
                        + "` is none of "
                        + constants.stream().map(Spelling::constant).toList()));
  }

  /** Turns the refusal of a constructor into a diagnostic. */
  private <T> T checked(Token start, Code code, Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException e) {
      throw tokens.failure(code, tokens.since(start), String.valueOf(e.getMessage()));
    }
  }
}
