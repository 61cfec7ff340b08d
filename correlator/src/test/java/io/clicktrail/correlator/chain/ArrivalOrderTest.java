package io.clicktrail.correlator.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.correlator.testing.DeliveryOrder;
import io.clicktrail.correlator.testing.EvidenceDraft;
import io.clicktrail.correlator.testing.SensorsAt;
import io.clicktrail.event.Platform;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** All orders in which a few events can arrive end in the same detections. */
class ArrivalOrderTest {

    private static final long SEED = 7;
    private static final int FACTS = 6;
    private static final int HISTORIES = 60;

    @Test
    void allOrdersOfArrivalEmitTheSame() {
        var random = new Random(SEED);
        int withDetections = 0;
        for (int i = 0; i < HISTORIES; i++) {
            long seed = random.nextLong();
            var events = events(seed);
            var outcomes = new TreeSet<String>();
            for (var order : ordersOf(events)) {
                outcomes.add(outcome(order));
            }
            assertThat(outcomes).as("seed %s", seed).hasSize(1);
            withDetections += outcomes.first().isEmpty() ? 0 : 1;
        }
        assertThat(withDetections).isGreaterThan(HISTORIES / 10);
    }

    private static List<DeliveryOrder> events(long seed) {
        var history = RandomHistories.of(seed, "ws1", Duration.ofMinutes(10)).deliveries();
        return history.subList(0, Math.min(FACTS, history.size()));
    }

    private static List<List<DeliveryOrder>> ordersOf(List<DeliveryOrder> events) {
        if (events.isEmpty()) {
            return List.of(List.of());
        }
        var orders = new ArrayList<List<DeliveryOrder>>();
        for (int i = 0; i < events.size(); i++) {
            var others = new ArrayList<>(events);
            var first = others.remove(i);
            for (var rest : ordersOf(others)) {
                var order = new ArrayList<DeliveryOrder>();
                order.add(first);
                order.addAll(rest);
                orders.add(order);
            }
        }
        return orders;
    }

    private static String outcome(List<DeliveryOrder> order) {
        var replay = new Replay("ws1", ChainDefinition.builtIn(Platform.WINDOWS), SensorsAt.alive());
        var now = EvidenceDraft.NINE_O_CLOCK.plus(Duration.ofHours(1));
        for (var delivery : order) {
            now = now.plusSeconds(90);
            replay.deliver(now, delivery.evidence());
        }
        var outcome = new StringBuilder();
        replay.passToTheEnd()
                .finalDetections()
                .forEach((id, detection) -> outcome.append(id)
                        .append(' ')
                        .append(detection.getContentHash())
                        .append('\n'));
        return outcome.toString();
    }
}
