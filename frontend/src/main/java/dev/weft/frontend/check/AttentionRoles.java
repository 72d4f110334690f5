package dev.weft.frontend.check;

import dev.weft.frontend.check.Emitter.Operand;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.type.Dim;
import java.util.List;
import java.util.function.Predicate;

/**
 * The roles of the axes in an attention, from what q, k and v bear and from what the call says.
 *
 * @param query positions of the queries
 * @param key contracted between queries and keys
 * @param value the features of the values
 * @param heads the axis of the query heads, or empty
 * @param kvHeads the axis of the key heads, or empty
 */
record AttentionRoles(Dim query, Dim key, Dim value, String heads, String kvHeads) {

  static AttentionRoles of(Arguments arguments, CallSite site) {
    var over = arguments.axis("over");
    var q = arguments.operand("q");
    var k = arguments.operand("k");
    var v = arguments.operand("v");
    var key = key(arguments, q, k, site);
    var query = query(arguments, q, k, over, site);
    var own = axes(q, d -> !bears(k, d) && !d.equals(query));
    var theirs = axes(k, d -> !bears(q, d) && !d.equals(over));
    if (own.size() != theirs.size() || own.size() > 1) {
      throw new Refusal(unmatched(q, k, own, theirs, site));
    }
    var value = value(v, q, k, key, over);
    if (!own.isEmpty()) {
      return new AttentionRoles(query, key, value, own.getFirst().axis(), theirs.getFirst().axis());
    }
    var heads = sharedHeads(q, query, key);
    return new AttentionRoles(query, key, value, heads, heads);
  }

  private static Dim key(Arguments arguments, Operand q, Operand k, CallSite site) {
    var on = arguments.optionalAxis("on");
    if (on.isPresent()) {
      site.requireAxis(q, on.get(), arguments.span("on"));
      site.requireAxis(k, on.get(), arguments.span("on"));
      return on.get();
    }
    var dims = q.value().type().dims();
    if (dims.isEmpty() || !bears(k, dims.getLast())) {
      throw new Refusal(
          CheckCode.ROLES,
          k.span(),
          "the last axis of the queries is no axis of the keys; give `on`");
    }
    return dims.getLast();
  }

  private static Dim query(Arguments arguments, Operand q, Operand k, Dim over, CallSite site) {
    var given = arguments.optionalAxis("query");
    if (given.isPresent()) {
      site.requireAxis(q, given.get(), arguments.span("query"));
      return given.get();
    }
    if (bears(q, over)) {
      return over;
    }
    var own = axes(q, d -> !bears(k, d));
    if (own.size() != 1) {
      throw new Refusal(
          Diagnostic.of(
                  CheckCode.ROLES,
                  q.span(),
                  own.isEmpty()
                      ? "no axis of the queries is theirs alone"
                      : "the queries' position is one of " + own + "; give `query`")
              .note(k.span(), "the keys bear " + TermChecks.axes(k.value().type())));
    }
    return own.getFirst();
  }

  private static Dim value(Operand v, Operand q, Operand k, Dim key, Dim over) {
    if (bears(v, key)) {
      return key;
    }
    var own = axes(v, d -> !bears(k, d) && !bears(q, d) && !d.equals(over));
    if (own.size() != 1) {
      throw new Refusal(
          CheckCode.ROLES,
          v.span(),
          "the values bear %s: not `%s`, nor one axis of their own for their features"
              .formatted(TermChecks.axes(v.value().type()), key.axis()));
    }
    return own.getFirst();
  }

  /** The last axis that all share beside the batch; the op treats it as one more batch axis. */
  private static String sharedHeads(Operand q, Dim query, Dim key) {
    return axes(q, d -> !d.equals(query) && !d.equals(key)).stream()
        .map(Dim::axis)
        .filter(axis -> !axis.equals(Recipe.BATCH_AXIS))
        .reduce((a, b) -> b)
        .orElse("");
  }

  private static Diagnostic unmatched(
      Operand q, Operand k, List<Dim> own, List<Dim> theirs, CallSite site) {
    var message = "axes of the queries alone: %s, of the keys alone: %s".formatted(own, theirs);
    return Diagnostic.of(CheckCode.ROLES, site.span(), message)
        .note(q.span(), "the queries bear " + TermChecks.axes(q.value().type()))
        .note(k.span(), "the keys bear " + TermChecks.axes(k.value().type()))
        .note("grouped queries have one axis of heads where the keys have another");
  }

  private static boolean bears(Operand operand, Dim dim) {
    return operand.value().type().bears(dim.axis());
  }

  private static List<Dim> axes(Operand operand, Predicate<Dim> which) {
    return operand.value().type().dims().stream().filter(which).toList();
  }
}
