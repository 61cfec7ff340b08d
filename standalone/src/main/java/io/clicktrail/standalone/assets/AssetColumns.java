package io.clicktrail.standalone.assets;

import io.clicktrail.organisation.EntryKind;
import io.clicktrail.schemas.lists.DataList;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which column of a file holds what, by a dated list of the names that inventories and directories use. */
final class AssetColumns {

    private static final String LIST = "asset-columns-2026-11.csv";
    private static final Map<EntryKind, Map<String, List<String>>> COLUMNS = read();

    /** Columns that only devices have: Active Directory gives computers the same names as people. */
    private static final Set<String> OF_DEVICES =
            Set.of("dnshostname", "fqdn", "operatingsystem", "sysclassname", "chassistype");

    private AssetColumns() {}

    /** A column's name as the list has it: letters and digits, lower case. */
    static String plain(String column) {
        return column.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    /** What a file with these columns is about: hosts, unless a column is one that only another kind has. */
    static EntryKind kindOf(Set<String> columns) {
        if (hasAny(columns, EntryKind.EXERCISE, "places") || hasAny(columns, EntryKind.EXERCISE, "senders")) {
            return EntryKind.EXERCISE;
        }
        if (hasAny(columns, EntryKind.PLAYBOOK, "standard")) {
            return EntryKind.PLAYBOOK;
        }
        boolean isOfDevices = columns.stream().anyMatch(OF_DEVICES::contains);
        return !isOfDevices && hasAny(columns, EntryKind.PERSON, "name") ? EntryKind.PERSON : EntryKind.HOST;
    }

    private static boolean hasAny(Set<String> columns, EntryKind kind, String field) {
        return names(kind, field).stream().anyMatch(columns::contains);
    }

    /** The first value of a field that is not empty; null where there is none. */
    static @Nullable String value(EntryKind kind, String field, Map<String, String> row) {
        List<String> all = values(kind, field, row);
        return all.isEmpty() ? null : all.getFirst();
    }

    /** All values of a field that are not empty. */
    static List<String> values(EntryKind kind, String field, Map<String, String> row) {
        var values = new ArrayList<String>();
        for (String column : names(kind, field)) {
            String value = row.get(column);
            if (value != null && !value.isBlank() && !values.contains(value.strip())) {
                values.add(value.strip());
            }
        }
        return values;
    }

    private static List<String> names(EntryKind kind, String field) {
        return Objects.requireNonNull(Objects.requireNonNull(COLUMNS.get(kind)).get(field), field);
    }

    private static Map<EntryKind, Map<String, List<String>>> read() {
        try (var in = AssetColumns.class.getResourceAsStream(LIST)) {
            var columns = new EnumMap<EntryKind, Map<String, List<String>>>(EntryKind.class);
            DataList.read(LIST, ';', Objects.requireNonNull(in, LIST))
                    .forEach(row -> columns.computeIfAbsent(row.one(0, EntryKind.class), kind -> new LinkedHashMap<>())
                            .put(row.text(1), row.words(2)));
            return columns;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
