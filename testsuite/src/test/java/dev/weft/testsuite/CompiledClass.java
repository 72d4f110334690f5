package dev.weft.testsuite;

import static java.util.stream.Collectors.toSet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * What a class file depends on: the classes it names in code, signatures and annotations.
 *
 * @param name binary name, {@code dev.weft.ir.graph.Node}
 * @param uses binary names, without the class itself
 */
record CompiledClass(String name, Set<String> uses) {
  /** A class inside a descriptor or a generic signature. */
  private static final Pattern IN_DESCRIPTOR = Pattern.compile("L((?:[\\w$]+/)+[\\w$]+)[;<]");

  /** Every class of Weft itself, tests and benchmarks apart, in the order of their names. */
  static List<CompiledClass> ofProduct() {
    var classes = new ArrayList<CompiledClass>();
    try {
      for (URL root : Collections.list(loader().getResources("dev/weft"))) {
        readAll(root.toURI(), classes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
    classes.removeIf(c -> c.name.startsWith("dev.weft.testsuite."));
    classes.sort((a, b) -> a.name.compareTo(b.name));
    return classes;
  }

  private static ClassLoader loader() {
    return Thread.currentThread().getContextClassLoader();
  }

  private static void readAll(URI root, List<CompiledClass> into) throws IOException {
    if (root.getScheme().equals("jar")) {
      try (var jar = FileSystems.newFileSystem(root, Map.of())) {
        readAll(jar.getPath("dev/weft"), into);
      }
    } else {
      readAll(Path.of(root), into);
    }
  }

  private static void readAll(Path folder, List<CompiledClass> into) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (file.toString().endsWith(".class")) into.add(read(Files.readAllBytes(file)));
      }
    }
  }

  static CompiledClass read(byte[] classFile) {
    var model = ClassFile.of().parse(classFile);
    var pool = model.constantPool();
    Set<Integer> texts =
        StreamSupport.stream(pool.spliterator(), false)
            .filter(StringEntry.class::isInstance)
            .map(entry -> ((StringEntry) entry).utf8().index())
            .collect(toSet());
    var uses = new TreeSet<String>();
    for (var entry : pool) {
      switch (entry) {
        case ClassEntry named -> addNamed(named.asInternalName(), uses);
        case Utf8Entry text when !texts.contains(text.index()) ->
            addDescribed(text.stringValue(), uses);
        default -> {}
      }
    }
    String name = binary(model.thisClass().asInternalName());
    uses.remove(name);
    return new CompiledClass(name, uses);
  }

  private static void addNamed(String internalName, Set<String> uses) {
    if (internalName.startsWith("[")) {
      addDescribed(internalName, uses);
    } else {
      uses.add(binary(internalName));
    }
  }

  private static void addDescribed(String descriptor, Set<String> uses) {
    var matcher = IN_DESCRIPTOR.matcher(descriptor);
    while (matcher.find()) {
      uses.add(binary(matcher.group(1)));
    }
  }

  private static String binary(String internalName) {
    return internalName.replace('/', '.');
  }
}
