package io.millrace.tools.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.NullNode;
import org.junit.jupiter.api.Test;

final class HtmlTest {
  @Test
  void numbersReadAsPeopleWriteThem() {
    assertThat(Html.gain(DoubleNode.valueOf(-1234.5))).isEqualTo("−1,234.50");
    assertThat(Html.gain(DoubleNode.valueOf(1234.5))).isEqualTo("+1,234.50");
    assertThat(Html.gain(NullNode.getInstance())).isEqualTo("–");
    assertThat(Html.number(DoubleNode.valueOf(-0.001))).isEqualTo("0.00");
    assertThat(Html.number(DoubleNode.valueOf(-0.01))).isEqualTo("−0.01");
    assertThat(Html.percent(0.1234)).isEqualTo("12.3 %");
    assertThat(Html.percent(0.01234)).isEqualTo("1.23 %");
    assertThat(Html.percent(-0.0001234)).isEqualTo("−0.0123 %");
    assertThat(Html.percent(0)).isEqualTo("0.0 %");
    assertThat(Html.minus("-0 %")).isEqualTo("0 %");
    assertThat(Html.duration(DoubleNode.valueOf(5400))).isEqualTo("1.5 h");
    assertThat(Html.duration(DoubleNode.valueOf(0.25))).isEqualTo("0.3 s");
    assertThat(Html.time(DoubleNode.valueOf(1_450_971_200))).isEqualTo("2015-12-24 15:33");
  }

  @Test
  void markupInTextIsText() {
    assertThat(Html.text("<a href='x'>\"&\u0007</a>"))
        .isEqualTo("&lt;a href=&#39;x&#39;&gt;&quot;&amp;?&lt;/a&gt;");
  }
}
