package dev.weft.cli.command;

import dev.weft.cli.render.Terminal;
import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Source;
import dev.weft.ir.source.Span;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files that the user names; {@code -} is standard input. */
final class TextFile {
  static final String STANDARD_INPUT = "-";

  private TextFile() {}

  /** The text of a file. */
  static Checked<Source> read(Terminal terminal, String file) {
    return bytes(terminal, file).then(bytes -> decode(file, bytes));
  }

  /** The content of a file. */
  static Checked<byte[]> bytes(Terminal terminal, String file) {
    try {
      return Checked.ok(
          file.equals(STANDARD_INPUT)
              ? terminal.in().readAllBytes()
              : Files.readAllBytes(terminal.resolve(file)));
    } catch (IOException e) {
      return Checked.failed(unreadable(terminal.resolve(file), file, e));
    }
  }

  /** Writes a text as {@link #write(Path, Content)} does. */
  static Checked<Path> write(Path path, String text) {
    return write(path, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** What is written to a file. */
  interface Content {
    void to(OutputStream out) throws IOException;
  }

  /** Writes a file, whole or not at all; one that is there keeps its permissions. */
  static Checked<Path> write(Path path, Content content) {
    if (Files.isDirectory(path)) {
      return Checked.failed(unwritable(path, "it is a directory"));
    }
    try {
      var target = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
      var fresh = target.resolveSibling("." + target.getFileName() + ".weft-new");
      try {
        try (var out = new BufferedOutputStream(Files.newOutputStream(fresh))) {
          content.to(out);
        }
        if (Files.exists(target)) {
          Files.setPosixFilePermissions(fresh, Files.getPosixFilePermissions(target));
        }
        Files.move(fresh, target, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(fresh);
      }
      return Checked.ok(path);
    } catch (IOException e) {
      return Checked.failed(unwritable(path, reason(e)));
    }
  }

  private static Diagnostic unwritable(Path path, String reason) {
    var message = "cannot write " + path + ": " + reason;
    return Diagnostic.of(CommandCode.CANNOT_WRITE, Span.NONE, message);
  }

  private static Checked<Source> decode(String file, byte[] bytes) {
    var name = file.equals(STANDARD_INPUT) ? "<stdin>" : file;
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return Checked.ok(new Source(name, text));
    } catch (CharacterCodingException e) {
      var message = name + " is not UTF-8 text";
      return Checked.failed(Diagnostic.of(CommandCode.NOT_TEXT, Span.NONE, message));
    }
  }

  private static Diagnostic unreadable(Path path, String file, IOException e) {
    var message =
        Files.isDirectory(path)
            ? file + " is a directory, not a file"
            : "cannot read " + file + ": " + reason(e);
    return Diagnostic.of(CommandCode.UNREADABLE_FILE, Span.NONE, message);
  }

  private static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException _ -> "there is no such file or directory";
      case AccessDeniedException _ -> "there is no permission";
      case FileSystemException file when file.getReason() != null -> file.getReason();
      default -> String.valueOf(e.getMessage());
    };
  }
}
