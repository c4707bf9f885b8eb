package io.millrace.tools;

import io.millrace.journal.RunDirectory;
import io.millrace.tools.report.LongReport;
import io.millrace.tools.report.Report;
import io.millrace.tools.report.ReportOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page in headless Chromium at 1280 and 390 pixels, light and dark. Skipped, and said so, where
 * there is no Chromium; CI installs one.
 */
final class ReportPicturesTest {
  private static final int LINES = 6;

  @TempDir private static Path temp;
  private static Browser browser;
  private static Path day;
  private static Path years;

  @BeforeAll
  static void writePages() throws IOException {
    browser = Browser.open(temp);
    final RunDirectory run =
        RunDirectory.open(Recorded.copy(temp.resolve(Recorded.run().getFileName().toString())));
    final Report.Written written =
        Report.write(run, new ReportOptions(2, 1, -1, 0, ReportOptions.DEFAULT_SEED), inputs -> {});
    day = written.page();
    years = Files.writeString(temp.resolve("years.html"), LongReport.page(written.tree()));
  }

  @Test
  void aDayLooksRightOnADesk() throws Exception {
    browser.picture(day, "day", Browser.WIDE, false, LINES);
    browser.picture(day, "day", Browser.WIDE, true, LINES);
  }

  @Test
  void aDayLooksRightOnATelephone() throws Exception {
    browser.picture(day, "day", Browser.NARROW, false, LINES);
  }

  @Test
  void yearsLookRightOnADeskAndATelephone() throws Exception {
    browser.picture(years, "years", Browser.WIDE, false, LINES);
    browser.picture(years, "years", Browser.NARROW, true, LINES);
  }
}
