package dev.weft.ir.plan;

import dev.weft.ir.json.Fields;
import dev.weft.ir.json.Json;
import dev.weft.ir.mesh.Mesh;
import dev.weft.ir.mesh.MeshAxis;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Span;
import dev.weft.ir.source.Suggestions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Reads a plan's mesh, and the lists of its axes elsewhere in the plan. */
final class MeshAxes {
  private final Consumer<Diagnostic> report;
  private final Map<String, Placed> axes = new LinkedHashMap<>();
  private final Set<String> named = new LinkedHashSet<>();
  private boolean isKnown;

  /** An axis and where its name stands. */
  private record Placed(MeshAxis axis, Span place) {}

  MeshAxes(Consumer<Diagnostic> report) {
    this.report = report;
  }

  /** The mesh; empty when it is absent or wrong. */
  Optional<Mesh> mesh(Fields plan) {
    var object = plan.members(PlanKeys.MESH);
    if (object.isEmpty()) {
      return Optional.empty();
    }
    isKnown = true;
    object.get().members().forEach(member -> axis(plan, member));
    var mesh = new Mesh(axes.values().stream().map(Placed::axis).toList());
    return isKnown && isCountable(mesh, object.get().span()) ? Optional.of(mesh) : Optional.empty();
  }

  private void axis(Fields plan, Json.Member member) {
    var first = find(member.key());
    if (first.isPresent()) {
      var message = "the mesh axis \"" + member.key() + "\" is given twice";
      report.accept(
          Diagnostic.of(PlanCode.REPEATED_KEY, member.keySpan(), message)
              .note(first.get().place(), "first here"));
      return;
    }
    var size = plan.integer(member.key(), member.value());
    if (member.key().isEmpty()) {
      report.accept(Diagnostic.of(PlanCode.MESH, member.keySpan(), "a mesh axis needs a name"));
      isKnown = false;
    } else if (size.isPresent() && size.getAsInt() < 1) {
      var message = "the mesh axis \"" + member.key() + "\" has " + size.getAsInt() + " devices";
      report.accept(Diagnostic.of(PlanCode.MESH, member.value().span(), message));
      isKnown = false;
    } else {
      var axis = new MeshAxis(member.key(), size.orElse(1));
      axes.put(member.key(), new Placed(axis, member.keySpan()));
      isKnown &= size.isPresent();
    }
  }

  private Optional<Placed> find(String axis) {
    return Optional.ofNullable(axes.get(axis));
  }

  private boolean isCountable(Mesh mesh, Span place) {
    long devices = 1;
    for (var axis : mesh.axes()) {
      devices = Math.min(devices * axis.size(), Integer.MAX_VALUE + 1L);
    }
    if (devices > Integer.MAX_VALUE) {
      var sizes =
          mesh.axes().stream()
              .map(a -> Integer.toString(a.size()))
              .collect(Collectors.joining(" * "));
      var message = sizes + " devices are too many";
      report.accept(Diagnostic.of(PlanCode.TOO_MANY_DEVICES, place, message));
      return false;
    }
    return true;
  }

  /** The mesh axes that the key "over" of an object names; wrong ones are reported and left out. */
  List<String> over(Fields fields) {
    return named(fields, PlanKeys.OVER);
  }

  /** The mesh axes that a list names; wrong ones are reported and left out. */
  List<String> named(Fields fields, String key) {
    var over = new ArrayList<String>();
    for (var item : fields.items(key)) {
      if (!(item instanceof Json.Text(Span span, String axis))) {
        fields.wrong("an entry of \"" + key + "\"", "the name of a mesh axis", item);
      } else if (over.contains(axis)) {
        var message = "the mesh axis \"" + axis + "\" is named twice";
        report.accept(Diagnostic.of(PlanCode.REPEATED_MESH_AXIS, span, message));
      } else if (isKnown && !axes.containsKey(axis)) {
        report.accept(unknown(span, axis));
      } else {
        over.add(axis);
      }
    }
    return over;
  }

  /** The one mesh axis that the key "over" of an object names; a wrong one is reported. */
  Optional<MeshAxis> single(Fields fields) {
    var name = fields.text(PlanKeys.OVER);
    var axis = name.flatMap(this::find).map(Placed::axis);
    if (name.isPresent() && axis.isEmpty() && isKnown) {
      report.accept(unknown(fields.place(PlanKeys.OVER), name.get()));
    }
    return axis;
  }

  private Diagnostic unknown(Span span, String axis) {
    var message = "the mesh has no axis \"" + axis + "\"";
    var diagnostic = Diagnostic.of(PlanCode.UNKNOWN_MESH_AXIS, span, message);
    var meant = Suggestions.closest(axis, axes.keySet()).flatMap(this::find);
    if (meant.isPresent()) {
      var name = meant.get().axis().name();
      return diagnostic.note(meant.get().place(), "did you mean \"" + name + "\"?");
    }
    var known = axes.isEmpty() ? "none" : String.join(", ", axes.keySet());
    return diagnostic.note("the axes of the mesh are: " + known);
  }

  /** Records the axes along which a rule cuts. */
  void use(List<String> over) {
    named.addAll(over);
  }

  /** Warns of axes with several devices along which no rule cuts. */
  void reportUnused() {
    for (var placed : axes.values()) {
      var axis = placed.axis();
      if (axis.size() > 1 && !named.contains(axis.name())) {
        var message = "no rule cuts anything over \"" + axis.name() + "\"";
        report.accept(Diagnostic.of(PlanCode.UNUSED_MESH_AXIS, placed.place(), message));
      }
    }
  }
}
