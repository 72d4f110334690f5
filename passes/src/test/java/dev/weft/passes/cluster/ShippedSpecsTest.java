package dev.weft.passes.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.json.Json;
import dev.weft.ir.json.JsonForm;
import dev.weft.ir.json.JsonReader;
import dev.weft.ir.source.Source;
import dev.weft.passes.cluster.SoftwareSpec.FusedAttention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The specs of the repository's folder {@code clusters}. */
class ShippedSpecsTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("weft.root", "..")).resolve("clusters");

  static Stream<Source> files() throws IOException {
    try (var files = Files.walk(FOLDER)) {
      var found = new ArrayList<Source>();
      for (var file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        found.add(new Source(name(file), Files.readString(file)));
      }
      return found.stream();
    }
  }

  private static String name(Path file) {
    return FOLDER.relativize(file).toString().replace('\\', '/').replaceFirst("[.]json$", "");
  }

  @Test
  void theIndexHasEveryFile() throws IOException {
    assertThat(Files.readAllLines(FOLDER.resolve("index.txt")))
        .containsExactlyInAnyOrderElementsOf(files().map(Source::name).toList());
  }

  @ParameterizedTest
  @EnumSource
  void aKindsNamesAreThoseOfItsFolder(SpecKind kind) throws IOException {
    var inFolder =
        files()
            .map(Source::name)
            .filter(name -> name.substring(0, name.lastIndexOf('/') + 1).equals(kind.folder()))
            .map(name -> name.substring(kind.folder().length()))
            .toList();
    assertThat(inFolder).isNotEmpty();
    assertThat(Specs.names(kind)).containsExactlyInAnyOrderElementsOf(inFolder);
  }

  @ParameterizedTest
  @EnumSource
  void eachReads(SpecKind kind) {
    for (var name : Specs.names(kind)) {
      assertThat(Specs.named(kind.type(), name).diagnostics()).as(name).isEmpty();
    }
  }

  /** So that a name in a message leads to the file. */
  @ParameterizedTest
  @EnumSource
  void eachIsNamedAsItsFile(SpecKind kind) throws ReflectiveOperationException {
    boolean isNamed =
        Arrays.stream(kind.type().getRecordComponents()).anyMatch(c -> c.getName().equals("name"));
    for (var name : isNamed ? Specs.names(kind) : List.<String>of()) {
      var spec = Specs.named(kind.type(), name).orThrow();
      assertThat(kind.type().getMethod("name").invoke(spec)).isEqualTo(name);
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void eachIsWrittenAsItIsRead(Source source) {
    assertThat(JsonForm.write(JsonReader.read(source, ClusterCode.JSON).orThrow()))
        .isEqualTo(source.text());
  }

  /**
   * Counts of what a cluster is put together from are no measurements, and the description of a
   * software stack says where its figures come from.
   */
  @ParameterizedTest
  @MethodSource("files")
  void everyNumberSaysWhereItComesFrom(Source source) {
    if (source.name().startsWith(SpecKind.SOFTWARE.folder())) {
      return;
    }
    assertThat(unsourced("", JsonReader.read(source, ClusterCode.JSON).orThrow()))
        .allMatch(path -> path.matches("(/nodes\\[])?/(devices|count)"));
  }

  private static List<String> unsourced(String path, Json value) {
    return switch (value) {
      case Json.Members object when object.find(Quantity.SOURCE).isPresent() -> List.of();
      case Json.Members object ->
          object.members().stream()
              .flatMap(m -> unsourced(path + "/" + m.key(), m.value()).stream())
              .toList();
      case Json.Items list ->
          list.items().stream().flatMap(i -> unsourced(path + "[]", i).stream()).toList();
      case Json.Text _ -> List.of();
      case Json.Literal literal ->
          literal.span().text().matches("true|false|null") ? List.of() : List.of(path);
    };
  }

  @Test
  void aMixedClusterHasTheLinksOfEachKindOfNodes() {
    var mixed = Clusters.named("mixed-h100-a100").orThrow();
    assertThat(mixed.isMixed()).isTrue();
    assertThat(mixed.devices()).hasValue(384);
    assertThat(mixed.nodeOf(127).device().name()).isEqualTo("h100-sxm5-80");
    assertThat(mixed.nodeOf(128).device().name()).isEqualTo("a100-sxm4-80");
    assertThat(mixed.links(mixed.nodeOf(0)).stream().map(LinkSpec::name))
        .containsExactly("nvlink4", "ib-hdr-200");
    assertThat(mixed.links(mixed.nodeOf(383)).stream().map(LinkSpec::name))
        .containsExactly("nvlink3", "ib-hdr-200");
  }

  @Test
  void aClusterOfOneKindOfNodesGrowsAsOneLikes() {
    var cluster = Clusters.named("dgx-a100-80").orThrow();
    assertThat(cluster.isMixed()).isFalse();
    assertThat(cluster.devices()).isEmpty();
    assertThat(cluster.nodeOf(1_000_000).devices()).isEqualTo(8);
  }

  @Test
  void newerKernelsMatterWhereTheDeviceHasMoreToGive() {
    var ampere = Specs.named(DeviceSpec.class, "a100-sxm4-80").orThrow().attention();
    var hopper = Specs.named(DeviceSpec.class, "h100-sxm5-80").orThrow().attention();
    assertThat(FusedAttention.FLASH_2.speed(ampere)).isEqualTo(1);
    assertThat(FusedAttention.FLASH_2.speed(hopper)).isBetween(0.5, 0.67);
    assertThat(FusedAttention.LATEST.speed(hopper)).isEqualTo(1);
    assertThat(FusedAttention.FLASH_1.speed(hopper))
        .isLessThan(FusedAttention.FLASH_2.speed(hopper));
  }
}
