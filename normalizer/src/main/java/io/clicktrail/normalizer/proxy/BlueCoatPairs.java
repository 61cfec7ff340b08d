package io.clicktrail.normalizer.proxy;

import io.clicktrail.normalizer.fields.KeyValuePairs;
import io.clicktrail.normalizer.fields.TextFields;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.format.TextFormat;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.text.Lines;
import io.clicktrail.normalizer.text.Span;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Blue Coat's access log as keys with values, the form that Splunk asks for; the time is the envelope's. */
public final class BlueCoatPairs implements TextFormat {

    private static final int FIRST_KEY = 32;
    private static final KeyValuePairs BLANKS = new KeyValuePairs(' ', '=');

    private final BlueCoatRow row = new BlueCoatRow();

    @Override
    public String name() {
        return "bluecoat.pairs";
    }

    @Override
    public List<String> datasets() {
        return List.of(BlueCoatRow.DATASET);
    }

    @Override
    public boolean recognises(Span text) {
        int from = text.from();
        int key = Lines.findInHead(text, FIRST_KEY, "c-ip=");
        return key >= 0
                && (key == from || text.bytes()[key - 1] == ' ')
                && Lines.find(text.bytes(), key, Lines.end(text.bytes(), key, text.to()), " cs-host=") > 0;
    }

    @Override
    public Outcome read(Span record, RecordContext context) {
        String line = new String(record.bytes(), record.from(), record.length(), StandardCharsets.UTF_8);
        TextFields values = new TextFields(row.names, context.limits().fieldChars());
        BLANKS.read(line, line.indexOf("c-ip="), row.names, values);
        return row.read(values, context, this);
    }
}
