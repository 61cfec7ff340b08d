package io.clicktrail.alerter.page;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** The fields of a record that hold something, as rows with dotted names. */
final class FieldRows {

    private static final Set<String> NAMES_OF_PLACES =
            Set.of("tenant_key", "question_name", "referrer_tenant_key", "resolved_ip");
    private static final int MAX_ROWS = 200;

    private final SafeWords words;
    private final List<CaseView.Field> rows = new ArrayList<>();

    private FieldRows(SafeWords words) {
        this.words = words;
    }

    /** @param without names of fields on the first level that are left out */
    static List<CaseView.Field> of(SpecificRecord record, Set<String> without, SafeWords words) {
        var table = new FieldRows(words);
        for (Schema.Field field : record.getSchema().getFields()) {
            if (!without.contains(field.name())) {
                table.add(field.name(), field.name(), record.get(field.pos()));
            }
        }
        return List.copyOf(table.rows);
    }

    private void add(String path, String name, @Nullable Object value) {
        if (rows.size() >= MAX_ROWS) {
            return;
        }
        switch (value) {
            case null -> {}
            case SpecificRecord record -> {
                for (Schema.Field field : record.getSchema().getFields()) {
                    add(path + "." + field.name(), field.name(), record.get(field.pos()));
                }
            }
            case List<?> list -> list(path, name, list);
            case Instant time -> row(path, name, time.toString());
            case Enum<?> symbol -> {
                if (!symbol.name().equals("UNKNOWN") && !symbol.name().equals("NONE")) {
                    row(path, name, symbol.name());
                }
            }
            case Boolean flag -> {
                if (flag) {
                    row(path, name, "true");
                }
            }
            default -> row(path, name, value.toString());
        }
    }

    /** Records one by one, anything else in one row. */
    private void list(String path, String name, List<?> list) {
        if (list.isEmpty()) {
            return;
        }
        if (list.getFirst() instanceof SpecificRecord) {
            for (int at = 0; at < list.size(); at++) {
                add(path + "[" + at + "]", name, list.get(at));
            }
        } else {
            row(path, name, String.join(", ", list.stream().map(String::valueOf).toList()));
        }
    }

    private void row(String path, String name, String text) {
        boolean place = NAMES_OF_PLACES.contains(name)
                || path.equals("domain.host")
                || path.equals("destination.domain")
                || path.equals("client.domain");
        rows.add(new CaseView.Field(path, place ? words.host(text) : words.prose(text)));
    }
}
