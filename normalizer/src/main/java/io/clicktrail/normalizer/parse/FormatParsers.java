package io.clicktrail.normalizer.parse;

import io.clicktrail.normalizer.format.TextFormat;
import io.clicktrail.normalizer.json.JsonFields;
import io.clicktrail.normalizer.json.JsonReader;
import io.clicktrail.normalizer.raw.InputLimits;

/**
 * The formats with what is reused from record to record to read them: the JSON reader, one table of fields for each
 * depth of envelopes, and the text formats by the first byte of their records. Not safe for several threads.
 */
final class FormatParsers {

    private final Formats formats;
    private final TextFormat[][] textByFirstByte;
    private final TextFormat[][] lastByFirstByte;
    private final JsonReader json;
    private final JsonFields[] fieldsByDepth;

    FormatParsers(Formats formats, InputLimits limits) {
        this.formats = formats;
        this.textByFirstByte = formats.textByFirstByte(false);
        this.lastByFirstByte = formats.textByFirstByte(true);
        this.json = new JsonReader(formats.paths(), limits);
        this.fieldsByDepth = new JsonFields[limits.envelopes() + 1];
        for (int i = 0; i < fieldsByDepth.length; i++) {
            fieldsByDepth[i] = json.newFields();
        }
    }

    Formats formats() {
        return formats;
    }

    JsonReader json() {
        return json;
    }

    /** The table for a document inside so many envelopes; its former content is overwritten. */
    JsonFields fields(int depth) {
        return fieldsByDepth[depth];
    }

    /** The text formats, or the last of them, whose records may begin with a byte, in the order of trial. */
    TextFormat[] textBeginningWith(byte first, boolean isLast) {
        return (isLast ? lastByFirstByte : textByFirstByte)[first & 255];
    }
}
