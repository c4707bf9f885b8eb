package io.millrace.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class TerminalTest {
  private static final String HOSTILE = "GO\u001b[2JOG\u009b31m\u202e\r\n\u2028\u007f é中";

  @Test
  void textOfDataCannotMoveTheCursorOrTurnTheLine() {
    assertThat(Terminal.plain(HOSTILE)).isEqualTo("GO?[2JOG?31m????? é中");
    assertThat(Terminal.plain("GOOG  160115C00780000")).isEqualTo("GOOG  160115C00780000");
  }

  @Test
  void jsonStaysTheSameJsonWithoutControlCharacters() throws IOException {
    final ObjectMapper mapper = new ObjectMapper();
    final JsonNode node = mapper.createObjectNode().put("symbol", HOSTILE).put(HOSTILE, 1);
    final String text = Terminal.json(mapper.writeValueAsString(node));
    assertThat(text.chars())
        .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT);
    assertThat(mapper.readTree(text)).isEqualTo(node);
  }

  @Test
  void everyTextOfATreeIsMadePlainNamesToo() {
    final ObjectMapper mapper = new ObjectMapper();
    final JsonNode node = mapper.createObjectNode().put(HOSTILE, HOSTILE).put("n", 1);
    assertThat(Terminal.plain(node).toString())
        .isEqualTo("{\"GO?[2JOG?31m????? é中\":\"GO?[2JOG?31m????? é中\",\"n\":1}");
  }
}
