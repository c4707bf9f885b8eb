package io.millrace.core.engines.sentiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.core.engines.Allocations;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HeadlinesTest {
  private static final double BAND = 0.1;

  private static final Lexicon LEXICON =
      new Lexicon(
          BAND,
          BAND,
          Map.of(
              "beats",
              2.0,
              "misses",
              -2.0,
              "don't buy",
              -2.0,
              "buy",
              2.0,
              "52 week high",
              2.5,
              "net profit at",
              0.0,
              "profit",
              0.5,
              "faint",
              0.2),
          Map.of("rises", 2.0, "widens", 2.0, "falls", -2.0, "narrows", -2.0, "fall", -2.0),
          Map.of("loss", -1.0, "net loss", -1.0, "debt", -0.5),
          Map.of("sharply", 1.4, "slightly", 0.6),
          Map.of("but", 1.5, "despite", 0.4),
          List.of("not", "fails to"),
          List.of("in", "the"),
          Map.of("Tabloid", 0.1));

  private final Headlines headlines = new Headlines(LEXICON);

  private double tone(final String text) {
    final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return headlines.tone(bytes, bytes.length);
  }

  /** The normal form of a sum of tones. */
  private static double of(final double sum) {
    return sum / StrictMath.sqrt(sum * sum + 15);
  }

  private void expect(final String text, final double sum) {
    assertThat(tone(text)).as(text).isCloseTo(of(sum), within(1e-12));
  }

  @Test
  void tonesAddUp() {
    expect("Acme BEATS, then misses, then beats", 2.0);
  }

  @Test
  void intensifierActsOnTheEntryRightAfterIt() {
    expect("Acme sharply falls", -2.0 * 1.4);
    expect("Acme slightly beats", 2.0 * 0.6);
    expect("sharply the Acme falls", -2.0);
  }

  @Test
  void negationTurnsTheNextThreeItems() {
    expect("Acme not beats", -0.74 * 2.0);
    expect("Acme fails to a b beats", -0.74 * 2.0);
    expect("not a b c beats", 2.0);
  }

  @Test
  void movementOfAnAdverseThingTurnsItsSign() {
    expect("Acme net loss narrows", 2.0);
    expect("Acme net loss widens", -2.0);
    expect("Loss at 5 rises", -2.0);
    expect("Debt of group falls", 2.0);
    expect("Acme fall in the debt", 2.0);
  }

  @Test
  void movementOfSomethingElseIsItsOwn() {
    // No link between the two: it is not the loss that falls.
    expect("Acme falls on loss", -2.0 - 1.0);
    expect("Net loss a b c falls", -1.0 - 2.0);
    // One movement speaks for one thing.
    expect("loss debt narrows", -1.0 + 2.0);
  }

  @Test
  void contrastShiftsTheWeight() {
    expect("Acme beats but loss", 0.5 * 2.0 - 1.5 * 1.0);
    expect("Acme beats despite loss", 1.6 * 2.0 - 0.4 * 1.0);
  }

  @Test
  void longestEntryWinsAndIsUsedUp() {
    expect("Don't buy Acme", -2.0);
    expect("Net profit at 5 crore", 0.0);
    expect("net profit up", 0.5);
  }

  @Test
  void numberStandsForAnyNumber() {
    expect("Acme at 9 week high", 2.5);
    expect("Acme at week high", 0.0);
  }

  @Test
  void toneWithinTheBandIsNone() {
    assertThat(of(0.2)).isLessThan(BAND);
    assertThat(tone("a faint sign")).isZero();
  }

  @Test
  void curlyQuotesAndDashesPartWords() {
    expect("Don\u2019t buy Acme", -2.0);
    expect("\u2018Buy\u2019 Acme", 2.0);
    expect("'buy' Acme", 2.0);
    expect("Acme\u2014beats", 2.0);
    expect("Acme\u00a0beats", 2.0);
    expect("\u20b9500 buy", 2.0);
    expect("Acm\u00e9beats", 0.0);
  }

  @Test
  void sourceIsKnownByItsName() {
    final byte[] name = {'T', 'A', 'B', 'L', 'O', 'I', 'D', 0, 'x'};
    assertThat(headlines.sourceWeight(name, name.length)).isEqualTo(0.1);
    assertThat(headlines.sourceWeight(name, 4)).isEqualTo(1.0);
  }

  @Test
  void entryTwiceIsRefused() {
    assertThatThrownBy(() -> new Headlines(valences(Map.of("Up", 1.0, "up", 2.0))))
        .hasMessageContaining("twice");
    assertThatThrownBy(() -> new Headlines(valences(Map.of("2 week", 1.0, "3 week", 2.0))))
        .hasMessageContaining("twice");
  }

  @Test
  void entryOfNoneOrTooManyWordsIsRefused() {
    assertThatThrownBy(() -> new Headlines(valences(Map.of("?!", 1.0))))
        .hasMessageContaining("0 words");
    assertThatThrownBy(() -> new Headlines(valences(Map.of("a b c d e f", 1.0))))
        .hasMessageContaining("6 words");
  }

  @Test
  void toneOutsideItsRangeIsRefused() {
    assertThatThrownBy(() -> valences(Map.of("up", 4.1)))
        .hasMessageContaining("lexicon.valences.up is 4.1");
    assertThatThrownBy(() -> valences(Map.of("up", Double.NaN))).hasMessageContaining("NaN");
  }

  private static Lexicon valences(final Map<String, Double> valences) {
    return new Lexicon(
        0, 0, valences, Map.of(), Map.of(), Map.of(), Map.of(), List.of(), List.of(), Map.of());
  }

  @Test
  void anyBytesGiveAToneInRange() {
    final long seed = 23;
    final SplittableRandom random = new SplittableRandom(seed);
    final byte[] text = new byte[512];
    for (int i = 0; i < 20_000; i++) {
      random.nextBytes(text);
      final int length = random.nextInt(text.length + 1);
      assertThat(headlines.tone(text, length)).as("seed %d", seed).isBetween(-1.0, 1.0);
      assertThat(headlines.words().count()).isLessThanOrEqualTo(Words.MAX_WORDS);
    }
  }

  @Test
  void longTextIsReadUpToItsBound() {
    assertThat(tone("x ".repeat(Words.MAX_WORDS) + "beats")).isZero();
    assertThat(tone("x ".repeat(Words.MAX_WORDS - 1) + "beats")).isPositive();
  }

  @Test
  void scoringAllocatesNothing() {
    final byte[] text =
        "Acme\u2019s net loss narrows sharply but debt rises 5% to 52 week high; don't buy"
            .getBytes(StandardCharsets.UTF_8);
    final double[] sum = new double[1];
    final Runnable work =
        () -> {
          for (int i = 0; i < 20_000; i++) {
            sum[0] += headlines.tone(text, text.length);
          }
        };
    work.run();
    work.run();
    assertThat(Allocations.of(work)).isZero();
  }
}
