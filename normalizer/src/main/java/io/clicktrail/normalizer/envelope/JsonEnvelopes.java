package io.clicktrail.normalizer.envelope;

import io.clicktrail.normalizer.json.JsonPaths;
import io.clicktrail.normalizer.text.TabTable;
import java.util.List;
import java.util.stream.Stream;

/**
 * The JSON documents that collectors put around a record, or around several, as rows of {@code envelopes.tsv}: a new
 * one is a new row.
 *
 * @param first tried before the formats, for documents that would pass for a record of one of them
 * @param last tried on documents of no known format
 */
public record JsonEnvelopes(List<JsonEnvelope> first, List<JsonEnvelope> last) {

    private static final String LIST = "envelope/envelopes.tsv";
    private static final int COLUMNS = 7;
    private static final String NONE = "-";

    public JsonEnvelopes {
        first = List.copyOf(first);
        last = List.copyOf(last);
    }

    /**
     * All rows, and after them the records that are wrapped in the name of their log as the only key: {@code
     * {"http":{..}}}, as metron-bro-plugin-kafka writes it.
     *
     * @param logs the names of such logs
     */
    public static JsonEnvelopes load(JsonPaths paths, List<String> logs) {
        List<String[]> rows = TabTable.rows(LIST, COLUMNS);
        Stream<JsonEnvelope> wrappers = logs.stream()
                .map(log -> new JsonEnvelope(
                        paths, new String[] {"log." + log, NONE, "#1," + log + "{}", log, NONE, NONE, "=" + log}));
        return new JsonEnvelopes(
                rows.stream()
                        .filter(row -> row[1].equals("first"))
                        .map(row -> new JsonEnvelope(paths, row))
                        .toList(),
                Stream.concat(
                                rows.stream()
                                        .filter(row -> !row[1].equals("first"))
                                        .map(row -> new JsonEnvelope(paths, row)),
                                wrappers)
                        .toList());
    }
}
