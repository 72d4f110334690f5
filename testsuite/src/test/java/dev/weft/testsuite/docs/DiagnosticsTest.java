package dev.weft.testsuite.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.source.Code;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class DiagnosticsTest {
  @Test
  void thePageIsFresh() throws IOException {
    assertThat(Files.readString(DiagnosticsPage.path()))
        .as("docs/diagnostics.md; ./dev bless writes it")
        .isEqualTo(DiagnosticsPage.text());
  }

  @Test
  void everyRoomIsOnIt() {
    assertThat(DiagnosticsPage.rooms())
        .extracting(Class::getSimpleName)
        .contains("SyntaxCode", "CheckCode", "TextCode", "PlanCode", "ShardCode", "BundleCode")
        .doesNotHaveDuplicates();
  }

  @Test
  void aCodeMeansOneThing() {
    assertThat(DiagnosticsPage.rooms().stream().flatMap(r -> DiagnosticsPage.sorted(r).stream()))
        .extracting(Code::id)
        .doesNotHaveDuplicates()
        .allMatch(id -> id.matches("W\\d{4}"));
  }

  @Test
  void everyCodeSaysWhatIsWrong() {
    assertThat(DiagnosticsPage.rooms().stream().flatMap(r -> DiagnosticsPage.sorted(r).stream()))
        .allSatisfy(code -> assertThat(code.summary()).as(code.id()).isNotBlank());
  }
}
