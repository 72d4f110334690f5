package dev.weft.testsuite.property;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Port;
import dev.weft.ir.source.Checked;
import dev.weft.passes.optimizer.MicroBatching;
import dev.weft.passes.pipeline.Pipelines;
import dev.weft.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Judges a sample: trains a few steps serially and in parallel and compares every piece. */
final class Trial {
  private static final int STEPS = 2;

  /** Relative to the largest element of a tensor, or to this where the tensor is smaller. */
  private static final double SMALLEST_SCALE = 0.01;

  static final double TOLERANCE = 1e-12;
  private final Sample sample;
  private final UnaryOperator<Module> sabotage;
  private double worst;
  private String where = "";
  private Optional<String> surprise = Optional.empty();

  private Trial(Sample sample, UnaryOperator<Module> sabotage) {
    this.sample = sample;
    this.sabotage = sabotage;
  }

  static Outcome of(Sample sample) {
    return of(sample, UnaryOperator.identity());
  }

  /** As {@link #of(Sample)}, with something done to the step before it runs. */
  static Outcome of(Sample sample, UnaryOperator<Module> sabotage) {
    try {
      return new Trial(sample, sabotage).judge();
    } catch (RuntimeException e) {
      return new Outcome.Crash(e);
    }
  }

  /** The step of one device, or why there is none. */
  static Checked<Module> step(Sample sample) {
    var plan = sample.plan();
    var model = sample.microBatch();
    var micro = MicroBatching.of(model, Axes.BATCH, plan.microBatches());
    if (micro.hasErrors()) {
      return Checked.failed(micro.diagnostics());
    }
    var passes =
        Pipelines.parallelize(
            plan, sample.optimizer(), micro.orThrow(), model.outputs(), Optional.empty());
    return passes.run(Module.of(model));
  }

  private Outcome judge() {
    var step = step(sample);
    if (step.hasErrors()) {
      return refused(step);
    }
    var serial = Pipelines.differentiate().run(Module.of(sample.wholeBatch()));
    if (serial.hasErrors()) {
      return refused(serial);
    }
    compare(serial.orThrow().only(), sabotage.apply(step.orThrow()));
    if (surprise.isPresent()) {
      return new Outcome.Mispredicted(surprise.get());
    }
    return worst <= TOLERANCE ? new Outcome.Equal(worst) : new Outcome.Mismatch(where, worst);
  }

  private static Outcome refused(Checked<?> checked) {
    return new Outcome.Refused(checked.diagnostics().stream().map(d -> d.code().id()).toList());
  }

  private void compare(Function grads, Module step) {
    var devices = new Devices(step);
    var prediction = new Prediction(step);
    var weights = Numbers.weights(grads, sample.seed());
    var state = new SerialStep.State();
    devices.setWeights(weights);
    for (int k = 1; k <= STEPS; k++) {
      int number = k;
      var batch = Numbers.batch(grads, sample.seed(), k);
      var serial = SerialStep.run(grads, sample.optimizer(), weights, batch, state, k);
      devices.run(batch, k);
      surprise = surprise.or(() -> prediction.difference(devices.measured(), number));
      compare(serial, step.only(), devices, k);
      weights = serial.weights();
    }
  }

  private void compare(SerialStep serial, Function step, Devices devices, int k) {
    for (int i = 0; i < step.outputs().size(); i++) {
      var port = step.outputs().get(i);
      var name = port + " of step " + k;
      switch (port) {
        case Port.Loss _, Port.Output _ -> pieces(name, serial.results().get(i), i, devices);
        case Port.Weight(var path, _, _) -> pieces(name, serial.weights().get(path), i, devices);
        case Port.Gradient(var path) -> {
          if (serial.gradients().has(path)) {
            pieces(name, serial.gradients().get(path), i, devices);
          } else {
            flatGradient(serial.gradients(), i, devices, k);
          }
        }
        case Port.State _ -> {}
        case Port.Data _, Port.Step _, Port.Activation _, Port.Cotangent _, Port.Saved _ ->
            throw new IllegalStateException("output " + port);
      }
    }
  }

  private void pieces(String name, Tensor whole, int output, Devices devices) {
    double scale = scale(whole);
    for (int d = 0; d < devices.count(); d++) {
      compare(name, devices.expected(whole, output, d), devices.output(output, d), scale, d);
    }
  }

  /** The packed gradients: each device holds its share of those of its own weights. */
  private void flatGradient(Named whole, int output, Devices devices, int k) {
    var names = devices.weightNames();
    var scales = names.stream().map(name -> scale(whole.get(name))).toList();
    for (int d = 0; d < devices.count(); d++) {
      var flat = new ArrayList<Tensor>();
      for (var name : names) {
        flat.add(devices.weightPiece(name, whole.get(name), d));
      }
      compareFlat(flat, scales, devices.output(output, d), devices.shareStart(output, d), d, k);
    }
  }

  private void compareFlat(
      List<Tensor> parts, List<Double> scales, Tensor share, int start, int device, int step) {
    int at = 0;
    for (int p = 0; p < parts.size(); p++) {
      var part = parts.get(p);
      for (int i = 0; i < part.size(); i++, at++) {
        if (at >= start && at < start + share.size()) {
          double error = Math.abs(share.get(at - start) - part.get(i)) / scales.get(p);
          report("gradient " + p + " of step " + step + " on device " + device, error);
        }
      }
    }
  }

  private void compare(String name, Tensor expected, Tensor actual, double scale, int device) {
    if (!expected.type().equals(actual.type())) {
      throw new IllegalStateException(name + ": " + actual.type() + ", not " + expected.type());
    }
    for (int i = 0; i < expected.size(); i++) {
      double error = Math.abs(expected.get(i) - actual.get(i)) / scale;
      report(name + " on device " + device, error);
    }
  }

  private void report(String place, double error) {
    if (!(error <= worst)) {
      worst = Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
      where = place;
    }
  }

  private static double scale(Tensor tensor) {
    double largest = SMALLEST_SCALE;
    for (int i = 0; i < tensor.size(); i++) {
      largest = Math.max(largest, Math.abs(tensor.get(i)));
    }
    return largest;
  }
}
