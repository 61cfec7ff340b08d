package io.clicktrail.normalizer.proxy;

import io.clicktrail.normalizer.fields.FieldNames;
import io.clicktrail.normalizer.fields.KeyValuePairs;
import io.clicktrail.normalizer.fields.TextFields;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.format.TextFormat;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.text.Lines;
import io.clicktrail.normalizer.text.Span;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Zscaler's web log as the NSS writes it for Splunk: keys with values, separated by tabs, mostly after a time stamp of
 * their own.
 */
public final class ZscalerNss implements TextFormat {

    private static final String OTHER = "zscaler.other";
    private static final int FIRST_TAB = 64;
    private static final int STAMP = 19;
    private static final KeyValuePairs TABS = new KeyValuePairs('\t', '=');

    private final FieldNames names = new FieldNames();
    private final ZscalerWeb web = new ZscalerWeb(names::slot);

    @Override
    public String name() {
        return "zscaler.nss";
    }

    @Override
    public List<String> datasets() {
        return List.of(ZscalerWeb.DATASET, OTHER);
    }

    @Override
    public boolean recognises(Span text) {
        byte[] bytes = text.bytes();
        int from = text.from();
        int tab = Lines.findInHead(text, FIRST_TAB, "\t");
        if (tab < 0 || (tab - from < STAMP && Lines.find(bytes, from, tab, "=") < 0)) {
            return false;
        }
        int end = Lines.end(bytes, from, text.to());
        return Lines.find(bytes, from, end, "\tproduct=NSS") > 0
                || Lines.find(bytes, from, end, "\tvendor=Zscaler") > 0;
    }

    @Override
    public Outcome read(Span record, RecordContext context) {
        String line = new String(record.bytes(), record.from(), record.length(), StandardCharsets.UTF_8);
        int tab = line.indexOf('\t');
        boolean isStamped = line.lastIndexOf('=', tab) < 0;
        TextFields row = new TextFields(names, context.limits().fieldChars());
        TABS.read(line, isStamped ? tab + 1 : 0, names, row);
        if (!row.has(web.url)) {
            return new Outcome.Ignored(OTHER, "log without use here");
        }
        return web.read(row, isStamped ? line.substring(0, tab) : null, context, this);
    }
}
