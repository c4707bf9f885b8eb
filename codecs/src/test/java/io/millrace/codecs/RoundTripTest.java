package io.millrace.codecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.sbe.MessageDecoderFlyweight;
import org.agrona.sbe.MessageEncoderFlyweight;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import uk.co.real_logic.sbe.PrimitiveType;
import uk.co.real_logic.sbe.ir.Ir;
import uk.co.real_logic.sbe.ir.Signal;
import uk.co.real_logic.sbe.ir.Token;

/** What is put into a message comes out of it, at the edges of every field. */
class RoundTripTest {
  private static final Ir SCHEMA = Schemas.parse(Schemas.text(Schemas.CURRENT));
  private static final int OFFSET = 3; // no flyweight may lean on alignment
  private static final int MAX_TEXT = 4096;

  /** Which end of its range each field is given. */
  enum Edge {
    LOW(0),
    ONE(1),
    NULL(2),
    HIGH(3);

    final int rows;

    Edge(final int rows) {
      this.rows = rows;
    }
  }

  static Stream<Arguments> messages() {
    return SCHEMA.messages().stream()
        .flatMap(
            tokens ->
                Arrays.stream(Edge.values()).map(edge -> Arguments.of(tokens.get(0).name(), edge)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("messages")
  void everyFieldComesBack(final String name, final Edge edge) throws Exception {
    final List<Token> tokens =
        SCHEMA.messages().stream().filter(m -> m.get(0).name().equals(name)).findFirst().get();
    final MutableDirectBuffer buffer = new ExpandableArrayBuffer();
    buffer.setMemory(0, buffer.capacity(), (byte) 0x5A);
    final MessageEncoderFlyweight encoder =
        (MessageEncoderFlyweight) type(name + "Encoder").getConstructor().newInstance();
    call(encoder, "wrapAndApplyHeader", buffer, OFFSET, new MessageHeaderEncoder());
    final List<String> written = new ArrayList<>();
    write(encoder, tokens, 1, tokens.size() - 1, edge, written);

    final MessageDecoderFlyweight decoder =
        (MessageDecoderFlyweight) type(name + "Decoder").getConstructor().newInstance();
    call(decoder, "wrapAndApplyHeader", buffer, OFFSET, new MessageHeaderDecoder());
    final List<String> read = new ArrayList<>();
    read(decoder, tokens, 1, tokens.size() - 1, read);

    assertThat(read).isEqualTo(written).isNotEmpty();
    assertThat(decoder.encodedLength()).isEqualTo(encoder.encodedLength());
  }

  private static void write(
      final Object encoder,
      final List<Token> tokens,
      final int from,
      final int to,
      final Edge edge,
      final List<String> log)
      throws Exception {
    for (int i = from; i < to; i += tokens.get(i).componentTokenCount()) {
      final Token token = tokens.get(i);
      final String name = token.name();
      if (token.signal() == Signal.BEGIN_GROUP) {
        final Object rows = call(encoder, name + "Count", edge.rows);
        log.add(name + " has " + edge.rows);
        final int first = i + 1 + tokens.get(i + 1).componentTokenCount();
        for (int row = 0; row < edge.rows; row++) {
          call(rows, "next");
          write(rows, tokens, first, i + token.componentTokenCount() - 1, edge, log);
        }
      } else if (token.signal() == Signal.BEGIN_VAR_DATA) {
        final String text =
            switch (edge) {
              case LOW -> "";
              case ONE -> "€ 1 é";
              case NULL -> "\u0000";
              case HIGH -> "x".repeat(MAX_TEXT);
            };
        if (isText(token, tokens, i)) {
          call(encoder, name, text);
        } else {
          final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
          call(encoder, "put" + capital(name), bytes, 0, bytes.length);
        }
        log.add(name + "=" + text);
      } else {
        log.add(name + "=" + writeField(encoder, tokens, i + 1, name, edge));
      }
    }
  }

  private static Object writeField(
      final Object encoder,
      final List<Token> tokens,
      final int at,
      final String name,
      final Edge edge)
      throws Exception {
    final Token type = tokens.get(at);
    return switch (type.signal()) {
      case BEGIN_ENUM -> {
        final Object[] values = type(type.applicableTypeName()).getEnumConstants();
        final Object value =
            switch (edge) {
              case LOW -> values[0];
              case ONE -> values[1 % (values.length - 1)];
              case HIGH -> values[values.length - 2];
              case NULL -> values[values.length - 1];
            };
        call(encoder, name, value);
        yield value;
      }
      case BEGIN_SET -> {
        final Object set = call(encoder, name);
        call(set, "clear");
        final StringBuilder bits = new StringBuilder();
        for (int i = at + 1; i < at + type.componentTokenCount() - 1; i++) {
          final boolean on =
              switch (edge) {
                case LOW -> false;
                case ONE -> i == at + 1;
                case NULL -> i == at + type.componentTokenCount() - 2;
                case HIGH -> true;
              };
          call(set, tokens.get(i).name(), on);
          bits.append(on ? '1' : '0');
        }
        yield bits.toString();
      }
      default -> {
        final Object value =
            type.arrayLength() > 1 ? text(type, edge) : number(encoder, type, name, edge);
        call(encoder, name, value);
        yield value;
      }
    };
  }

  private static String text(final Token type, final Edge edge) {
    return switch (edge) {
      case LOW, NULL -> "";
      case ONE -> "GOOG  160617P00750000".substring(0, Math.min(type.arrayLength(), 21));
      case HIGH -> "~".repeat(type.arrayLength());
    };
  }

  private static Object number(
      final Object encoder, final Token type, final String name, final Edge edge) throws Exception {
    if (type.encoding().primitiveType() == PrimitiveType.DOUBLE) {
      return switch (edge) {
        case LOW -> -Double.MAX_VALUE;
        case ONE -> -0.0;
        case NULL -> Double.NaN;
        case HIGH -> Double.MAX_VALUE;
      };
    }
    final Object high = encoder.getClass().getMethod(name + "MaxValue").invoke(null);
    return switch (edge) {
      case LOW -> encoder.getClass().getMethod(name + "MinValue").invoke(null);
      case HIGH -> high;
      case NULL -> encoder.getClass().getMethod(name + "NullValue").invoke(null);
      case ONE ->
          high instanceof Long
              ? (Object) 1L
              : high instanceof Integer
                  ? (Object) 1
                  : high instanceof Short ? (Object) (short) 1 : (Object) (byte) 1;
    };
  }

  private static void read(
      final Object decoder,
      final List<Token> tokens,
      final int from,
      final int to,
      final List<String> log)
      throws Exception {
    for (int i = from; i < to; i += tokens.get(i).componentTokenCount()) {
      final Token token = tokens.get(i);
      final String name = token.name();
      if (token.signal() == Signal.BEGIN_GROUP) {
        final Object rows = call(decoder, name);
        final int count = (int) call(rows, "count");
        log.add(name + " has " + count);
        final int first = i + 1 + tokens.get(i + 1).componentTokenCount();
        for (int row = 0; row < count; row++) {
          call(rows, "next");
          read(rows, tokens, first, i + token.componentTokenCount() - 1, log);
        }
      } else if (token.signal() == Signal.BEGIN_FIELD
          && tokens.get(i + 1).signal() == Signal.BEGIN_SET) {
        final Object set = call(decoder, name);
        final StringBuilder bits = new StringBuilder();
        for (int c = i + 2; c < i + 1 + tokens.get(i + 1).componentTokenCount() - 1; c++) {
          bits.append((boolean) call(set, tokens.get(c).name()) ? '1' : '0');
        }
        log.add(name + "=" + bits);
      } else if (token.signal() == Signal.BEGIN_VAR_DATA && !isText(token, tokens, i)) {
        final byte[] bytes = new byte[(int) call(decoder, name + "Length")];
        call(decoder, "get" + capital(name), bytes, 0, bytes.length);
        log.add(name + "=" + new String(bytes, StandardCharsets.UTF_8));
      } else {
        log.add(name + "=" + call(decoder, name));
      }
    }
  }

  /** Data with a character encoding is text; other data is bytes. */
  private static boolean isText(final Token data, final List<Token> tokens, final int at) {
    for (int i = at; i < at + data.componentTokenCount(); i++) {
      if (tokens.get(i).name().equals("varData")) {
        return tokens.get(i).encoding().characterEncoding() != null;
      }
    }
    throw new IllegalStateException(data + " has no varData");
  }

  private static String capital(final String name) {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  private static Class<?> type(final String name) throws ClassNotFoundException {
    return Class.forName("io.millrace.codecs." + name);
  }

  /** Calls the method of this name that takes these arguments. */
  private static Object call(final Object target, final String name, final Object... arguments)
      throws Exception {
    for (final Method method : target.getClass().getMethods()) {
      if (method.getName().equals(name) && takes(method.getParameterTypes(), arguments)) {
        return method.invoke(target, arguments);
      }
    }
    throw new NoSuchMethodException(
        String.format(Locale.ROOT, "%s.%s%s", target.getClass(), name, Arrays.asList(arguments)));
  }

  private static boolean takes(final Class<?>[] types, final Object... arguments) {
    if (types.length != arguments.length) {
      return false;
    }
    for (int i = 0; i < types.length; i++) {
      final Class<?> boxed =
          types[i].isPrimitive()
              ? java.lang.invoke.MethodType.methodType(types[i]).wrap().returnType()
              : types[i];
      if (!boxed.isInstance(arguments[i])) {
        return false;
      }
    }
    return true;
  }

  /** A text's bytes count, not its characters. */
  @org.junit.jupiter.api.Test
  void textsAreUtf8() {
    final MutableDirectBuffer buffer = new ExpandableArrayBuffer();
    final NewsEncoder news = new NewsEncoder();
    news.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder()).eventTime(1).headline("Ünïcødé");
    final NewsDecoder decoder = new NewsDecoder();
    decoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderDecoder());
    assertThat(decoder.headlineLength())
        .isEqualTo("Ünïcødé".getBytes(StandardCharsets.UTF_8).length);
    assertThat(decoder.headline()).isEqualTo("Ünïcødé");
  }
}
