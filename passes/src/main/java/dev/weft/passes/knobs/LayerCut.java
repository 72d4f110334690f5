package dev.weft.passes.knobs;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Port;
import dev.weft.ir.op.Repeat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The layers of a model in order: the iterations of its repeats, one repeat after the other, such
 * as those of an encoder and then those of a decoder.
 *
 * @param labels for each layer the label of its repeat
 * @param ends how many stages without layers there may be: a last one for what follows all repeats,
 *     and with it a first one for weights that are used before them
 */
record LayerCut(List<String> labels, int ends) {
  LayerCut {
    labels = List.copyOf(labels);
  }

  static LayerCut of(Function model) {
    var labels = new ArrayList<String>();
    var nodes = model.body().nodes();
    for (var node : nodes) {
      if (node.op() instanceof Repeat repeat) {
        for (long i = 0; i < repeat.axis().size(); i++) {
          labels.add(repeat.label());
        }
      }
    }
    return new LayerCut(labels, ends(model));
  }

  private static int ends(Function model) {
    var nodes = model.body().nodes();
    if (nodes.isEmpty() || nodes.getLast().op() instanceof Repeat) {
      return 0;
    }
    var weights =
        model.inputIndices(Port.Weight.class).stream().map(model.body().params()::get).toList();
    boolean hasEmbedding =
        nodes.stream()
            .takeWhile(node -> !(node.op() instanceof Repeat))
            .anyMatch(node -> node.operands().stream().anyMatch(weights::contains));
    return hasEmbedding ? 2 : 1;
  }

  /** How many stages there can be. */
  int stages() {
    return count() + ends;
  }

  int count() {
    return labels.size();
  }

  /**
   * The layers of each stage, as evenly as possible. Where they do not divide, the stages in the
   * middle have one more: the first and the last have an embedding or a head besides. Where there
   * are more stages than layers, the last has the head alone, and then the first the embedding.
   *
   * @return for each stage the number of layers of each repeat that it has a part of
   */
  List<Map<String, Integer>> into(int stages) {
    return into(evenly(stages));
  }

  /** The number of layers of each stage, as {@link #into(int)} has them. */
  List<Integer> evenly(int stages) {
    int more = count() % stages;
    int firstWithMore = (stages - more) / 2;
    return IntStream.range(0, stages)
        .mapToObj(
            stage -> {
              boolean hasMore = stage >= firstWithMore && stage < firstWithMore + more;
              return count() / stages + (hasMore ? 1 : 0);
            })
        .toList();
  }

  /**
   * The layers of each stage.
   *
   * @param counts for each stage how many it has
   * @return for each stage the number of layers of each repeat that it has a part of
   */
  List<Map<String, Integer>> into(List<Integer> counts) {
    var cut = new ArrayList<Map<String, Integer>>();
    int next = 0;
    for (int count : counts) {
      int end = next + count;
      var layers = new LinkedHashMap<String, Integer>();
      labels.subList(next, end).forEach(label -> layers.merge(label, 1, Integer::sum));
      cut.add(layers);
      next = end;
    }
    return cut;
  }

  /** Such as {@code encoder 4, decoder 4}. */
  @Override
  public String toString() {
    return labels.stream()
        .collect(Collectors.groupingBy(l -> l, LinkedHashMap::new, Collectors.counting()))
        .entrySet()
        .stream()
        .map(e -> e.getKey() + " " + e.getValue())
        .collect(Collectors.joining(", "));
  }
}
