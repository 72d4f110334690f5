package dev.weft.frontend.check;

import static dev.weft.frontend.check.Signature.Parameter.optional;
import static dev.weft.frontend.check.Signature.Parameter.required;

import dev.weft.frontend.check.Signature.Kind;
import dev.weft.ir.op.RelativeBucket;
import dev.weft.ir.op.RelativeBucket.Reach;
import java.util.OptionalLong;

/**
 * {@code relative_bucket(query, source, buckets: 32, max_distance: 128, bidirectional: true)}: the
 * bucket of the distance between two positions (Raffel et al. 2020, "T5", section 2.1).
 */
record RelativeBucketCall() implements Builtin {
  private static final long BUCKETS = 32;
  private static final long MAX_DISTANCE = 128;

  @Override
  public String name() {
    return "relative_bucket";
  }

  @Override
  public Signature signature() {
    return Signature.of(
        required("query", Kind.AXIS),
        required("source", Kind.AXIS),
        optional("buckets", Kind.INDEX),
        optional("max_distance", Kind.INDEX),
        optional("bidirectional", Kind.TRUTH));
  }

  @Override
  public Meaning apply(Arguments arguments, CallSite site) {
    var query = arguments.axis("query");
    var source = arguments.axis("source");
    if (query.equals(source)) {
      throw new Refusal(
          CheckCode.AXIS_TWICE,
          arguments.span("source"),
          "both positions are along `%s`; declare `axis source = %s` for the second"
              .formatted(query.axis(), query.axis()));
    }
    long buckets = arguments.index("buckets", BUCKETS);
    long distance = arguments.index("max_distance", MAX_DISTANCE);
    var reach = arguments.truth("bidirectional", true) ? Reach.BIDIRECTIONAL : Reach.BACKWARD;
    long directions = reach == Reach.BIDIRECTIONAL ? 2 : 1;
    if (buckets % directions != 0
        || buckets < 2 * directions
        || distance <= buckets / directions / 2) {
      throw new Refusal(
          CheckCode.OPERANDS,
          site.span(),
          "%d buckets up to the distance %d: each direction needs 2 buckets or more, and a distance"
                  .formatted(buckets, distance)
              + " beyond half of them");
    }
    var op = new RelativeBucket(buckets, distance, reach);
    var value = site.emitter().last(op, site.positions(query), site.positions(source));
    return new Meaning.Tensor(value, OptionalLong.of(buckets));
  }
}
