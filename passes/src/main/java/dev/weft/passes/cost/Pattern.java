package dev.weft.passes.cost;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that memory depends on when a block runs: the code, and how its arguments lie in buffers.
 * Runs with equal patterns have equal effects.
 *
 * @param buffers those in which arguments lie, in the order of their first argument
 */
record Pattern(Code code, List<Argument> arguments, List<Given> buffers) {
  Pattern {
    arguments = List.copyOf(arguments);
    buffers = List.copyOf(buffers);
  }

  /**
   * A value for a parameter.
   *
   * @param buffer position among the pattern's buffers
   */
  record Argument(int buffer, long offset, Term term) {}

  /**
   * A buffer that holds arguments.
   *
   * @param outside terms of what callers hold in it, as bits; 0 where it is the callee's alone
   */
  record Given(Extent extent, int outside) {}

  /** A pattern with the buffers in question. */
  record Instance(Pattern pattern, List<Buffer> buffers) {}

  /** The pattern of arguments as they lie now; what is held now is held outside of the callee. */
  static Instance of(Code code, List<Spot> spots, List<Term> terms) {
    Map<Buffer, Integer> positions = new IdentityHashMap<>();
    var buffers = new ArrayList<Buffer>();
    var given = new ArrayList<Given>();
    var arguments = new ArrayList<Argument>();
    for (int i = 0; i < spots.size(); i++) {
      var buffer = spots.get(i).buffer();
      Integer position = positions.get(buffer);
      if (position == null) {
        position = buffers.size();
        positions.put(buffer, position);
        buffers.add(buffer);
        given.add(new Given(buffer.extent(), buffer.terms()));
      }
      arguments.add(new Argument(position, spots.get(i).offset(), terms.get(i)));
    }
    return new Instance(new Pattern(code, arguments, given), buffers);
  }
}
