package io.millrace.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine talks to nobody: no analytics, no announcement, no look-up. */
@Tag("slow")
class NoConnectionTest {
  private static final int LEAST_LOOKS = 50;

  /** Column of /proc/net/tcp and its like. */
  private static final int INODE = 9;

  @TempDir private Path temp;

  @Test
  void demoOpensNoInternetSocket() throws Exception {
    assumeThat(Path.of("/proc/self/net/tcp")).exists();
    final Launch.Child child = new Launch().start("demo", "--runs", temp, "--json");
    final Path process = Path.of("/proc", Long.toString(child.process().pid()));
    final Set<String> opened = new TreeSet<>();
    int looks = 0;
    int descriptors = 0;
    while (child.process().isAlive()) {
      final List<String> links = links(process.resolve("fd"));
      descriptors = Math.max(descriptors, links.size());
      final List<String> internet = internet(process.resolve("net"));
      // A pair of local sockets is how the JDK closes files; it leads nowhere.
      links.stream()
          .filter(link -> link.startsWith("socket:["))
          .map(link -> link.substring("socket:[".length(), link.length() - 1))
          .filter(internet::contains)
          .forEach(opened::add);
      looks++;
      Thread.sleep(2);
    }
    final Launch.Ended ended = child.await();
    assertThat(ended.code()).as("%s", ended).isZero();
    assertThat(looks).as("looks").isGreaterThan(LEAST_LOOKS);
    assertThat(descriptors).as("descriptors seen: the look works").isGreaterThan(5);
    assertThat(opened).as("inodes of internet sockets").isEmpty();
  }

  /** Inodes of all internet sockets of the process's network, its own among them. */
  private static List<String> internet(final Path net) {
    final List<String> inodes = new ArrayList<>();
    for (final String kind : List.of("tcp", "tcp6", "udp", "udp6", "raw", "raw6")) {
      try {
        Files.readAllLines(net.resolve(kind)).stream()
            .skip(1)
            .map(line -> line.strip().split("\\s+", -1)[INODE])
            .forEach(inodes::add);
      } catch (final IOException ended) {
        return inodes;
      }
    }
    return inodes;
  }

  private static List<String> links(final Path directory) {
    final List<String> links = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (final Path file : files.toList()) {
        try {
          links.add(Files.readSymbolicLink(file).toString());
        } catch (final IOException closedMeanwhile) {
          links.add("");
        }
      }
    } catch (final IOException | java.io.UncheckedIOException ended) {
      return links;
    }
    return links;
  }
}
