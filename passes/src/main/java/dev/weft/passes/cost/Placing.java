package dev.weft.passes.cost;

import dev.weft.ir.graph.Node;
import dev.weft.ir.op.AdamUpdate;
import dev.weft.ir.op.Affine;
import dev.weft.ir.op.AllGather;
import dev.weft.ir.op.AllReduce;
import dev.weft.ir.op.AllToAll;
import dev.weft.ir.op.Attention;
import dev.weft.ir.op.AttentionGrad;
import dev.weft.ir.op.Binary;
import dev.weft.ir.op.BinaryFunction;
import dev.weft.ir.op.Broadcast;
import dev.weft.ir.op.Call;
import dev.weft.ir.op.CausalMask;
import dev.weft.ir.op.Collective;
import dev.weft.ir.op.Concat;
import dev.weft.ir.op.Contract;
import dev.weft.ir.op.Convert;
import dev.weft.ir.op.Dropout;
import dev.weft.ir.op.Fill;
import dev.weft.ir.op.Gather;
import dev.weft.ir.op.Iota;
import dev.weft.ir.op.LambDirection;
import dev.weft.ir.op.LambUpdate;
import dev.weft.ir.op.LearningRate;
import dev.weft.ir.op.Lookup;
import dev.weft.ir.op.LookupGrad;
import dev.weft.ir.op.LossScaleUpdate;
import dev.weft.ir.op.Merge;
import dev.weft.ir.op.Nonzero;
import dev.weft.ir.op.Normalize;
import dev.weft.ir.op.NormalizeGrad;
import dev.weft.ir.op.OneHot;
import dev.weft.ir.op.Pack;
import dev.weft.ir.op.Pad;
import dev.weft.ir.op.Pick;
import dev.weft.ir.op.Primitive;
import dev.weft.ir.op.Receive;
import dev.weft.ir.op.Reduce;
import dev.weft.ir.op.ReduceScatter;
import dev.weft.ir.op.RelativeBucket;
import dev.weft.ir.op.Rename;
import dev.weft.ir.op.Repeat;
import dev.weft.ir.op.Reshard;
import dev.weft.ir.op.Rope;
import dev.weft.ir.op.Scatter;
import dev.weft.ir.op.SegmentSquares;
import dev.weft.ir.op.Select;
import dev.weft.ir.op.Send;
import dev.weft.ir.op.SgdUpdate;
import dev.weft.ir.op.ShardSlice;
import dev.weft.ir.op.SharedSum;
import dev.weft.ir.op.Slice;
import dev.weft.ir.op.Softmax;
import dev.weft.ir.op.SoftmaxGrad;
import dev.weft.ir.op.Split;
import dev.weft.ir.op.ToDevice;
import dev.weft.ir.op.ToHost;
import dev.weft.ir.op.TopK;
import dev.weft.ir.op.Transpose;
import dev.weft.ir.op.Unary;
import dev.weft.ir.op.UnaryGrad;
import dev.weft.ir.op.Unpack;

/** Where the results of an op are put. */
enum Placing {
  /** Each in a buffer of its own, counted while all operands are still alive. */
  OWN,
  /** Each in a buffer of its own, counted after the operands that die: they make room. */
  IN_PLACE,
  /** End to end in the operand's buffer. */
  VIEW,
  /** Somewhere in the operand's buffer. */
  ROWS,
  /** In the operands' buffer where they fill one in order, else as {@link #IN_PLACE}. */
  PACK,
  /** As the body of a loop says. */
  LOOP,
  /** As the callee says. */
  CALL;

  /**
   * Of a node in a lowered program.
   *
   * @throws IllegalArgumentException when it holds an op that lowering should have replaced
   */
  static Placing of(Node node) {
    if (!(node.op() instanceof Primitive primitive)) {
      throw new IllegalArgumentException(node.op().name() + " is not primitive");
    }
    return switch (primitive) {
      case AllReduce op -> inPlace(op);
      case SharedSum op -> inPlace(op);
      case AllGather op -> own(op);
      case AllToAll op -> own(op);
      case ReduceScatter op -> own(op);
      case Binary op -> of(op, node);
      case AdamUpdate _, LambDirection _, LambUpdate _, Select _, SgdUpdate _ -> IN_PLACE;
      case Merge _, Rename _, Split _, Unpack _ -> VIEW;
      case Slice op -> op.isView(node.operand(0).type()) ? ROWS : OWN;
      case Pack _ -> PACK;
      case Repeat _ -> LOOP;
      case Call _ -> CALL;
      case Reshard _ -> throw new IllegalArgumentException("reshard is left in a lowered program");
      case Affine _, Attention _, AttentionGrad _, Broadcast _, CausalMask _, Concat _ -> OWN;
      case Contract _, Convert _, Dropout _, Fill _, Gather _, Iota _, LearningRate _ -> OWN;
      case Lookup _, LookupGrad _, LossScaleUpdate _, Nonzero _ -> OWN;
      case Normalize _, NormalizeGrad _, OneHot _, Pad _, Pick _ -> OWN;
      case Receive _, Reduce _, RelativeBucket _, Rope _, Scatter _, SegmentSquares _ -> OWN;
      case Send _, ShardSlice _, Softmax _, SoftmaxGrad _, TopK _, Transpose _ -> OWN;
      case ToDevice _, ToHost _, Unary _, UnaryGrad _ -> OWN;
    };
  }

  /** Alone a device keeps its value. */
  private static Placing inPlace(Collective op) {
    return op.parts() == 1 ? VIEW : IN_PLACE;
  }

  private static Placing own(Collective op) {
    return op.parts() == 1 ? VIEW : OWN;
  }

  /** A sum of equal types accumulates in place. */
  private static Placing of(Binary op, Node node) {
    boolean accumulates =
        op.function() == BinaryFunction.ADD
            && node.operand(0).type().equals(node.operand(1).type());
    return accumulates ? IN_PLACE : OWN;
  }
}
