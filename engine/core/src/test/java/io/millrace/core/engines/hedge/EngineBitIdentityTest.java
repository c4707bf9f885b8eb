package io.millrace.core.engines.hedge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.kernels.Kernels;
import org.junit.jupiter.api.Test;

/**
 * One digest of the engine's outputs on both kernel paths. Every width, compiler and JDK: see
 * AnalyticsBitIdentityTest of runtime.
 */
class EngineBitIdentityTest {
  @Test
  void vectorAndScalarKernelsGiveTheSameOutputs() {
    assumeTrue(Kernels.vectorObstacle().isEmpty(), Kernels::vectorObstacle);
    final long scalar = EngineDigest.ofScript(Kernels.select("scalar"), 30);
    assertThat(EngineDigest.ofScript(Kernels.select("vector"), 30)).isEqualTo(scalar);
    assertThat(EngineDigest.ofScript(Kernels.select("auto"), 30)).isEqualTo(scalar);
  }

  @Test
  void theSampleDayGivesTheSameOutputsOnBothPaths() throws Exception {
    final GoogDay day = GoogDay.load();
    assumeTrue(Kernels.vectorObstacle().isEmpty(), Kernels::vectorObstacle);
    assertThat(EngineDigest.ofDay(Kernels.select("vector"), day, 12))
        .isEqualTo(EngineDigest.ofDay(Kernels.select("scalar"), day, 12));
  }
}
