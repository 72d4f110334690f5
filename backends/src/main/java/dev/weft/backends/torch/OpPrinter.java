package dev.weft.backends.torch;

import dev.weft.ir.graph.Node;
import dev.weft.ir.op.*;
import java.util.List;

/** Any primitive op of a device's program as a Python expression. */
final class OpPrinter implements NodePrinter {
  private final Vocabulary vocabulary;
  private final ElementwisePrinter elementwise;
  private final ShapePrinter shape;
  private final ProductPrinter product;
  private final IndexPrinter index;
  private final ChoosingPrinter choosing;
  private final CollectivePrinter collective;
  private final FusedPrinter fused;
  private final AttentionPrinter attention;

  OpPrinter(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
    elementwise = new ElementwisePrinter(vocabulary);
    shape = new ShapePrinter(vocabulary);
    product = new ProductPrinter(vocabulary);
    index = new IndexPrinter(vocabulary);
    choosing = new ChoosingPrinter(vocabulary);
    collective = new CollectivePrinter(vocabulary);
    fused = new FusedPrinter(vocabulary);
    attention = new AttentionPrinter(vocabulary);
  }

  @Override
  public Printed print(Node node, List<Operand> in) {
    if (!(node.op() instanceof Primitive primitive)) {
      throw new IllegalStateException("not expanded to primitives: " + node);
    }
    return switch (primitive) {
      case Normalize op -> fused.normalize(node, op, in.getFirst());
      case Attention op -> attention.attention(node, op.shape(), in);
      case AttentionGrad op -> attention.gradient(node, op.shape(), in);
      case Unary op -> one(node, elementwise.unary(op.function(), in.getFirst().expression()));
      case UnaryGrad op -> one(node, elementwise.gradient(op.function(), in.get(0), in.get(1)));
      case Binary op ->
          one(
              node,
              elementwise.binary(op.function(), in.get(0), in.get(1), node.types().getFirst()));
      case Affine op -> one(node, elementwise.affine(op, in.getFirst()));
      case Convert op -> one(node, elementwise.convert(op, in.getFirst()));
      case Fill op -> one(node, elementwise.fill(op));
      case Iota op -> one(node, shape.iota(op));
      case Broadcast op -> one(node, shape.broadcast(op, in.getFirst()));
      case Split op -> one(node, shape.split(op, in.getFirst()));
      case Merge op -> one(node, shape.merge(op, in.getFirst()));
      case Slice op -> one(node, shape.slice(op, in.getFirst()));
      case Pad op -> one(node, shape.pad(op, in.getFirst()));
      case Concat op -> one(node, shape.concat(op, in));
      case Reduce op -> one(node, shape.reduce(op, in.getFirst()));
      case Rename op -> one(node, in.getFirst().expression());
      case Transpose op -> one(node, transpose(op, in.getFirst()));
      case Contract op -> one(node, product.contract(op, in));
      case Lookup op -> one(node, index.lookup(op, in.get(0), in.get(1)));
      case LookupGrad op -> one(node, index.lookupGrad(op, in.get(0), in.get(1)));
      case Pick op -> one(node, index.pick(op, in.get(0), in.get(1)));
      case OneHot op -> one(node, index.oneHot(op, in.getFirst()));
      case TopK op -> one(node, choosing.topK(op, in.get(0), in.get(1)));
      case Nonzero op -> one(node, choosing.nonzero(op, in.getFirst()));
      case Gather op -> one(node, choosing.gather(op, in.get(0), in.get(1)));
      case Scatter op -> one(node, choosing.scatter(op, in.get(0), in.get(1)));
      case CausalMask op -> one(node, index.causalMask(op, in.get(0), in.get(1), in.get(2)));
      case RelativeBucket op -> one(node, index.relativeBucket(op, in.get(0), in.get(1)));
      case Softmax op -> one(node, fused.softmax(op, in.getFirst()));
      case SoftmaxGrad op -> one(node, fused.softmaxGrad(op, in.get(0), in.get(1)));
      case NormalizeGrad op -> one(node, fused.normalizeGrad(op, in.get(0), in.get(1), in.get(2)));
      case Dropout op -> one(node, fused.dropout(op, in));
      case Rope op -> one(node, fused.rope(op, in.get(0), in.get(1)));
      case AllReduce op -> one(node, collective.allReduce(op, in.getFirst()));
      case AllGather op -> one(node, collective.allGather(op, in.getFirst()));
      case ReduceScatter op -> one(node, collective.reduceScatter(op, in.getFirst()));
      case AllToAll op -> one(node, collective.allToAll(op, in.getFirst()));
      case ShardSlice op -> one(node, collective.shard(op, in.getFirst()));
      case Repeat op -> throw new IllegalStateException("a loop is no expression: " + node);
      case Reshard op -> throw new IllegalStateException("not lowered: " + node);
      case ToHost op -> one(node, moved("to_host", in.getFirst()));
      case ToDevice op -> one(node, moved("to_device", in.getFirst()));
      case Call op -> throw betweenStages(node);
      case Send op -> throw betweenStages(node);
      case Receive op -> throw betweenStages(node);
      case SharedSum op -> throw betweenStages(node);
      case Pack op -> throw outsideTheUpdate(node);
      case Unpack op -> throw outsideTheUpdate(node);
      case SgdUpdate op -> throw outsideTheUpdate(node);
      case LambDirection op -> throw outsideTheUpdate(node);
      case LambUpdate op -> throw outsideTheUpdate(node);
      case LearningRate op -> throw outsideTheUpdate(node);
      case LossScaleUpdate op -> throw outsideTheUpdate(node);
      case SegmentSquares op -> throw outsideTheUpdate(node);
      case Select op -> throw outsideTheUpdate(node);
      case AdamUpdate op -> throw outsideTheUpdate(node);
    };
  }

  @Override
  public Printed begin(Node node, List<Operand> in) {
    if (node.op() instanceof AllGather gather) {
      return one(node, collective.beginAllGather(gather, in.getFirst()));
    }
    throw new IllegalStateException("not to be waited for: " + node);
  }

  private static Expression transpose(Transpose op, Operand x) {
    return Layout.permute(x.expression(), x.type().axes(), op.axes());
  }

  private static Printed one(Node node, Expression expression) {
    return Printed.of(node, expression);
  }

  private Expression moved(String function, Operand x) {
    return Expression.call(vocabulary.function(function), x.expression().text());
  }

  private static IllegalStateException betweenStages(Node node) {
    return new IllegalStateException("no part of a stage: " + node);
  }

  private static IllegalStateException outsideTheUpdate(Node node) {
    return new IllegalStateException("only the weights' update packs and updates: " + node);
  }
}
