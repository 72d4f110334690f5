package dev.weft.ir.verify;

import dev.weft.ir.graph.Composite;
import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Node;
import dev.weft.ir.graph.Property;
import dev.weft.ir.op.Collective;
import dev.weft.ir.op.Iota;
import dev.weft.ir.op.Lookup;
import dev.weft.ir.op.LookupGrad;
import dev.weft.ir.op.OneHot;
import dev.weft.ir.op.Pick;
import dev.weft.ir.op.Receive;
import dev.weft.ir.op.Reshard;
import dev.weft.ir.op.Send;
import dev.weft.ir.op.ShardSlice;
import dev.weft.ir.op.SharedSum;
import java.util.List;

/** A module holds only the ops of the stage of compilation that its properties say. */
final class Stages {
  private final Module module;
  private final Findings findings;
  private final boolean lowered;

  private Stages(Module module, Findings findings) {
    this.module = module;
    this.findings = findings;
    this.lowered = module.properties().contains(Property.LOWERED);
  }

  static void check(Module module, Function function, Findings findings) {
    var stages = new Stages(module, findings);
    function.body().allNodes().forEach(stages::node);
  }

  private void node(Node node) {
    if (node.op() instanceof Composite && module.properties().contains(Property.PRIMITIVE)) {
      findings.report(VerifyCode.COMPOSITE, node, "only primitive ops are left at this stage");
    }
    if (node.op() instanceof Reshard && lowered) {
      findings.report(
          VerifyCode.RESHARD_AFTER_LOWERING, node, "lowering makes collectives of this");
    }
    switch (node.op()) {
      case SharedSum sum -> members(node, sum);
      case Send send -> partner(node, send.along(), send.to());
      case Receive receive -> partner(node, receive.along(), receive.from());
      case Collective collective -> group(node, collective.over(), collective.parts());
      case ShardSlice slice -> group(node, slice.over(), slice.parts());
      case Iota iota -> local(node, iota.offset());
      case Lookup lookup -> local(node, lookup.offset());
      case LookupGrad grad -> local(node, grad.offset());
      case OneHot oneHot -> local(node, oneHot.offset());
      case Pick pick -> local(node, pick.offset());
      default -> {}
    }
  }

  private void group(Node node, List<String> over, int parts) {
    if (!lowered) {
      findings.report(VerifyCode.LOCAL_OP_BEFORE_LOWERING, node, "devices exchange pieces here");
    }
    requireAxes(node, over);
    if (parts != module.mesh().size(over)) {
      findings.report(
          VerifyCode.GROUP_SIZE,
          node,
          parts + " parts over " + over + " of the mesh " + module.mesh());
    }
  }

  private void members(Node node, SharedSum sum) {
    requireAxes(node, sum.over());
    sum.members().forEach(member -> partner(node, sum.along(), member));
  }

  private void partner(Node node, String along, int coordinate) {
    requireAxes(node, List.of(along));
    if (coordinate < 0 || coordinate >= module.mesh().size(along)) {
      findings.report(
          VerifyCode.GROUP_SIZE,
          node,
          "place " + coordinate + " along `" + along + "` of the mesh " + module.mesh());
    }
  }

  /** Mesh axes among an op's attributes that place a device's piece. */
  private void local(Node node, List<String> offset) {
    if (!offset.isEmpty() && !lowered) {
      findings.report(
          VerifyCode.LOCAL_OP_BEFORE_LOWERING, node, "its place depends on the device's " + offset);
    }
    requireAxes(node, offset);
  }

  private void requireAxes(Node node, List<String> axes) {
    for (var axis : axes) {
      if (module.mesh().find(axis).isEmpty()) {
        findings.report(
            VerifyCode.UNKNOWN_MESH_AXIS,
            node,
            "`" + axis + "` is not in the mesh " + module.mesh());
      }
    }
  }
}
