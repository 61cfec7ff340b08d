package io.clicktrail.normalizer.ignored;

import io.clicktrail.normalizer.format.EnvelopeMetadata;
import io.clicktrail.normalizer.format.JsonFormat;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.json.JsonCondition;
import io.clicktrail.normalizer.json.JsonFields;
import io.clicktrail.normalizer.json.JsonPaths;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JSON documents of {@code ignored.tsv}. */
public final class IgnoredJson implements JsonFormat {

    private final List<IgnoredRecords> rows = IgnoredRecords.of("json");
    private final List<JsonCondition> conditions;

    public IgnoredJson(JsonPaths paths) {
        conditions = rows.stream()
                .map(row -> JsonCondition.of(paths, row.signature()))
                .toList();
    }

    @Override
    public String name() {
        return "ignored.json";
    }

    @Override
    public List<String> datasets() {
        return IgnoredRecords.datasets(rows);
    }

    @Override
    public boolean recognises(JsonFields document, EnvelopeMetadata metadata) {
        return row(document) != null;
    }

    private @Nullable IgnoredRecords row(JsonFields document) {
        for (int i = 0; i < conditions.size(); i++) {
            if (conditions.get(i).holds(document)) {
                return rows.get(i);
            }
        }
        return null;
    }

    @Override
    public Outcome read(JsonFields document, RecordContext context) {
        IgnoredRecords row = row(document);
        return row == null
                ? context.rejected(Reason.UNKNOWN_FORMAT, this)
                : new Outcome.Ignored(row.dataset(), row.reason());
    }
}
