package dev.weft.runtime.interp;

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
import dev.weft.ir.type.TensorType;
import dev.weft.runtime.interp.OpNode.Drop;
import dev.weft.runtime.kernel.AttentionGradKernel;
import dev.weft.runtime.kernel.AttentionKernel;
import dev.weft.runtime.kernel.BinaryKernel;
import dev.weft.runtime.kernel.ContractKernels;
import dev.weft.runtime.kernel.DropoutKernel;
import dev.weft.runtime.kernel.ElementwiseKernels;
import dev.weft.runtime.kernel.GatherKernels;
import dev.weft.runtime.kernel.Gemm;
import dev.weft.runtime.kernel.IndexKernels;
import dev.weft.runtime.kernel.Kernel;
import dev.weft.runtime.kernel.LookupKernels;
import dev.weft.runtime.kernel.MovingKernels;
import dev.weft.runtime.kernel.NormalizeKernels;
import dev.weft.runtime.kernel.PackKernel;
import dev.weft.runtime.kernel.ReduceKernel;
import dev.weft.runtime.kernel.RopeKernel;
import dev.weft.runtime.kernel.ScalarKernels;
import dev.weft.runtime.kernel.SegmentKernels;
import dev.weft.runtime.kernel.SelectionKernels;
import dev.weft.runtime.kernel.SoftmaxKernels;
import dev.weft.runtime.kernel.UpdateKernels;
import java.util.List;

/** Which Truffle node runs an op. */
final class NodeChoice {
  private final Translator translator;
  private final Gemm gemm;

  NodeChoice(Translator translator, Gemm gemm) {
    this.translator = translator;
    this.gemm = gemm;
  }

  OpNode of(Primitive primitive, Node node, Wiring wiring) {
    var in = node.operandTypes();
    var out = node.types();
    return switch (primitive) {
      case AdamUpdate op -> inPlace(wiring, UpdateKernels.adam(op, in));
      case Affine op -> kernel(wiring, ElementwiseKernels.affine(op));
      case AllGather op -> new CollectiveNode(wiring, op);
      case AllReduce op -> new CollectiveNode(wiring, op);
      case AllToAll op -> new CollectiveNode(wiring, op);
      case Attention op -> kernel(wiring, new AttentionKernel(op.shape(), in, out, gemm));
      case AttentionGrad op -> kernel(wiring, new AttentionGradKernel(op.shape(), in, gemm));
      case Binary op -> binary(wiring, op, node);
      case Broadcast _ -> kernel(wiring, MovingKernels.sameNames(in.get(0), out.get(0)));
      case Call op -> translator.call(wiring, op);
      case CausalMask op -> kernel(wiring, IndexKernels.causalMask(op, in));
      case Concat op -> kernel(wiring, MovingKernels.concat(op, in, out.get(0)));
      case Contract _ -> kernel(wiring, ContractKernels.of(in, out.get(0), gemm));
      case Convert _ -> kernel(wiring, ElementwiseKernels.convert(out.get(0)));
      case Dropout op -> kernel(wiring, new DropoutKernel(op, in));
      case Fill op -> kernel(wiring, ElementwiseKernels.fill(op.value(), out.get(0)));
      case Gather op -> kernel(wiring, GatherKernels.gather(op, in.get(0), in.get(1), out.get(0)));
      case Iota op -> kernel(wiring, IndexKernels.iota(op, out.get(0)));
      case LambDirection op -> inPlace(wiring, UpdateKernels.lamb(op, in));
      case LambUpdate op -> inPlace(wiring, SegmentKernels.lamb(op, in.get(0)));
      case LearningRate op -> kernel(wiring, ScalarKernels.rate(op));
      case Lookup op -> kernel(wiring, LookupKernels.forward(op, in.get(0), out.get(0)));
      case LookupGrad op ->
          kernel(wiring, LookupKernels.gradient(op, in.get(0), in.get(1), out.get(0)));
      case LossScaleUpdate op -> kernel(wiring, ScalarKernels.lossScale(op));
      case Merge _, Rename _, Split _, Unpack _ -> new ViewNode(wiring, out, 0);
      case Nonzero op -> kernel(wiring, SelectionKernels.nonzero(op, in.get(0), out.get(0)));
      case Normalize op -> kernel(wiring, NormalizeKernels.forward(op, in.get(0), out.get(1)));
      case NormalizeGrad op ->
          kernel(wiring, NormalizeKernels.gradient(op, in.get(0), in.get(1), in.get(2)));
      case OneHot op -> kernel(wiring, IndexKernels.oneHot(op, out.get(0)));
      case Pack _ -> inPlace(wiring, new PackKernel(out.get(0)));
      case Pad op -> kernel(wiring, MovingKernels.pad(op, in.get(0), out.get(0)));
      case Pick op -> kernel(wiring, IndexKernels.pick(op, in.get(0), in.get(1), out.get(0)));
      case Receive op -> new ReceiveNode(wiring, op);
      case Reduce op -> kernel(wiring, new ReduceKernel(op, in.get(0), out.get(0)));
      case ReduceScatter op -> new CollectiveNode(wiring, op);
      case RelativeBucket op -> kernel(wiring, IndexKernels.relativeBucket(op, out.get(0)));
      case Repeat op -> repeat(wiring, op, node);
      case Reshard _ -> throw new IllegalArgumentException("reshard is left in a lowered program");
      case Rope op -> kernel(wiring, new RopeKernel(op, in.get(0), in.get(1)));
      case Scatter op ->
          kernel(wiring, GatherKernels.scatter(op, in.get(0), in.get(1), out.get(0)));
      case SegmentSquares op -> kernel(wiring, SegmentKernels.squares(op, out.get(0)));
      case Select _ -> inPlace(wiring, ScalarKernels.select());
      case Send op -> new SendNode(wiring, op);
      case SgdUpdate op -> inPlace(wiring, UpdateKernels.sgd(op, in));
      case ShardSlice op -> kernel(wiring, MovingKernels.shardSlice(op, in.get(0), out.get(0)));
      case SharedSum op -> new CollectiveNode(wiring, op);
      case Slice op -> slice(wiring, op, in.getFirst(), out);
      case Softmax op -> kernel(wiring, SoftmaxKernels.forward(op, in.get(0)));
      case SoftmaxGrad op -> kernel(wiring, SoftmaxKernels.gradient(op, in.get(0), in.get(1)));
      case ToDevice op -> new TransferNode(wiring, op, out.getFirst());
      case ToHost op -> new TransferNode(wiring, op, out.getFirst());
      case TopK op -> kernel(wiring, SelectionKernels.topK(op, in.get(0)));
      case Transpose _ -> kernel(wiring, MovingKernels.sameNames(in.get(0), out.get(0)));
      case Unary op -> kernel(wiring, ElementwiseKernels.unary(op));
      case UnaryGrad op -> kernel(wiring, ElementwiseKernels.unaryGrad(op, in.get(0), in.get(1)));
    };
  }

  private static OpNode kernel(Wiring wiring, Kernel kernel) {
    return new KernelNode(wiring, kernel, Drop.LATE);
  }

  private static OpNode inPlace(Wiring wiring, Kernel kernel) {
    return new KernelNode(wiring, kernel, Drop.EARLY);
  }

  private static OpNode slice(Wiring wiring, Slice op, TensorType in, List<TensorType> out) {
    return op.isView(in)
        ? new ViewNode(wiring, out, op.elementsBefore(in))
        : kernel(wiring, MovingKernels.slice(op, in, out.getFirst()));
  }

  /** A sum of equal types accumulates in place. */
  private static OpNode binary(Wiring wiring, Binary op, Node node) {
    var left = node.operand(0).type();
    var right = node.operand(1).type();
    var kernel = new BinaryKernel(op.function(), left, right, node.types().getFirst());
    boolean accumulates = op.function() == BinaryFunction.ADD && left.equals(right);
    return accumulates ? inPlace(wiring, kernel) : kernel(wiring, kernel);
  }

  private OpNode repeat(Wiring wiring, Repeat op, Node node) {
    var body = node.bodies().getFirst();
    return new RepeatNode(
        wiring,
        op,
        translator.translate(op.label(), op.early(body)),
        translator.translate(op.label(), op.rest(body)),
        body.params().stream().<TensorType>map(p -> p.type()).toList(),
        node.types().subList(op.carried(), node.types().size()));
  }
}
