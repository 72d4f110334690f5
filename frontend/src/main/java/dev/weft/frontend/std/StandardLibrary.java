package dev.weft.frontend.std;

import dev.weft.frontend.syntax.BlockDecl;
import dev.weft.frontend.syntax.SyntaxParser;
import dev.weft.frontend.syntax.SyntaxTree;
import dev.weft.ir.source.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The blocks that every file may call. A block of the same name in the file hides one of these. */
public final class StandardLibrary {
  /** The names of the files, one a line. */
  private static final String INDEX = "index";

  private final List<Source> sources;
  private final Map<String, BlockDecl> blocks;

  private StandardLibrary(List<Source> sources, Map<String, BlockDecl> blocks) {
    this.sources = List.copyOf(sources);
    this.blocks = Collections.unmodifiableMap(new LinkedHashMap<>(blocks));
  }

  /** The library of this compiler, read once. */
  public static StandardLibrary bundled() {
    return Bundled.LIBRARY;
  }

  /** The files, in the order of the index. */
  public List<Source> sources() {
    return sources;
  }

  /** Every block by name, in the order of the files. */
  public Map<String, BlockDecl> blocks() {
    return blocks;
  }

  public Optional<BlockDecl> block(String name) {
    return Optional.ofNullable(blocks.get(name));
  }

  private static final class Bundled {
    private static final StandardLibrary LIBRARY = load();

    private static StandardLibrary load() {
      var sources = new ArrayList<Source>();
      var blocks = new LinkedHashMap<String, BlockDecl>();
      for (var file : read(INDEX).lines().toList()) {
        var source = new Source("std/" + file, read(file));
        sources.add(source);
        for (var block : tree(source).blocks()) {
          if (blocks.putIfAbsent(block.name().text(), block) != null) {
            throw new IllegalStateException("two blocks " + block.name() + " in the library");
          }
        }
      }
      return new StandardLibrary(sources, blocks);
    }

    private static SyntaxTree tree(Source source) {
      return SyntaxParser.parse(source).orThrow();
    }

    private static String read(String file) {
      try (var stream = StandardLibrary.class.getResourceAsStream(file)) {
        if (stream == null) {
          throw new IllegalStateException("the library lacks the file " + file);
        }
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
