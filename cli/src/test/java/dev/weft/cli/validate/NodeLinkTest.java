package dev.weft.cli.validate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bandwidths between nodes of eight devices, in GB/s of one device. */
class NodeLinkTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NVLink3; 4x HDR IB 200Gb/s = 800 Gb/s per node | 12.5",
        "NVLink3/NVSwitch 600 GB/s bidir per GPU; 8x200 Gb/s HDR IB per node (Selene) | 25",
        "NVLink3; 4x Omni-Path 100Gb/s per node (Jean-Zay) | 6.25",
        "NVLink4 + 400Gb/s NDR IB per GPU (DGX H100) | 50",
        "NVLink4 + 8x50GB/s IB | 50",
        "NVLink 400 GB/s; 800 Gb/s RoCE per node | 12.5",
        "HCCS intra-node (8 NPU), RoCE 200Gb/s per NPU inter-node | 25",
        "NVLink4 intra node; EFA 3200 Gb/s inter node | 50",
      })
  void aFigureOfKnownLinksIsShared(String words, double gigabytes) {
    assertThat(NodeLink.bandwidth(words, OptionalLong.of(8))).hasValue(1e9 * gigabytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "NVLink3 600GB/s + InfiniBand HDR 200Gb/s", "NVLink4 450 GB/s", "RoCE"})
  void aPortAloneSaysNothing(String words) {
    assertThat(NodeLink.bandwidth(words, OptionalLong.of(8))).isEmpty();
  }
}
