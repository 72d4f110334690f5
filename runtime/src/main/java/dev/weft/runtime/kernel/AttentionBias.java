package dev.weft.runtime.kernel;

import dev.weft.ir.type.TensorType;

/**
 * Where the bias of each score lies.
 *
 * @param starts per query head, the offset of its first bias
 * @param queryStep how far apart neighbouring queries are; 0 where all have one
 * @param sourceStep likewise
 */
record AttentionBias(int[] starts, int queryStep, int sourceStep) {
  static AttentionBias of(TensorType type, AttentionLayout layout) {
    var starts = new int[layout.heads()];
    var nest = Nest.of(layout.lead(), type);
    var next = new int[1];
    nest.forEachRow(
        at -> {
          for (int i = 0; i < nest.length(); i++) {
            starts[next[0]++] = at[0] + i * nest.step(0);
          }
        });
    return new AttentionBias(
        starts,
        Nest.stride(type, layout.query().axis()),
        Nest.stride(type, layout.source().axis()));
  }

  int at(int head, int query, int source) {
    return starts[head] + query * queryStep + source * sourceStep;
  }
}
