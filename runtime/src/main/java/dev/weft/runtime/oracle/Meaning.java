package dev.weft.runtime.oracle;

import dev.weft.ir.graph.Node;
import dev.weft.ir.op.AdamUpdate;
import dev.weft.ir.op.Affine;
import dev.weft.ir.op.AllGather;
import dev.weft.ir.op.AllReduce;
import dev.weft.ir.op.AllToAll;
import dev.weft.ir.op.Attention;
import dev.weft.ir.op.AttentionGrad;
import dev.weft.ir.op.Binary;
import dev.weft.ir.op.Broadcast;
import dev.weft.ir.op.Call;
import dev.weft.ir.op.CausalMask;
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
import dev.weft.runtime.tensor.Tensor;
import java.util.List;

/** Which loop says what each primitive op means. */
final class Meaning {
  private Meaning() {}

  /** The results of an op on whole operands. */
  static List<Tensor> of(Primitive primitive, Node node, List<Tensor> in) {
    return switch (primitive) {
      case AdamUpdate op -> Updates.adam(op, in);
      case Affine op -> one(Elementwise.affine(op, in.get(0)));
      case AllGather op -> throw collective(op);
      case AllReduce op -> throw collective(op);
      case AllToAll op -> throw collective(op);
      case Attention op -> AttentionLoops.forward(op.shape(), in, node.types());
      case AttentionGrad op -> AttentionGradLoops.backward(op.shape(), in);
      case Binary op -> one(Elementwise.binary(op, in, node.types().getFirst()));
      case Broadcast _ -> one(Rearranging.sameNames(in.get(0), node.types().getFirst()));
      case Call op -> throw collective(op);
      case CausalMask op -> one(Dropping.masked(op, in));
      case Concat op -> one(Rearranging.concat(op, in, node.types().getFirst()));
      case Contract _ -> one(Contraction.of(in, node.types().getFirst()));
      case Convert _ -> one(Elementwise.convert(in.get(0), node.types().getFirst()));
      case Dropout op -> one(Dropping.dropout(op, in));
      case Fill op -> one(Tensor.generate(op.type(), _ -> op.value()));
      case Gather op -> one(Choosing.gather(op, in.get(0), in.get(1), node.types().getFirst()));
      case Iota _ -> one(Tensor.generate(node.types().getFirst(), i -> i));
      case LambDirection op -> Updates.lamb(op, in);
      case LambUpdate op -> one(Scaling.lamb(op, in));
      case LearningRate op -> one(rate(op, in.get(0)));
      case Lookup _ -> one(Indexing.lookup(in.get(0), in.get(1), node.types().getFirst()));
      case LookupGrad op -> one(Indexing.lookupGrad(op, in, node.types().getFirst()));
      case LossScaleUpdate op -> Scaling.lossScale(op, in);
      case Merge _, Rename _, Split _ -> one(Rearranging.sameOrder(in.get(0), node.types().get(0)));
      case Nonzero op -> one(Choosing.nonzero(op, in.get(0), node.types().getFirst()));
      case Normalize op -> Normalizing.normalize(op, in.get(0), node.types());
      case NormalizeGrad op -> one(Normalizing.gradient(op, in));
      case OneHot op -> one(Indexing.oneHot(op, in.get(0), node.types().getFirst()));
      case Pack _ -> one(Packing.pack(in, node.types().getFirst()));
      case Pad op -> one(Rearranging.pad(op, in.get(0), node.types().getFirst()));
      case Pick op -> one(Indexing.pick(op, in.get(0), in.get(1), node.types().getFirst()));
      case Receive op -> throw collective(op);
      case Reduce op -> one(Reductions.reduce(op, in.get(0), node.types().getFirst()));
      case ReduceScatter op -> throw collective(op);
      case RelativeBucket op -> one(Indexing.bucket(op, in, node.types().getFirst()));
      case Repeat op -> Looping.repeat(op, node, in);
      case Reshard _ -> in;
      case Rope op -> one(Rotating.rope(op, in.get(0), in.get(1)));
      case Scatter op -> one(Choosing.scatter(op, in.get(0), in.get(1), node.types().getFirst()));
      case SegmentSquares op ->
          one(Scaling.squares(op, in.get(0), Tensor.zeros(node.types().getFirst())));
      case Select _ -> one(in.get(0).scalar() != 0 ? in.get(1) : in.get(2));
      case Send op -> throw collective(op);
      case SgdUpdate op -> Updates.sgd(op, in);
      case ShardSlice op -> throw collective(op);
      case SharedSum op -> throw collective(op);
      case Slice op -> one(Rearranging.slice(op, in.get(0), node.types().getFirst()));
      case Softmax op -> one(Normalizing.softmax(op, in.get(0)));
      case SoftmaxGrad op -> one(Normalizing.softmaxGradient(op, in));
      case ToDevice _, ToHost _ -> one(Elementwise.convert(in.get(0), node.types().getFirst()));
      case TopK op -> one(Choosing.topK(op, in.get(0), in.get(1)));
      case Transpose _ -> one(Rearranging.sameNames(in.get(0), node.types().getFirst()));
      case Unary op -> one(Elementwise.unary(op, in.get(0)));
      case UnaryGrad op -> one(Elementwise.unaryGradient(op, in));
      case Unpack op -> Packing.unpack(op, in.get(0));
    };
  }

  private static Tensor rate(LearningRate op, Tensor step) {
    return Tensor.scalar(op.dtype(), op.schedule().at((long) step.scalar()));
  }

  private static List<Tensor> one(Tensor result) {
    return List.of(result);
  }

  private static IllegalStateException collective(Primitive op) {
    return new IllegalStateException(op.name() + " belongs to one device of several");
  }
}
