package dev.weft.cli.pricing;

import dev.weft.frontend.check.CheckedModel;
import dev.weft.frontend.check.Frontend;
import dev.weft.frontend.check.Options;
import dev.weft.frontend.check.Recipe;
import dev.weft.ir.graph.Port;
import dev.weft.ir.plan.Plan;
import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Source;
import dev.weft.ir.type.DType;
import dev.weft.passes.optimizer.MicroBatching;
import dev.weft.passes.pipeline.Replica;
import dev.weft.passes.workload.Workload;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The workloads of one model. What is the same for many plans, the program of a replica under one
 * tensor parallelism, one size of micro-batch and one remat, is compiled once.
 */
public final class ModelWorkloads {
  private final Source source;
  private final Options options;
  private final CheckedModel model;
  private final Map<Long, Checked<CheckedModel>> pieces = new ConcurrentHashMap<>();
  private final Map<Key, Checked<Workload>> workloads = new ConcurrentHashMap<>();

  private record Key(long batch, Plan replica) {}

  private ModelWorkloads(Source source, Options options, CheckedModel model) {
    this.source = source;
    this.options = options;
    this.model = model;
  }

  public static Checked<ModelWorkloads> of(Source source, Options options) {
    return Frontend.check(source, options).map(m -> of(source, options, m));
  }

  /** Of a model that has been checked already. */
  public static ModelWorkloads of(Source source, Options options, CheckedModel model) {
    return new ModelWorkloads(source, options, model);
  }

  /** The model over the whole batch. */
  public CheckedModel model() {
    return model;
  }

  /** The workload of one micro-batch of one replica of a plan. */
  public Checked<Workload> of(Plan plan) {
    long pieces = (long) plan.microBatches() * plan.mesh().size(plan.optimizerSharding().all());
    long batch = Math.max(1, model.recipe().batch() / pieces);
    return workloads.computeIfAbsent(new Key(batch, Replica.plan(plan)), this::compile);
  }

  private Checked<Workload> compile(Key key) {
    return pieces
        .computeIfAbsent(key.batch(), this::piece)
        .then(
            piece -> {
              var function = piece.module().only();
              return MicroBatching.of(function, Recipe.BATCH_AXIS, 1)
                  .then(
                      micro ->
                          Replica.passes(
                                  key.replica(),
                                  piece.recipe().optimizer(),
                                  micro,
                                  function.outputs())
                              .run(piece.module()));
            })
        .map(Workload::of);
  }

  private Checked<CheckedModel> piece(long batch) {
    return batch == model.recipe().batch()
        ? Checked.ok(model)
        : Frontend.check(source, options.with(Recipe.BATCH_AXIS, Long.toString(batch)));
  }

  /** Elements of the largest integer input of a step: its tokens; without any, its examples. */
  public long tokens() {
    var function = model.module().only();
    return function.inputIndices(Port.Data.class).stream()
        .map(i -> function.body().params().get(i).type())
        .filter(type -> type.dtype() == DType.I32 && type.bears(Recipe.BATCH_AXIS))
        .mapToLong(dev.weft.ir.type.TensorType::elements)
        .max()
        .orElse(model.recipe().batch());
  }
}
