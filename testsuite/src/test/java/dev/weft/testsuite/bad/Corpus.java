package dev.weft.testsuite.bad;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.SortedMap;
import java.util.TreeMap;

/** The folder of broken inputs. */
final class Corpus {
  private static final Path ROOT = Path.of(System.getProperty("weft.root", ".."));
  private static final Path FOLDER = ROOT.resolve("testsuite/src/test/resources/bad");

  private Corpus() {}

  static Path file(String name) {
    return FOLDER.resolve(name);
  }

  /** A file of the repository outside of the corpus. */
  static Path repository(String name) {
    return ROOT.resolve(name);
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts all files of the corpus under a folder. */
  static void copyTo(Path folder) {
    try (var files = Files.walk(FOLDER)) {
      for (var file : (Iterable<Path>) files::iterator) {
        var copy = folder.resolve(FOLDER.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a folder holds: the length and the time of each file, by its path. */
  static SortedMap<String, String> contents(Path folder) {
    var contents = new TreeMap<String, String>();
    try (var files = Files.walk(folder)) {
      for (var file : (Iterable<Path>) files::iterator) {
        var is = Files.readAttributes(file, BasicFileAttributes.class);
        var what = is.isDirectory() ? "directory" : is.size() + " of " + is.lastModifiedTime();
        contents.put(folder.relativize(file).toString(), what);
      }
      return contents;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
