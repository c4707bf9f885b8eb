package io.millrace.runtime.message;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.codecs.CheckpointHeaderDecoder;
import io.millrace.codecs.MessageHeaderDecoder;
import io.millrace.core.market.Fixed;
import io.millrace.core.order.OrderId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import org.agrona.DirectBuffer;
import uk.co.real_logic.sbe.PrimitiveValue;
import uk.co.real_logic.sbe.ir.Encoding;
import uk.co.real_logic.sbe.ir.Ir;
import uk.co.real_logic.sbe.ir.IrDecoder;
import uk.co.real_logic.sbe.ir.Token;
import uk.co.real_logic.sbe.otf.AbstractTokenListener;
import uk.co.real_logic.sbe.otf.OtfHeaderDecoder;
import uk.co.real_logic.sbe.otf.OtfMessageDecoder;

/**
 * Decodes any message of the schema into JSON: names in snake_case, prices, quantities and money as
 * exact decimals, times in Unix seconds, enums in lower case, sets as lists of what is set, order
 * ids as {@code cause.ordinal}, instruments as symbols where they are known. Null prices are left
 * out.
 */
public final class MessageJson {
  private static final String IR = "/millrace-schema.sbeir";
  private static final int NANO_DECIMALS = 9;
  private static final int FIXED_DECIMALS = 8;

  private final Ir ir;
  private final OtfHeaderDecoder header;
  private final IntFunction<String> symbols;

  /**
   * @param symbols name of an instrument id, or null where it is not known
   */
  public MessageJson(final IntFunction<String> symbols) {
    this.symbols = symbols;
    try (InputStream in = MessageJson.class.getResourceAsStream(IR)) {
      ir = new IrDecoder(ByteBuffer.wrap(in.readAllBytes())).decode();
    } catch (final IOException e) {
      throw new UncheckedIOException("the schema inside the program is not readable", e);
    }
    header = new OtfHeaderDecoder(ir.headerStructure());
  }

  /** Name of a template in snake_case, or {@code template_N} if the schema has none. */
  public String name(final int templateId) {
    final List<Token> tokens = ir.getMessage(templateId);
    return tokens == null ? "template_" + templateId : snake(tokens.get(0).name());
  }

  /** Template of a name as {@link #name} gives it, or -1. */
  public int templateId(final String name) {
    for (final List<Token> tokens : ir.messages()) {
      if (snake(tokens.get(0).name()).equals(name)) {
        return tokens.get(0).id();
      }
    }
    return -1;
  }

  /** Names of all templates that journals hold, in the order of their ids. */
  public List<String> names() {
    return ir.messages().stream()
        .map(tokens -> tokens.get(0))
        .filter(token -> token.id() < CheckpointHeaderDecoder.TEMPLATE_ID)
        .sorted(java.util.Comparator.comparingInt(Token::id))
        .map(token -> snake(token.name()))
        .toList();
  }

  /** Decodes one message, header first. Its name is the field {@code type}. */
  public ObjectNode decode(final DirectBuffer buffer, final int offset) {
    final int templateId = header.getTemplateId(buffer, offset);
    final int blockLength = header.getBlockLength(buffer, offset);
    final int version = header.getSchemaVersion(buffer, offset);
    final List<Token> tokens = ir.getMessage(templateId);
    final ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("type", name(templateId));
    if (tokens == null) {
      return node;
    }
    OtfMessageDecoder.decode(
        buffer,
        offset + MessageHeaderDecoder.ENCODED_LENGTH,
        version,
        blockLength,
        tokens,
        new Builder(node));
    return node;
  }

  private final class Builder extends AbstractTokenListener {
    private final Deque<ObjectNode> open = new ArrayDeque<>();

    Builder(final ObjectNode root) {
      open.push(root);
    }

    @Override
    public void onEncoding(
        final Token field,
        final DirectBuffer buffer,
        final int index,
        final Token type,
        final int actingVersion) {
      final Encoding encoding = type.encoding();
      final String name = snake(field.name());
      final String semantic = encoding.semanticType() == null ? "" : encoding.semanticType();
      switch (encoding.primitiveType()) {
        case CHAR -> open.peek().put(name, text(buffer, index, type.arrayLength()));
        case DOUBLE -> open.peek().put(name, buffer.getDouble(index, encoding.byteOrder()));
        default -> putLong(name, semantic, number(buffer, index, encoding));
      }
    }

    private void putLong(final String name, final String semantic, final long value) {
      final ObjectNode node = open.peek();
      switch (semantic) {
        case "price", "qty", "money", "fixed" -> {
          if (value != Fixed.NONE) {
            node.put(name, plain(BigDecimal.valueOf(value, FIXED_DECIMALS)));
          }
        }
        case "nanos", "duration" -> node.put(name, plain(BigDecimal.valueOf(value, NANO_DECIMALS)));
        case "orderId" -> node.put(name, OrderId.text(value));
        case "hash" -> node.put(name, io.millrace.core.state.Digest.text(value));
        case "instrument" -> {
          node.put(name, value);
          final String symbol = symbols.apply((int) value);
          if (symbol != null) {
            node.put(name.equals("underlying_id") ? "underlying" : "symbol", symbol);
          }
        }
        default -> node.put(name, value);
      }
    }

    @Override
    public void onEnum(
        final Token field,
        final DirectBuffer buffer,
        final int index,
        final List<Token> tokens,
        final int from,
        final int to,
        final int actingVersion) {
      final long value = number(buffer, index, tokens.get(from + 1).encoding());
      for (int i = from + 1; i < to; i++) {
        final PrimitiveValue constant = tokens.get(i).encoding().constValue();
        if (constant != null && constant.longValue() == value) {
          open.peek().put(snake(field.name()), tokens.get(i).name().toLowerCase(Locale.ROOT));
          return;
        }
      }
      open.peek().put(snake(field.name()), value);
    }

    @Override
    public void onBitSet(
        final Token field,
        final DirectBuffer buffer,
        final int index,
        final List<Token> tokens,
        final int from,
        final int to,
        final int actingVersion) {
      final long bits = number(buffer, index, tokens.get(from + 1).encoding());
      final ArrayNode list = open.peek().putArray(snake(field.name()));
      for (int i = from + 1; i < to; i++) {
        final PrimitiveValue constant = tokens.get(i).encoding().constValue();
        if (constant != null && (bits & (1L << constant.longValue())) != 0) {
          list.add(snake(tokens.get(i).name()));
        }
      }
    }

    @Override
    public void onBeginGroup(final Token token, final int groupIndex, final int numInGroup) {
      final ObjectNode parent = open.peek();
      final String name = snake(token.name());
      final ArrayNode rows = groupIndex == 0 ? parent.putArray(name) : (ArrayNode) parent.get(name);
      open.push(rows.addObject());
    }

    @Override
    public void onEndGroup(final Token token, final int groupIndex, final int numInGroup) {
      open.pop();
    }

    @Override
    public void onVarData(
        final Token field,
        final DirectBuffer buffer,
        final int index,
        final int length,
        final Token type) {
      final byte[] bytes = new byte[length];
      buffer.getBytes(index, bytes);
      open.peek().put(snake(field.name()), new String(bytes, StandardCharsets.UTF_8));
    }
  }

  private static BigDecimal plain(final BigDecimal value) {
    final BigDecimal stripped = value.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  private static String text(final DirectBuffer buffer, final int index, final int length) {
    int end = 0;
    while (end < length && buffer.getByte(index + end) != 0) {
      end++;
    }
    return buffer.getStringWithoutLengthAscii(index, end);
  }

  private static long number(final DirectBuffer buffer, final int index, final Encoding encoding) {
    return switch (encoding.primitiveType()) {
      case INT8 -> buffer.getByte(index);
      case UINT8, CHAR -> buffer.getByte(index) & 0xFFL;
      case INT16 -> buffer.getShort(index, encoding.byteOrder());
      case UINT16 -> buffer.getShort(index, encoding.byteOrder()) & 0xFFFFL;
      case INT32 -> buffer.getInt(index, encoding.byteOrder());
      case UINT32 -> buffer.getInt(index, encoding.byteOrder()) & 0xFFFF_FFFFL;
      case INT64, UINT64 -> buffer.getLong(index, encoding.byteOrder());
      default -> throw new IllegalArgumentException("no whole number: " + encoding.primitiveType());
    };
  }

  static String snake(final String name) {
    final StringBuilder text = new StringBuilder(name.length() + 8);
    for (int i = 0; i < name.length(); i++) {
      final char c = name.charAt(i);
      if (Character.isUpperCase(c)) {
        if (i > 0) {
          text.append('_');
        }
        text.append(Character.toLowerCase(c));
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }
}
