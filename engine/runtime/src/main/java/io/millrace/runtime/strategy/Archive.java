package io.millrace.runtime.strategy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.objectweb.asm.ClassReader;

/**
 * Reads the classes of a jar that is in memory: once, in one way, within bounds. What a jar could
 * mean besides its classes (other versions, services, class paths, agents) is refused, not ignored.
 */
final class Archive {
  private static final int MAX_ENTRIES = 1_024;
  private static final int MAX_BYTES = 8 << 20;
  private static final String MANIFEST = "META-INF/MANIFEST.MF";
  private static final Set<String> PLAIN_ATTRIBUTES =
      Set.of(
          "Manifest-Version",
          "Created-By",
          "Build-Jdk",
          "Build-Jdk-Spec",
          "Built-By",
          "Main-Class");

  private final String file;
  private final List<String> problems = new ArrayList<>();
  private final List<ClassBytes> classes = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private int total;

  private Archive(final String file) {
    this.file = file;
  }

  /** Reads the classes of a jar. */
  static List<ClassBytes> read(final String file, final byte[] content) throws StrategyException {
    final Archive archive = new Archive(file);
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(content))) {
      ZipEntry entry;
      while (archive.problems.isEmpty() && (entry = in.getNextEntry()) != null) {
        archive.entry(entry.getName(), in);
      }
    } catch (final IOException | IllegalArgumentException e) {
      archive.refuse("", "is not a sound zip (" + e.getMessage() + "); build it again");
    }
    if (archive.problems.isEmpty() && archive.classes.isEmpty()) {
      archive.refuse("", "holds no class; build it with the strategy's classes");
    }
    if (!archive.problems.isEmpty()) {
      throw new StrategyException(archive.problems);
    }
    return archive.classes;
  }

  private void refuse(final String entry, final String why) {
    problems.add(file + (entry.isEmpty() ? "" : "!" + entry) + ": " + why);
  }

  private void entry(final String name, final InputStream in) throws IOException {
    if (!names.add(name)) {
      refuse(name, "stands twice in the jar; build it anew, with each class once");
    } else if (names.size() > MAX_ENTRIES) {
      refuse("", "has more than " + MAX_ENTRIES + " entries; keep to the strategy's own classes");
    } else if (name.endsWith("/")) {
      return;
    } else if (name.startsWith("META-INF/versions/")) {
      refuse(name, "is a class of another version; build a jar of one version");
    } else if (name.startsWith("META-INF/services/")) {
      refuse(name, "offers a service; put all classes into the strategy's own file or jar");
    } else {
      final byte[] bytes = in.readNBytes(MAX_BYTES - total + 1);
      total += bytes.length;
      if (total > MAX_BYTES) {
        refuse(name, "unpacks to more than " + MAX_BYTES + " bytes; keep to the own classes");
      } else if (name.equals(MANIFEST)) {
        manifest(bytes);
      } else if (name.endsWith(".class")) {
        classFile(name, bytes);
      }
    }
  }

  private void manifest(final byte[] bytes) throws IOException {
    final Attributes main = new Manifest(new ByteArrayInputStream(bytes)).getMainAttributes();
    for (final Object key : main.keySet()) {
      if (!PLAIN_ATTRIBUTES.contains(key.toString())) {
        refuse(MANIFEST, "says " + key + "; a strategy's jar needs no manifest, leave it out");
      }
    }
  }

  private void classFile(final String name, final byte[] bytes) {
    final String said;
    try {
      said = new ClassReader(bytes).getClassName();
    } catch (final RuntimeException e) { // whatever a broken class makes the reader throw
      refuse(name, "is not a sound class file; compile it again");
      return;
    }
    if (name.equals("module-info.class") || !name.equals(said + ".class")) {
      refuse(name, "holds the class " + said + "; name the entry after its class");
    } else {
      classes.add(new ClassBytes(file + "!" + name, bytes));
    }
  }
}
