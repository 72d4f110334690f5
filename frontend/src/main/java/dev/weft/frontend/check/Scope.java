package dev.weft.frontend.check;

import dev.weft.ir.source.Span;
import dev.weft.ir.type.Dim;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The names that a body knows: tensors and numbers of its own and, in a repeat, those around; axes
 * of its own, and those of the model. One name means one thing: a tensor, a number, or an axis.
 */
final class Scope implements SizeNames {
  private final Optional<Scope> outer;
  private final Kind kind;
  private final SizeTable sizes;
  private final Region region;
  private final Path path;
  private final Map<String, Binding> bindings = new LinkedHashMap<>();
  private final Map<String, Axis> axes = new LinkedHashMap<>();
  private Optional<List<Dim>> rest = Optional.empty();

  /**
   * An axis under its local name.
   *
   * @param dim empty where its size is unknown, which has been reported
   */
  record Axis(Optional<Dim> dim, Span declared) {}

  /** Where a scope belongs: the names of a block hide those of the model. */
  private enum Kind {
    MODEL,
    BLOCK
  }

  /** A binding and the region to which its value belongs. */
  private record Found(Binding binding, Region home) {}

  private Scope(Optional<Scope> outer, Kind kind, SizeTable sizes, Region region, Path path) {
    this.outer = outer;
    this.kind = kind;
    this.sizes = sizes;
    this.region = region;
    this.path = path;
  }

  /** The scope of the model. */
  static Scope top(SizeTable sizes) {
    return new Scope(Optional.empty(), Kind.MODEL, sizes, Region.top(), Path.top());
  }

  /** The scope of a block called here: it sees no tensor of ours. */
  Scope called(String block) {
    return new Scope(Optional.empty(), Kind.BLOCK, sizes, region, path.child(block));
  }

  /** The scope of a repeat's body here. */
  Scope repeated(Path bodyPath, Dim axis) {
    return new Scope(Optional.of(this), kind, sizes, region.inner(axis), bodyPath);
  }

  Region region() {
    return region;
  }

  Path path() {
    return path;
  }

  /** What a name stands for here; empty where nothing does. */
  Optional<Meaning> read(String name) {
    return find(name).map(this::read);
  }

  private Meaning read(Found found) {
    found.binding().markRead();
    return switch (found.binding().meaning()) {
      case Meaning.Tensor tensor -> tensor.with(region.receive(tensor.value(), found.home()));
      case Meaning.Number other -> other;
      case Meaning.Truth other -> other;
      case Meaning.Unknown other -> other;
    };
  }

  private Optional<Found> find(String name) {
    var own = bindings.get(name);
    return own != null
        ? Optional.of(new Found(own, region))
        : outer.flatMap(scope -> scope.find(name));
  }

  @Override
  public Optional<SizeTable.Parameter> number(String name) {
    return sizes.number(name);
  }

  /** The declaration of a number that a tensor of this name here would clash with. */
  Optional<Span> clashingNumber(String name) {
    return kind == Kind.MODEL
        ? sizes.number(name).map(SizeTable.Parameter::declared)
        : Optional.empty();
  }

  /** The declaration of a name that is visible here. */
  Optional<Binding> binding(String name) {
    return find(name).map(Found::binding);
  }

  /** Binds or rebinds a name in this very scope. */
  Binding bind(String name, Span declared, Meaning meaning) {
    var binding = bindings.computeIfAbsent(name, n -> new Binding(declared, meaning));
    binding.rebind(meaning);
    return binding;
  }

  /** The bindings of this very scope. */
  Map<String, Binding> bindings() {
    return bindings;
  }

  /** Every name that {@link #read} finds, for suggestions. */
  Collection<String> names() {
    var names = new LinkedHashSet<>(bindings.keySet());
    names.addAll(outer.map(Scope::names).orElseGet(sizes::numberNames));
    return names;
  }

  void declareAxis(String name, Axis axis) {
    axes.put(name, axis);
  }

  /** An axis by its local name. */
  Optional<Axis> axis(String name) {
    var own = localAxis(name);
    if (own.isPresent() || isHidden(name)) {
      return own;
    }
    return sizes.size(name).map(size -> modelAxis(name, size));
  }

  /** Whether a tensor of a block has the name of an axis of the model. */
  private boolean isHidden(String name) {
    return kind == Kind.BLOCK && find(name).isPresent();
  }

  /** The axis that a tensor of this name here would clash with. */
  Optional<Axis> clashingAxis(String name) {
    return kind == Kind.BLOCK ? localAxis(name) : axis(name);
  }

  /** An axis that bodies declared, not the model. */
  private Optional<Axis> localAxis(String name) {
    var own = axes.get(name);
    if (own != null) {
      return Optional.of(own);
    }
    return outer.flatMap(scope -> scope.localAxis(name));
  }

  /** An axis of this very scope, not of the model. */
  Optional<Axis> ownAxis(String name) {
    return Optional.ofNullable(axes.get(name));
  }

  private static Axis modelAxis(String name, Size size) {
    var value = size.value();
    return new Axis(
        value.isPresent() ? Optional.of(new Dim(name, value.getAsLong())) : Optional.empty(),
        size.given());
  }

  Collection<String> axisNames() {
    var names = new LinkedHashSet<>(axes.keySet());
    names.addAll(outer.map(Scope::axisNames).orElseGet(sizes::sizeNames));
    return names;
  }

  @Override
  public Optional<Size> size(String name) {
    var number = binding(name);
    if (number.isPresent() && number.get().meaning() instanceof Meaning.Number(double value)) {
      number.get().markRead();
      return whole(value, number.get().declared());
    }
    return axis(name).map(Scope::size);
  }

  private static Optional<Size> whole(double value, Span given) {
    return value == Math.rint(value) && Math.abs(value) <= SizeExpression.LARGEST
        ? Optional.of(new Size(OptionalLong.of((long) value), given))
        : Optional.empty();
  }

  private static Size size(Axis axis) {
    var dim = axis.dim();
    return new Size(
        dim.isPresent() ? OptionalLong.of(dim.get().size()) : OptionalLong.empty(),
        axis.declared());
  }

  @Override
  public Collection<String> sizeNames() {
    return axisNames();
  }

  /** The axes that {@code ...} stands for; empty where nothing is left open. */
  Optional<List<Dim>> rest() {
    return rest.or(() -> outer.flatMap(Scope::rest));
  }

  void leaveOpen(List<Dim> dims) {
    rest = Optional.of(List.copyOf(dims));
  }
}
