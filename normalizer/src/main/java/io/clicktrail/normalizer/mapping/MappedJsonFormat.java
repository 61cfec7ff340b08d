package io.clicktrail.normalizer.mapping;

import io.clicktrail.normalizer.format.EnvelopeMetadata;
import io.clicktrail.normalizer.format.JsonFormat;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.json.JsonFields;
import io.clicktrail.normalizer.json.JsonPaths;
import io.clicktrail.normalizer.mapping.Mapping.Signature;
import io.clicktrail.normalizer.raw.Outcome;
import java.util.List;

/** A mapped format whose records are JSON objects. */
public final class MappedJsonFormat implements JsonFormat {

    private final String name;
    private final List<String> datasets;
    private final Criterion[][][] signatures;
    private final CaseReader[][] cases;

    MappedJsonFormat(String name, List<String> datasets, List<Mapping> forms, JsonPaths paths) {
        var compiler = new Compiler(paths::field, paths);
        this.name = name;
        this.datasets = datasets;
        this.signatures = forms.stream()
                .map(form -> compiler.condition(((Signature.Json) form.signature()).condition()))
                .toArray(Criterion[][][]::new);
        this.cases = forms.stream().map(form -> CaseReader.of(form, compiler)).toArray(CaseReader[][]::new);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<String> datasets() {
        return datasets;
    }

    @Override
    public boolean recognises(JsonFields document, EnvelopeMetadata metadata) {
        return form(document, metadata) < signatures.length;
    }

    @Override
    public Outcome read(JsonFields document, RecordContext context) {
        return CaseReader.read(cases[form(document, context.metadata())], document, context, this);
    }

    /** The first form that fits, or as many as there are. */
    private int form(JsonFields document, EnvelopeMetadata metadata) {
        int form = 0;
        while (form < signatures.length && !Criterion.any(signatures[form], document, metadata)) {
            form++;
        }
        return form;
    }
}
