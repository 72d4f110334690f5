package dev.weft.cli.validate;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * The plan of a published run, as far as its row says. Degrees that most tables leave out when they
 * are 1 are 1 where absent.
 *
 * @param tensor devices that share a layer's tensors
 * @param pipeline devices along the depth
 * @param data replicas
 * @param context devices along the sequence within attention, by rings or gathering
 * @param ulysses devices along the sequence that exchange heads for positions
 * @param experts devices among which experts are spread
 * @param expertTensor devices that share an expert's tensors
 * @param chunks parts of the model on each device of a pipeline
 * @param zero optimizer sharding level, 0 to 3
 * @param globalBatch sequences of one step
 * @param microBatch sequences of one micro-batch of one replica
 * @param recompute what the backward computes again, in words
 * @param recomputeDetail more words
 * @param sequenceParallel whether activations between tensor-parallel parts are cut; empty where
 *     nothing is said
 * @param schedule the order of a pipeline, in words
 * @param overlap what communication runs beside computation, in words
 */
public record RunPlan(
    OptionalLong tensor,
    OptionalLong pipeline,
    OptionalLong data,
    long context,
    long ulysses,
    long experts,
    OptionalLong expertTensor,
    OptionalLong chunks,
    int zero,
    OptionalLong globalBatch,
    OptionalLong microBatch,
    String recompute,
    String recomputeDetail,
    Optional<Boolean> sequenceParallel,
    String schedule,
    String overlap) {
  static RunPlan of(CsvRow row) {
    return new RunPlan(
        row.integer("TP"),
        row.integer("PP"),
        row.integer("DP"),
        row.integer("CP").orElse(1),
        row.integer("SP_ulysses").orElse(1),
        row.integer("EP").orElse(1),
        row.integer("ETP"),
        row.integer("VPP"),
        zero(row),
        row.integer("global_batch"),
        row.integer("micro_batch"),
        row.words("recompute"),
        row.words("recompute_detail"),
        Optional.of(row.words("sequence_parallel")).filter(w -> !w.isEmpty()).map(RunPlan::isYes),
        row.words("schedule"),
        row.words("overlap"));
  }

  /** The same plan with so many sequences in each micro-batch. */
  RunPlan withMicroBatch(long sequences) {
    return new RunPlan(
        tensor,
        pipeline,
        data,
        context,
        ulysses,
        experts,
        expertTensor,
        chunks,
        zero,
        globalBatch,
        OptionalLong.of(sequences),
        recompute,
        recomputeDetail,
        sequenceParallel,
        schedule,
        overlap);
  }

  /** Whether a cell affirms, in any of the words that tables use. */
  static boolean isYes(String words) {
    return words.startsWith("yes") || words.startsWith("true") || words.equals("1");
  }

  private static int zero(CsvRow row) {
    var stage = row.words("zero_stage");
    if (!stage.isEmpty() && Character.isDigit(stage.charAt(0))) {
      return Math.min(3, Character.digit(stage.charAt(0), 10));
    }
    var fsdp = row.words("fsdp");
    if (isYes(fsdp) || fsdp.matches("([2-9]|\\d{2,}).*")) {
      return 3;
    }
    return isYes(row.words("distributed_optimizer")) ? 1 : 0;
  }
}
