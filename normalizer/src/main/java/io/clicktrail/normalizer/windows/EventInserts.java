package io.clicktrail.normalizer.windows;

import io.clicktrail.normalizer.text.TabTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives the values of an event their names where an agent sends them without, by their order. */
final class EventInserts {

    private static final int COLUMNS = 3;
    private static final List<Order> ORDERS = TabTable.rows("windows/inserts.tsv", COLUMNS).stream()
            .map(row -> new Order(
                    row[0].replace("=", ""),
                    !row[0].endsWith("=") && row[0].equals("security"),
                    row[1],
                    Arrays.stream(row[2].split(" ", -1)).map(EventData::named).toList()))
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

    private record Order(String provider, boolean isOpen, String eventId, List<@Nullable EventData> fields) {
        Order {
            fields = new ArrayList<>(fields);
        }
    }
}
