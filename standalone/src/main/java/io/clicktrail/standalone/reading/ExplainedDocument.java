package io.clicktrail.standalone.reading;

import java.util.List;

/**
 * How a document of a record was read.
 *
 * @param envelopes what is around it, from the outside
 * @param format the format that read it, {@code none} where none did
 * @param outcome what became of it: {@code normalized}, {@code ignored}, {@code rejected} or {@code piece} with the
 *     dataset or the reason
 * @param fields the fields of its events
 * @param leftOver the names of the document whose value is in none of them
 */
public record ExplainedDocument(
        List<String> envelopes, String format, String outcome, List<NamedValue> fields, List<String> leftOver) {

    public ExplainedDocument {
        envelopes = List.copyOf(envelopes);
        fields = List.copyOf(fields);
        leftOver = List.copyOf(leftOver);
    }
}
