package io.millrace.codecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Journals written with the frozen schema stay readable. */
class SchemaCompatibilityTest {
  private static final String FROZEN = Schemas.text(Schemas.FROZEN);

  private static List<String> breachesOf(final String changed) {
    return Compatibility.breaches(Schemas.parse(FROZEN), Schemas.parse(changed));
  }

  private static String replaceOnce(final String text, final String what, final String with) {
    assertThat(text).contains(what);
    final int at = text.indexOf(what);
    return text.substring(0, at) + with + text.substring(at + what.length());
  }

  @Test
  void everythingInTheFrozenSchemaIsWhereItWas() {
    assertThat(breachesOf(Schemas.text(Schemas.CURRENT)))
        .as("see codecs/README.md, Changing the schema")
        .isEmpty();
  }

  @Test
  void theFrozenSchemaNamesEveryMessageOfTheDesign() {
    assertThat(Schemas.parse(FROZEN).messages()).hasSize(36);
  }

  @ParameterizedTest(name = "{0} -> {1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        // a field moved by a wider one before it
        "name=\"snapshot\" id=\"3\" type=\"uint8\"|name=\"snapshot\" id=\"3\" type=\"int64\"|"
            + "DepthUpdate.snapshot was",
        // renamed
        "name=\"openInterest\" id=\"3\"|name=\"contracts\" id=\"3\"|OpenInterest.openInterest is gone",
        // renumbered
        "name=\"metric\" id=\"3\"|name=\"metric\" id=\"33\"|MarketMetric.metric was",
        // another unit in the same bytes
        "name=\"cash\" id=\"2\" type=\"Money\"|name=\"cash\" id=\"2\" type=\"Qty\"|AccountUpdate.cash was",
        // an enum value with another code
        "description=\"buy\">1<|description=\"buy\">7<|DepthUpdate.levels.side#BUY was code 1, is 7",
        // a whole message
        "name=\"TimerTick\" id=\"17\"|name=\"TimerTick\" id=\"19\"|message TimerTick (id 17) is gone",
        // another message under an old id
        "name=\"MarkPrice\" id=\"11\"|name=\"Marking\" id=\"11\"|message id 11 was MarkPrice, is Marking",
        // another schema
        "id=\"77\" version=\"1\"|id=\"78\" version=\"1\"|schema id or byte order changed",
      })
  void aChangeThatBreaksOldJournalsIsFound(
      final String what, final String with, final String breach) {
    assertThat(String.join("\n", breachesOf(replaceOnce(FROZEN, what, with)))).contains(breach);
  }

  @Test
  void aFieldPutInTheMiddleIsFound() {
    final String changed =
        replaceOnce(
            FROZEN,
            "<field name=\"cash\" id=\"2\" type=\"Money\"",
            "<field name=\"kind\" id=\"3\" type=\"uint8\" description=\"x\"/>"
                + "<field name=\"cash\" id=\"2\" type=\"Money\"");
    assertThat(breachesOf(changed))
        .anyMatch(breach -> breach.startsWith("AccountUpdate.cash was"))
        .anyMatch(breach -> breach.contains("AccountUpdate.kind is new but lies inside"))
        .anyMatch(breach -> breach.contains("AccountUpdate.kind is new and needs sinceVersion"));
  }

  @Test
  void anAppendedFieldOfALaterVersionAndANewCodeAreWelcome() {
    final String later = replaceOnce(FROZEN, "version=\"1\"", "version=\"2\"");
    final String cash = "description=\"account cash\"/>";
    final String appended =
        replaceOnce(
            later,
            cash,
            cash
                + "<field name=\"margin\" id=\"3\" type=\"Money\" sinceVersion=\"2\""
                + " description=\"held\"/>");
    final String coded =
        replaceOnce(
            appended,
            "description=\"sell\">2</validValue>",
            "description=\"sell\">2</validValue>"
                + "<validValue name=\"CROSS\" description=\"both\">3</validValue>");
    assertThat(breachesOf(coded)).isEmpty();
  }
}
