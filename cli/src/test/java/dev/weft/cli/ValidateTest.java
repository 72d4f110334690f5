package dev.weft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code validate}, on rows small enough to be priced at once. */
class ValidateTest {
  private static final String TABLE =
      """
      id,source,system,model,layers,hidden,heads,vocab,seq_len,dtype,device,num_devices,TP,PP,DP,CP,\
      global_batch,micro_batch,recompute,iteration_time_s,peak_memory_GB,quality
      one,Somebody 2024,Megatron-LM,GPT,4,256,4,1024,128,bf16,A100-80GB,8,2,2,2,,16,2,none,0.1,2,A
      two,Somebody 2024,Megatron-LM,GPT,4,256,4,1024,128,bf16,A100-80GB,8,2,1,4,,16,2,none,0.1,2,A
      three,Somebody 2024,Megatron-LM,GPT,4,256,4,1024,128,bf16,A100-80GB,8,4,1,2,,16,2,full,0.1,2,A
      four,Somebody else 2024,Megatron-LM,GPT,4,256,4,1024,128,bf16,A100-80GB,8,1,1,8,8,16,2,none,0.1,2,A
      five,Somebody 2024,Megatron-LM,GPT,4,256,4,1024,128,bf16,A100-80GB,8,2,2,2,,16,,none,0.1,2,B
      """;

  @TempDir private Path directory = Path.of("");

  private Weft validate(String... options) {
    Weft.write(directory.resolve("runs.csv"), TABLE);
    var arguments = new String[2 + options.length];
    arguments[0] = "validate";
    arguments[1] = "runs.csv";
    System.arraycopy(options, 0, arguments, 2, options.length);
    return Weft.run(directory, arguments).expectStatus(0);
  }

  @Test
  void theReportIsOneDocument() {
    var report = validate("--json", "--rows", "--cross").json();
    assertThat(report.get("rows").asInt()).isEqualTo(3);
    assertThat(report.get("skipped").asInt()).isEqualTo(1);
    assertThat(report.get("time").fieldNames())
        .toIterable()
        .containsExactly("rows", "bias", "mean", "median", "p90", "worst");
    assertThat(report.get("memory").get("rows").asInt()).isEqualTo(3);
    assertThat(report.get("oom").get("tn").asInt()).isEqualTo(3);
    assertThat(report.get("ranking").get("sweeps").asInt()).isEqualTo(1);
    assertThat(report.get("by_source").has("Somebody 2024")).isTrue();
    assertThat(report.get("skipped_by_reason").get("context_parallel").get("rows").asInt())
        .isEqualTo(1);
    assertThat(report.get("priced_rows").findValuesAsText("plan"))
        .containsExactly(
            "dp=2,tp=2,sp,pp=2,micro=4,remat=none",
            "dp=4,tp=2,sp,micro=2,remat=none",
            "dp=2,tp=4,sp,micro=4,remat=full");
    assertThat(report.get("skipped_rows").get(0).get("row").asText()).isEqualTo("four");
    var assumed = report.get("assumed_rows").get(0);
    assertThat(assumed.get("plan").asText()).isEqualTo("dp=2,tp=2,sp,pp=2,micro=8,remat=none");
    assertThat(assumed.get("remarks").get(0).asText()).isEqualTo("micro-batch assumed to be 1");
  }

  @Test
  void everyPricedRowTakesTimeAndMemory() {
    for (var row : validate("--json", "--rows").json().get("priced_rows")) {
      assertThat(row.get("predicted_seconds").asDouble()).isPositive();
      assertThat(row.get("predicted_peak_bytes").asDouble()).isGreaterThan(4e6);
    }
  }

  @Test
  void peopleReadTables() {
    var text = validate("--by=feature", "--rows", "--cross").out();
    assertThat(text)
        .contains("3 runs priced, 1 skipped, 1 incomplete")
        .contains("pp above 1", "remat=full", "not in the compiler: context parallelism")
        .contains("constants of software fitted without the publication", "median of the medians")
        .contains("incomplete rows, under assumptions and in no error")
        .contains("skipped rows");
  }

  @Test
  void theReportIsTheSameEveryTime() {
    assertThat(validate("--json", "--rows").out()).isEqualTo(validate("--json", "--rows").out());
  }
}
