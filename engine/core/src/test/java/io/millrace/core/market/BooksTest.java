package io.millrace.core.market;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BooksTest {
  private static final long NONE = Fixed.NONE;

  private final Books books = new Books();

  @Test
  void beforeAnyQuoteNothingIsThere() {
    assertThat(books.bid(1)).isEqualTo(NONE);
    assertThat(books.ask(1)).isEqualTo(NONE);
    assertThat(books.mid(1)).isEqualTo(NONE);
    assertThat(books.mark(1)).isEqualTo(NONE);
    assertThat(books.markTime(1)).isZero();
    assertThat(books.twoSided(1)).isFalse();
  }

  @Test
  void aBookIsRegularLockedCrossedOrOneSided() {
    books.quote(1, 5, 100, 1, 101, 2);
    assertThat(books.regular(1)).isTrue();
    assertThat(books.locked(1) || books.crossed(1)).isFalse();
    books.quote(1, 6, 101, 1, 101, 2);
    assertThat(books.locked(1)).isTrue();
    assertThat(books.regular(1) || books.crossed(1)).isFalse();
    books.quote(1, 7, 102, 1, 101, 2);
    assertThat(books.crossed(1)).isTrue();
    assertThat(books.regular(1) || books.locked(1)).isFalse();
    books.quote(1, 8, 100, 1, NONE, 2);
    assertThat(books.twoSided(1) || books.regular(1) || books.locked(1) || books.crossed(1))
        .isFalse();
    assertThat(books.askSize(1)).as("no ask, no size").isZero();
    assertThat(books.bidSize(1)).isEqualTo(1);
  }

  @Test
  void theMidIsRoundedDownToAUnit() {
    books.quote(1, 5, 100, 1, 103, 2);
    assertThat(books.mid(1)).isEqualTo(101);
    books.quote(1, 5, 103, 1, 100, 2);
    assertThat(books.mid(1)).as("crossed").isEqualTo(101);
    books.quote(1, 5, Long.MAX_VALUE - 2, 1, Long.MAX_VALUE, 2);
    assertThat(books.mid(1)).as("no overflow").isEqualTo(Long.MAX_VALUE - 1);
  }

  @Test
  void theMarkIsTheMidOfARegularBookElseTheLastTrade() {
    books.quote(1, 5, 103, 1, 100, 2);
    assertThat(books.mark(1)).as("crossed and never traded: the mid").isEqualTo(101);
    assertThat(books.markTime(1)).isEqualTo(5);
    books.trade(1, 7, 90, 3);
    assertThat(books.mark(1)).as("crossed: the last trade").isEqualTo(90);
    assertThat(books.markTime(1)).isEqualTo(7);
    books.quote(1, 9, 100, 1, 104, 2);
    assertThat(books.mark(1)).isEqualTo(102);
    assertThat(books.markTime(1)).isEqualTo(9);
    books.quote(1, 11, NONE, 1, 104, 2);
    assertThat(books.mark(1)).as("one-sided: the last trade").isEqualTo(90);
    assertThat(books.lastSize(1)).isEqualTo(3);
  }
}
