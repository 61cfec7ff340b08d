package io.clicktrail.normalizer.windows;

import io.clicktrail.normalizer.text.TabTable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The order of the values of events: it gives them their names where an agent sends them without. */
final class EventInserts {

    private static final int COLUMNS = 3;
    private static final List<Order> ORDERS = TabTable.rows("windows/inserts.tsv", COLUMNS).stream()
            .map(row -> new Order(
                    row[0].replace("=", ""),
                    !row[0].endsWith("=") && row[0].equals("security"),
                    row[1],
                    List.of(row[2].split(" ", -1))))
            .toList();

    private EventInserts() {}

    /** Whether the order of the values is known; only then they are put into the record. */
    static boolean name(WindowsRecord record, List<String> values) {
        List<@Nullable EventData> fields = fields(record, values.size());
        for (int i = 0; i < Math.min(fields.size(), values.size()); i++) {
            EventData field = fields.get(i);
            if (field != null) {
                record.data(field, values.get(i));
            }
        }
        return !fields.isEmpty();
    }

    /** The labels of Sysmon's text in their order; none where the event is not known. */
    static List<String> sysmonLabels(WindowsRecord record) {
        return ORDERS.stream()
                .filter(order -> order.provider.equals("sysmon") && order.eventId.equals(record.eventId()))
                .findFirst()
                .map(Order::names)
                .orElse(List.of());
    }

    private static List<@Nullable EventData> fields(WindowsRecord record, int count) {
        String provider = record.isSysmon() ? "sysmon" : record.isSecurity() ? "security" : "";
        List<@Nullable EventData> first = List.of();
        for (Order order : ORDERS) {
            if (order.eventId.equals(record.eventId()) && order.provider.equals(provider)) {
                if (order.fields.size() == count) {
                    return order.fields;
                }
                first = first.isEmpty() && order.isOpen ? order.fields : first;
            }
        }
        return first;
    }

    private record Order(
            String provider, boolean isOpen, String eventId, List<String> names, List<@Nullable EventData> fields) {

        Order(String provider, boolean isOpen, String eventId, List<String> names) {
            this(
                    provider,
                    isOpen,
                    eventId,
                    names,
                    names.stream().map(EventData::named).toList());
        }
    }
}
