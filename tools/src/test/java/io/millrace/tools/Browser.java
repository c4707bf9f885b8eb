package io.millrace.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;

/**
 * Headless Chromium without a network, for pictures of pages; they stay in {@code
 * tools/target/report-pictures} for a person to look at.
 */
final class Browser {
  /** A desk. */
  static final int WIDE = 1280;

  /** A telephone. */
  static final int NARROW = 390;

  private static final Pattern MEASURED = Pattern.compile("measured:([0-9]+):([0-9]+):([0-9]+):");
  private static final Path PICTURES =
      Launch.ROOT.resolve("tools/target/report-pictures").toAbsolutePath();

  private final Path browser;
  private final Path temp;

  private Browser(final Path browser, final Path temp) {
    this.browser = browser;
    this.temp = temp;
  }

  /** The browser; where there is none the test is skipped, and that is said. */
  static Browser open(final Path temp) throws IOException {
    final Path browser = chromium();
    if (browser == null) {
      System.err.println(
          "SKIPPED: no chromium on the PATH, so nobody looks at the pages;"
              + " apt-get install -y chromium");
    }
    Assumptions.assumeTrue(browser != null, "no chromium on the PATH");
    Files.createDirectories(PICTURES);
    return new Browser(browser, temp);
  }

  private static Path chromium() {
    for (final String folder : System.getenv("PATH").split(":", -1)) {
      for (final String name : List.of("chromium", "chromium-browser", "google-chrome")) {
        final Path file = Path.of(folder, name);
        if (Files.isExecutable(file)) {
          return file;
        }
      }
    }
    return null;
  }

  /** Runs the browser; returns what it printed. */
  private String browse(final List<String> arguments, final Path page) throws Exception {
    final List<String> command = new ArrayList<>();
    command.add(browser.toString());
    command.addAll(
        List.of(
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--hide-scrollbars",
            "--no-first-run",
            "--proxy-server=127.0.0.1:9",
            "--user-data-dir=" + temp.resolve("browser")));
    command.addAll(arguments);
    command.add(page.toUri().toString());
    final Path out = Files.createTempFile(temp, "browser", ".out");
    final Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      assertThat(process.waitFor(90, TimeUnit.SECONDS)).as("%s ends", command).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as("%s", command).isZero();
    return Files.readString(out, StandardCharsets.UTF_8);
  }

  /** Width of the content, height of the page, charts drawn. */
  private int[] measure(final Path page, final int width) throws Exception {
    // A frame of exactly this width: a headless window has a least width of its own.
    final Path probe = page.resolveSibling("probe-" + page.getFileName());
    final Path outer = page.resolveSibling("frame-" + page.getFileName());
    final String script =
        "<script>onload=()=>parent.postMessage('measured:'+document.documentElement.scrollWidth"
            + "+':'+document.documentElement.scrollHeight+':'"
            + "+[...document.querySelectorAll('.plot path')]"
            + ".filter(p=>p.getBoundingClientRect().height>0).length+':','*')</script></body>";
    Files.writeString(probe, Files.readString(page).replace("</body>", script));
    Files.writeString(
        outer,
        "<body><script>onmessage=e=>document.body.append(e.data)</script><iframe width="
            + width
            + " height=900 src='"
            + probe.getFileName()
            + "'></iframe></body>");
    final Matcher matcher =
        MEASURED.matcher(browse(List.of("--virtual-time-budget=4000", "--dump-dom"), outer));
    int[] last = null;
    while (matcher.find()) {
      last =
          new int[] {
            Integer.parseInt(matcher.group(1)),
            Integer.parseInt(matcher.group(2)),
            Integer.parseInt(matcher.group(3))
          };
    }
    assertThat(last).as("the page told its size").isNotNull();
    return last;
  }

  /**
   * Takes a picture, once nothing sticks out at that width.
   *
   * @param lines fewest lines that charts must have drawn
   */
  void picture(
      final Path page, final String name, final int width, final boolean dark, final int lines)
      throws Exception {
    final int[] size = measure(page, width);
    assertThat(size[0]).as("nothing sticks out at %d px", width).isLessThanOrEqualTo(width);
    assertThat(size[2]).as("lines drawn").isGreaterThanOrEqualTo(lines);
    final Path file = PICTURES.resolve(name + "-" + width + (dark ? "-dark" : "-light") + ".png");
    Files.deleteIfExists(file);
    final List<String> arguments = new ArrayList<>();
    arguments.add("--screenshot=" + file);
    arguments.add("--window-size=" + width + "," + (size[1] + 8));
    if (dark) {
      arguments.add("--blink-settings=preferredColorScheme=0");
    }
    browse(arguments, page);
    final java.awt.image.BufferedImage image = ImageIO.read(file.toFile());
    assertThat(image.getWidth()).isEqualTo(width);
    final int corner = image.getRGB(2, 2) & 0xFF;
    assertThat(corner).as("background").matches(blue -> dark ? blue < 0x40 : blue > 0xE0);
  }
}
