package io.millrace.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a sweep in headless Chromium, of a grid and of a walk-forward. */
final class SweepPicturesTest {
  /** Grid lines have no path: equity, its drawdown and the area below it. */
  private static final int LINES = 3;

  @TempDir private static Path temp;
  private static Browser browser;
  private static Path grid;
  private static Path forward;

  @BeforeAll
  static void sweep() throws Exception {
    browser = Browser.open(temp);
    grid = page("--param", "venue=touch,bar-close", "--random", "24");
    forward = page("--walk-forward", "3", "--objective", "return");
  }

  private static Path page(final Object... more) {
    final Object[] all = new Object[more.length + 13];
    System.arraycopy(
        new Object[] {
          "sweep",
          "--strategy",
          "EmaCross",
          "--kind",
          "quote,bar",
          "--param",
          "fast=5:20:5",
          "--param",
          "slow=20:50:10",
          "--where",
          "fast<slow",
          "--sweeps=" + temp.resolve("sweeps"),
          "--json"
        },
        0,
        all,
        0,
        13);
    System.arraycopy(more, 0, all, 13, more.length);
    final Launch.Ended ended = Launch.millrace(all);
    assertThat(ended.code()).as("%s", ended).isZero();
    return Path.of(Recorded.json(ended.out()).get("directory").asText()).resolve("index.html");
  }

  @Test
  void theyLoadNothing() throws Exception {
    for (final Path page : new Path[] {grid, forward}) {
      assertThat(Files.readString(page))
          .contains("default-src 'none'")
          .doesNotContain("http:", "https:", "src=", "@import", "url(");
    }
  }

  @Test
  void aGridLooksRightOnADeskAndATelephone() throws Exception {
    browser.picture(grid, "sweep-grid", Browser.WIDE, false, 0);
    browser.picture(grid, "sweep-grid", Browser.NARROW, true, 0);
  }

  @Test
  void aWalkForwardLooksRightOnADeskAndATelephone() throws Exception {
    browser.picture(forward, "sweep-walk-forward", Browser.WIDE, true, LINES);
    browser.picture(forward, "sweep-walk-forward", Browser.NARROW, false, LINES);
  }
}
