package io.millrace.codecs;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import uk.co.real_logic.sbe.ir.Ir;
import uk.co.real_logic.sbe.xml.IrGenerator;
import uk.co.real_logic.sbe.xml.ParserOptions;
import uk.co.real_logic.sbe.xml.XmlSchemaParser;

/** Schemas as text and as the tool's intermediate representation. */
final class Schemas {
  static final String CURRENT = "/millrace-schema.xml";
  static final String FROZEN = "/frozen/millrace-schema-1.xml";

  private Schemas() {}

  static String text(final String resource) {
    try (InputStream in = Schemas.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Ir parse(final String xml) {
    final ParserOptions options =
        ParserOptions.builder().stopOnError(true).suppressOutput(true).build();
    try (InputStream in = new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8))) {
      return new IrGenerator().generate(XmlSchemaParser.parse(in, options));
    } catch (final Exception e) {
      throw new IllegalArgumentException("not a schema: " + e.getMessage(), e);
    }
  }
}
