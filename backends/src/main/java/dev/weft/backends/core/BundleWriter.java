package dev.weft.backends.core;

import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Span;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes the files of a bundle into a directory, whole or not at all: they are written into a new
 * directory beside it, which then takes its name. A reader sees the old bundle or the new one.
 */
public final class BundleWriter {
  private static final int NAMED_STRANGERS = 4;

  private BundleWriter() {}

  /**
   * Writes a bundle.
   *
   * @param directory the directory; its missing parents are made
   * @param files content by file name
   * @return the directory
   */
  public static Checked<Path> write(Path directory, Map<String, String> files, Existing existing) {
    try {
      var target = directory.toAbsolutePath().normalize();
      var obstacle = existing == Existing.OVERWRITE ? plainFile(target) : obstacle(target);
      if (obstacle.isPresent()) {
        return Checked.failed(obstacle.get());
      }
      replace(target, files);
      return Checked.ok(directory);
    } catch (IOException e) {
      return Checked.failed(problem(BundleCode.CANNOT_WRITE, directory + ": " + reason(e)));
    }
  }

  private static String reason(IOException e) {
    return switch (e) {
      case FileAlreadyExistsException file -> file.getFile() + " is a file";
      case AccessDeniedException denied -> "no permission to write " + denied.getFile();
      case FileSystemException file when file.getReason() != null ->
          file.getFile() + ": " + file.getReason();
      default -> String.valueOf(e.getMessage());
    };
  }

  private static Optional<Diagnostic> plainFile(Path target) {
    return Files.exists(target) && !Files.isDirectory(target)
        ? Optional.of(problem(BundleCode.NOT_A_DIRECTORY, target + " is a file"))
        : Optional.empty();
  }

  private static Optional<Diagnostic> obstacle(Path target) throws IOException {
    if (!Files.isDirectory(target)) {
      return plainFile(target);
    }
    var manifest = Manifest.read(target);
    var strangers = manifest.orElse(new Manifest(Map.of())).strangers(target);
    if (strangers.isEmpty()) {
      return Optional.empty();
    }
    var code = manifest.isPresent() ? BundleCode.CHANGED_BUNDLE : BundleCode.FOREIGN_DIRECTORY;
    var what =
        manifest.isPresent() ? " holds changed or added files: " : " is not a bundle; it holds ";
    return Optional.of(problem(code, target + what + enumerate(strangers)));
  }

  private static String enumerate(List<String> names) {
    var shown = String.join(", ", names.subList(0, Math.min(NAMED_STRANGERS, names.size())));
    int more = names.size() - NAMED_STRANGERS;
    return more > 0 ? shown + " and " + more + " more" : shown;
  }

  private static void replace(Path target, Map<String, String> files) throws IOException {
    var parent = Optional.ofNullable(target.getParent()).orElse(target);
    Files.createDirectories(parent);
    var fresh = Files.createTempDirectory(parent, ".weft-new-");
    try {
      fill(fresh, files);
      swap(fresh, target, parent);
    } finally {
      delete(fresh);
    }
  }

  private static void fill(Path fresh, Map<String, String> files) throws IOException {
    for (var file : files.entrySet()) {
      var path = fresh.resolve(file.getKey());
      Files.writeString(path, file.getValue());
      if (file.getValue().startsWith("#!") && !path.toFile().setExecutable(true, false)) {
        throw new IOException("cannot make " + path + " executable");
      }
    }
    Files.writeString(fresh.resolve(Manifest.FILE), Manifest.of(files).text());
    if (!fresh.toFile().setReadable(true, false) || !fresh.toFile().setExecutable(true, false)) {
      throw new IOException("cannot open " + fresh + " to readers");
    }
  }

  /** Puts the fresh directory in the place of the target; the target returns if that fails. */
  private static void swap(Path fresh, Path target, Path parent) throws IOException {
    if (!Files.exists(target)) {
      Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
      return;
    }
    var old = Files.createTempDirectory(parent, ".weft-old-");
    Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
    try {
      Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.move(old, target, StandardCopyOption.ATOMIC_MOVE);
      throw e;
    }
    delete(old);
  }

  private static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (var walk = Files.walk(directory)) {
      for (var path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static Diagnostic problem(BundleCode code, String message) {
    return Diagnostic.of(code, Span.NONE, message);
  }
}
