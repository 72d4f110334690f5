package dev.weft.runtime.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Random applications of every op that one device can run. */
public final class OpCases {
  private static final List<Function<Draw, OpCase>> KINDS =
      List.of(
          UpdateCases::adam,
          PointwiseCases::affine,
          PointwiseCases::binary,
          RearrangementCases::broadcast,
          IndexCases::causalMask,
          RearrangementCases::concat,
          ReductionCases::contract,
          ReductionCases::contractOne,
          PointwiseCases::convert,
          IndexCases::crossEntropy,
          IndexCases::dropout,
          PointwiseCases::fill,
          ChoosingCases::gather,
          IndexCases::iota,
          UpdateCases::lambDirection,
          UpdateCases::lambUpdate,
          UpdateCases::learningRate,
          UpdateCases::lossScaleUpdate,
          IndexCases::lookup,
          IndexCases::lookupGrad,
          RearrangementCases::merge,
          ChoosingCases::nonzero,
          ReductionCases::normalize,
          ReductionCases::normalizeGrad,
          IndexCases::oneHot,
          RearrangementCases::pack,
          RearrangementCases::pad,
          IndexCases::pick,
          ReductionCases::reduce,
          IndexCases::relativeBucket,
          RearrangementCases::rename,
          IndexCases::rope,
          ChoosingCases::scatter,
          UpdateCases::segmentSquares,
          PointwiseCases::select,
          UpdateCases::sgd,
          RearrangementCases::slice,
          ReductionCases::softmax,
          ReductionCases::softmaxGrad,
          RearrangementCases::split,
          ChoosingCases::topK,
          RearrangementCases::transpose,
          PointwiseCases::unary,
          PointwiseCases::unaryGrad,
          RearrangementCases::unpack,
          AttentionCases::attention,
          AttentionCases::attentionGrad);

  private OpCases() {}

  /** One case of every kind, each with the draws of a seed of its own. */
  public static List<OpCase> all(long seed) {
    var cases = new ArrayList<OpCase>();
    for (int i = 0; i < KINDS.size(); i++) {
      cases.add(KINDS.get(i).apply(new Draw(seed * KINDS.size() + i)));
    }
    return cases;
  }
}
