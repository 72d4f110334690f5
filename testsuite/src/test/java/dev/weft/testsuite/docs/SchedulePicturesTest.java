package dev.weft.testsuite.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.plan.ScheduleKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page about schedules shows what the tool makes. */
class SchedulePicturesTest {
  private static final Path ROOT = Path.of(System.getProperty("weft.root"));

  @ParameterizedTest
  @EnumSource(ScheduleKind.class)
  void everyPictureIsFresh(ScheduleKind kind) throws IOException {
    assertThat(Files.readString(SchedulePictures.path(ROOT, kind)))
        .as("%s; ./dev bless draws it", SchedulePictures.name(kind))
        .isEqualTo(SchedulePictures.text(kind));
  }

  @ParameterizedTest
  @EnumSource(ScheduleKind.class)
  void thePageHasEveryPictureAndItsNumbers(ScheduleKind kind) throws IOException {
    assertThat(Files.readString(ROOT.resolve("docs/schedules.md")))
        .contains("](" + SchedulePictures.name(kind) + ")", SchedulePictures.row(kind) + "\n");
  }
}
