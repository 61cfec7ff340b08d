package io.clicktrail.normalizer.cef;

import io.clicktrail.normalizer.text.TabTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What single products put into CEF and LEEF: the role of their events, and the keys that hold something else than the
 * standard says. The list is {@code products.tsv}; the first row that fits holds.
 */
final class DeviceProducts {

    private static final String LIST = "cef/products.tsv";
    private static final int COLUMNS = 6;

    /** In place of a slot: the product does not have the key, and puts something else where the standard has it. */
    static final int NOWHERE = -2;

    /** What custom strings of ArcSight's connectors hold, by their label in lower case. */
    static final Map<String, ExtensionField> LABELS = Map.of(
            "process command line", ExtensionField.COMMAND_LINE,
            "command line", ExtensionField.COMMAND_LINE,
            "commandline", ExtensionField.COMMAND_LINE,
            "creator process name", ExtensionField.PARENT_PROCESS,
            "parent process name", ExtensionField.PARENT_PROCESS,
            "parent process", ExtensionField.PARENT_PROCESS,
            "referrer", ExtensionField.REFERRER,
            "referer", ExtensionField.REFERRER,
            "logon type", ExtensionField.LOGON_TYPE);

    private static final int CUSTOM_STRINGS = 6;

    private final int[][] customStrings = new int[CUSTOM_STRINGS][];
    private final Map<String, List<Row>> byVendor = new HashMap<>();
    private final Map<String, Integer> slots = new HashMap<>();
    private final int[][] standard = new int[ExtensionField.all().length][];

    private DeviceProducts() {
        for (ExtensionField key : ExtensionField.all()) {
            standard[key.ordinal()] = key.spellings().stream()
                    .mapToInt(spelling -> slots.computeIfAbsent(spelling, absent -> slots.size()))
                    .toArray();
        }
        for (int i = 0; i < CUSTOM_STRINGS; i++) {
            customStrings[i] = new int[] {
                slots.computeIfAbsent("cs" + (i + 1) + "Label", absent -> slots.size()),
                slots.computeIfAbsent("cs" + (i + 1), absent -> slots.size())
            };
        }
    }

    /** The slots of the label and of the value of each custom string. */
    int[][] customStrings() {
        return customStrings;
    }

    static DeviceProducts load() {
        DeviceProducts products = new DeviceProducts();
        TabTable.rows(LIST, COLUMNS).forEach(products::add);
        return products;
    }

    /** The place of a key in {@link ExtensionValues}, or -1 where nothing reads it. */
    int slot(String spelling) {
        Integer slot = slots.get(spelling);
        return slot == null ? -1 : slot;
    }

    /** The places of a key's spellings in the standard, the most trusted first. */
    int[] slots(ExtensionField key) {
        return standard[key.ordinal()];
    }

    int slots() {
        return slots.size();
    }

    /** The row of a device's event, or null where the standard holds. */
    @Nullable
    Row of(CefHeader header) {
        List<Row> rows = byVendor.get(header.vendor().toLowerCase(Locale.ROOT));
        if (rows != null) {
            for (Row row : rows) {
                if (row.fits(header)) {
                    return row;
                }
            }
        }
        return null;
    }

    private void add(String[] cells) {
        int[] fields = new int[ExtensionField.all().length];
        Arrays.fill(fields, -1);
        for (String pair : cells[5].isEmpty() ? new String[0] : cells[5].split(",", -1)) {
            int equals = pair.indexOf('=');
            ExtensionField key = ExtensionField.valueOf(pair.substring(0, equals));
            String spelling = pair.substring(equals + 1);
            fields[key.ordinal()] =
                    spelling.isEmpty() ? NOWHERE : slots.computeIfAbsent(spelling, name -> slots.size());
        }
        byVendor.computeIfAbsent(cells[0].toLowerCase(Locale.ROOT), vendor -> new ArrayList<>())
                .add(new Row(
                        cells[1],
                        cells[2],
                        cells[3],
                        DeviceEventKind.valueOf(cells[4].toUpperCase(Locale.ROOT)),
                        fields));
    }

    /**
     * One row; a pattern is a text, or its beginning before an asterisk.
     *
     * @param fields by key the slot that holds it, -1 where the standard's does, or {@link #NOWHERE}
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Row(String product, String eventClass, String name, DeviceEventKind role, int[] fields) {

        boolean fits(CefHeader header) {
            return fits(product, header.product())
                    && fits(eventClass, header.eventClass())
                    && fits(name, header.name());
        }

        private static boolean fits(String pattern, String text) {
            int last = pattern.length() - 1;
            return last >= 0 && pattern.charAt(last) == '*'
                    ? text.regionMatches(true, 0, pattern, 0, last)
                    : text.equalsIgnoreCase(pattern);
        }
    }
}
