package dev.weft.testsuite.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.source.Code;
import dev.weft.testsuite.Codes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Every code is documented, and the page says what the code says. */
class DiagnosticsTest {
  @Test
  void codesOfEveryModuleAreFound() {
    var modules = new TreeSet<String>();
    Codes.enums().forEach(type -> modules.add(type.getPackageName().split("\\.")[2]));
    assertThat(modules).containsExactly("backends", "cli", "frontend", "ir", "passes");
    assertThat(Codes.enums()).allMatch(DiagnosticsPage::isTitled);
  }

  @Test
  void everyCodeIsDocumented() {
    for (var code : Codes.all()) {
      assertThat(code.id()).as("%s", code).matches("W\\d{4}");
      assertThat(code.summary()).as(code.id()).isNotBlank().doesNotContain("\n");
      assertThat(code.help()).as(code.id()).isNotBlank().endsWith(".").doesNotContain("\n");
    }
  }

  @Test
  void noTwoCodesShareAnIdentifier() {
    assertThat(Codes.all()).extracting(Code::id).doesNotHaveDuplicates();
  }

  @Test
  void codesOfAnEnumAreInOrder() {
    for (var type : Codes.enums()) {
      List<String> ids = Codes.constants(type).stream().map(Code::id).toList();
      assertThat(ids).as(type.getSimpleName()).isSorted();
    }
  }

  @Test
  void thePageIsFresh() throws IOException {
    var root = Path.of(System.getProperty("weft.root"));
    assertThat(Files.readString(DiagnosticsPage.path(root)))
        .as("docs/diagnostics.md; ./dev bless writes it")
        .isEqualTo(DiagnosticsPage.text());
  }

  @Test
  void thePageHasEveryCode() {
    assertThat(Codes.all())
        .allSatisfy(code -> assertThat(DiagnosticsPage.text()).contains("\n| " + code.id()));
  }
}
