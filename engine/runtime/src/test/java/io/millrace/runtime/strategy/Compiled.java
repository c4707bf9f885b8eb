package io.millrace.runtime.strategy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Source to classes and jars by a plain compiler: what an attacker brings along. */
final class Compiled {
  private Compiled() {}

  /** Classes by path, or an empty map if it does not compile. */
  static Map<String, byte[]> classes(final String source) {
    final Map<String, ByteArrayOutputStream> written = new TreeMap<>();
    final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (JavaFileManager files =
        new ForwardingJavaFileManager<JavaFileManager>(
            compiler.getStandardFileManager(null, null, null)) {
          @Override
          public JavaFileObject getJavaFileForOutput(
              final Location location,
              final String name,
              final JavaFileObject.Kind kind,
              final FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("mem:///" + name), kind) {
              @Override
              public OutputStream openOutputStream() {
                final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                written.put(name.replace('.', '/') + ".class", bytes);
                return bytes;
              }
            };
          }
        }) {
      final JavaFileObject file =
          new SimpleJavaFileObject(URI.create("mem:///S.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(final boolean ignoreErrors) {
              return source;
            }
          };
      final boolean good =
          compiler
              .getTask(
                  new StringWriter(),
                  files,
                  null,
                  List.of(
                      "--release",
                      "17",
                      "-proc:none",
                      "-g",
                      "-cp",
                      System.getProperty("java.class.path")),
                  null,
                  List.of(file))
              .call();
      final Map<String, byte[]> classes = new TreeMap<>();
      if (good) {
        written.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
      }
      return classes;
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A jar of entries. */
  static byte[] jar(final Map<String, byte[]> entries) {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (final Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
