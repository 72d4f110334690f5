package dev.weft.backends.torch;

import dev.weft.backends.core.BundleCode;
import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Span;
import dev.weft.ir.type.DType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the files of a PyTorch bundle: the program of one rank, a serial model to prove it
 * against, and what it takes to train with it.
 */
public final class TorchBackend {
  private TorchBackend() {}

  /** The files of a bundle, content by name. The same request gives the same bytes. */
  public static Checked<Map<String, String>> emit(Bundle request) {
    if (request.precision() == DType.I32) {
      var message = "the recipe's precision is " + request.precision().text();
      return Checked.failed(Diagnostic.of(BundleCode.UNSUPPORTED_PRECISION, Span.NONE, message));
    }
    var ops = PythonLibrary.of("ops.py");
    var comm = PythonLibrary.of("comm.py");
    ProgramFile model =
        request.step().pipeline().isPresent()
            ? new PipelineFile(request, ops, comm)
            : new ModelFile(request, ops, comm);
    var files = new LinkedHashMap<String, String>();
    files.put("README.md", ReadmeFile.text(request));
    files.put("model.py", model.text());
    var opsText = ops.select(model.functions());
    files.put("ops.py", opsText);
    var wanted = new ArrayList<>(model.functions());
    wanted.addAll(List.of("setup", "coordinate", "parts", "all_gather", "shard"));
    if (OptimizerText.isByWeight(request.optimizer())) {
      wanted.add("all_reduce");
    }
    if (request.step().pipeline().isPresent()) {
      files.put("pipeline.py", PythonLibrary.read("pipeline.py"));
      wanted.addAll(List.of("line", "line_groups"));
    }
    files.put("comm.py", comm.select(wanted));
    for (var name : List.of("device.py", "init.py", "state.py", "launch.py")) {
      files.put(name, PythonLibrary.read(name));
    }
    if (OptimizerText.isByWeight(request.optimizer())) {
      files.put("norms.py", PythonLibrary.read("norms.py"));
    }
    if (request.cached().isPresent()) {
      files.put("cache.py", PythonLibrary.read("cache.py"));
    }
    files.put("model_ref.py", new ReferenceFile(request).text());
    for (var name :
        List.of("test_parity.py", "update_parity.py", "train.py", "checkpoint.py", "dry_run.py")) {
      files.put(name, PythonLibrary.read(name));
    }
    files.putAll(LaunchScripts.of(request));
    files.put("plan.json", request.planJson());
    return Checked.ok(files);
  }
}
