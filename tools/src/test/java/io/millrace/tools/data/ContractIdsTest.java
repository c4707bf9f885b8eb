package io.millrace.tools.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The fast lookup of contracts agrees with a map, whatever the guess. */
class ContractIdsTest {
  private record Key(long strike, long terms) {}

  @Test
  void agreesWithAMapThroughGrowth() {
    final long seed = 7;
    final Random random = new Random(seed);
    final Map<Key, Integer> slow = new HashMap<>();
    final List<Key> keys = new ArrayList<>();
    final ContractIds fast = new ContractIds();
    while (slow.size() < 40_000) {
      final Key key =
          new Key(
              (1 + random.nextInt(400)) * 500_000_000L,
              ContractIds.terms(random.nextInt(4), 16_000 + random.nextInt(60), random.nextInt(2)));
      if (!slow.containsKey(key)) {
        // Ids need not be dense here: other instruments have some too.
        final int id = slow.size() * 2 + 1;
        slow.put(key, id);
        keys.add(key);
        fast.put(id, key.strike, key.terms);
      }
    }
    for (int i = 0; i < 200_000; i++) {
      final Key key =
          random.nextBoolean()
              ? keys.get(random.nextInt(keys.size()))
              : new Key(random.nextInt(500) * 500_000_000L, ContractIds.terms(3, 16_059, 1));
      assertThat(fast.find(random.nextInt(100_000), key.strike, key.terms))
          .as("%s, seed %d", key, seed)
          .isEqualTo(slow.getOrDefault(key, 0));
    }
  }
}
