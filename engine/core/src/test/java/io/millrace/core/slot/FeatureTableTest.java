package io.millrace.core.slot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.codecs.EngineOutputDecoder;
import io.millrace.codecs.EngineOutputEncoder;
import io.millrace.codecs.Feature;
import io.millrace.codecs.SnapshotDecoder;
import io.millrace.codecs.SnapshotEncoder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeatureTableTest {
  private final FeatureTable table = new FeatureTable();
  private final Outputs outputs = new Outputs();

  @Test
  void aFeatureIsThereOrNot() {
    assertThat(table.has(Feature.SPOT)).isFalse();
    assertThat(table.get(Feature.SPOT)).isZero();
    assertThat(table.get(Feature.SPOT, -1)).isEqualTo(-1);
    table.put(Feature.SPOT, 0);
    assertThat(table.has(Feature.SPOT)).as("zero is a value").isTrue();
    assertThat(table.get(Feature.SPOT, -1)).isZero();
    table.clear();
    assertThat(table.has(Feature.SPOT)).isFalse();
    assertThat(table.size()).isZero();
  }

  @Test
  void everyFeatureOfTheSchemaHasItsOwnPlace() {
    int count = 0;
    for (final Feature feature : Feature.values()) {
      if (feature != Feature.NULL_VAL) {
        table.put(feature, feature.value());
        count++;
      }
    }
    assertThat(table.size()).isEqualTo(count);
    for (final Feature feature : Feature.values()) {
      if (feature != Feature.NULL_VAL) {
        assertThat(table.get(feature)).isEqualTo(feature.value());
      }
    }
  }

  @Test
  void whatIsNotFiniteIsRefused() {
    for (final double wrong :
        new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
      assertThatThrownBy(() -> table.put(Feature.OFI, wrong)).hasMessageContaining("feature OFI");
    }
    assertThat(table.has(Feature.OFI)).isFalse();
  }

  @Test
  void featuresAreStoredAscendingByCode() {
    table.put(Feature.ELASTICITY_ASYMMETRY, 3);
    table.put(Feature.SPOT, 1);
    table.put(Feature.OFI, 2);
    outputs.reset(1, 1);
    final EngineOutputEncoder engine = new EngineOutputEncoder();
    outputs.begin(engine);
    table.store(engine);
    outputs.end(engine);
    final List<Feature> order = new ArrayList<>();
    for (final EngineOutputDecoder.FeaturesDecoder row :
        outputs.read(0, new EngineOutputDecoder()).features()) {
      order.add(row.feature());
    }
    assertThat(order).containsExactly(Feature.SPOT, Feature.OFI, Feature.ELASTICITY_ASYMMETRY);
  }

  @Test
  void whatIsLoadedJoinsWhatIsThere() {
    table.put(Feature.SPOT, 1);
    table.put(Feature.OFI, -0.25);
    outputs.reset(1, 1);
    final SnapshotEncoder snapshot = new SnapshotEncoder();
    outputs.begin(snapshot);
    table.store(snapshot);
    outputs.end(snapshot);
    final FeatureTable other = new FeatureTable();
    other.put(Feature.SPOT, 9);
    other.put(Feature.RSI_14, 50);
    other.load(outputs.read(0, new SnapshotDecoder()));
    assertThat(other.get(Feature.SPOT)).as("the newer one").isEqualTo(1);
    assertThat(other.get(Feature.OFI)).isEqualTo(-0.25);
    assertThat(other.get(Feature.RSI_14)).isEqualTo(50);
    assertThat(other.size()).isEqualTo(3);
  }
}
