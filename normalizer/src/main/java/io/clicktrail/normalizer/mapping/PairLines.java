package io.clicktrail.normalizer.mapping;

import io.clicktrail.normalizer.format.EnvelopeMetadata;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.format.TextFormat;
import io.clicktrail.normalizer.json.JsonFields;
import io.clicktrail.normalizer.json.JsonPaths;
import io.clicktrail.normalizer.json.JsonReader;
import io.clicktrail.normalizer.mapping.Mapping.Signature;
import io.clicktrail.normalizer.raw.InputLimits;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.Reason;
import io.clicktrail.normalizer.text.Lines;
import io.clicktrail.normalizer.text.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lines of pairs of products that nobody has described, read by the names of their keys as a JSON object with these
 * members would be. Tried last. Not safe for several threads.
 */
public final class PairLines implements TextFormat {

    private final List<String> datasets;
    private final Criterion[][] signature;
    private final CaseReader[] cases;
    private final JsonReader reader;
    private final JsonFields fields;

    /**
     * Lines of pairs with the names of a format of JSON.
     *
     * @param paths those of all formats
     */
    public PairLines(Mapping names, JsonPaths paths, InputLimits limits) {
        var compiler = new Compiler(paths::field, paths);
        this.datasets = names.datasets().toList();
        this.signature = compiler.condition(((Signature.Json) names.signature()).condition());
        this.cases = CaseReader.of(names, compiler);
        this.reader = new JsonReader(paths, limits);
        this.fields = reader.newFields();
    }

    @Override
    public String name() {
        return "generic.pairs";
    }

    @Override
    public List<String> datasets() {
        return datasets;
    }

    @Override
    public boolean recognises(Span text) {
        JsonFields pairs = pairs(new Span(text.bytes(), text.from(), Lines.end(text.bytes(), text.from(), text.to())));
        return pairs != null
                && Criterion.any(signature, pairs, EnvelopeMetadata.NONE)
                && CaseReader.isMeant(cases, pairs, EnvelopeMetadata.NONE);
    }

    @Override
    public Outcome read(Span record, RecordContext context) {
        JsonFields pairs = pairs(record);
        return pairs == null ? context.rejected(Reason.NO_MATCH, this) : CaseReader.read(cases, pairs, context, this);
    }

    private @Nullable JsonFields pairs(Span line) {
        byte[] object = LoosePairs.object(line);
        if (object == null) {
            return null;
        }
        reader.read(reader.open(object, 0, object.length), object, fields);
        return fields;
    }
}
