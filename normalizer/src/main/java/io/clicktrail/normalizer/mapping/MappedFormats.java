package io.clicktrail.normalizer.mapping;

import io.clicktrail.normalizer.format.JsonFormat;
import io.clicktrail.normalizer.format.TextFormat;
import io.clicktrail.normalizer.json.JsonPaths;
import io.clicktrail.normalizer.mapping.Mapping.Signature;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The formats of mappings, in their order; forms of one name are one format. */
public record MappedFormats(List<JsonFormat> json, List<TextFormat> text) {

    public MappedFormats {
        json = List.copyOf(json);
        text = List.copyOf(text);
    }

    public static MappedFormats of(List<Mapping> mappings, JsonPaths paths) {
        Map<String, List<Mapping>> byName = new LinkedHashMap<>();
        mappings.forEach(each ->
                byName.computeIfAbsent(each.name(), absent -> new ArrayList<>()).add(each));
        List<JsonFormat> json = new ArrayList<>();
        List<TextFormat> text = new ArrayList<>();
        LineBuffer buffer = new LineBuffer();
        byName.forEach((name, forms) -> {
            List<String> datasets =
                    forms.stream().flatMap(Mapping::datasets).distinct().toList();
            if (forms.getFirst().signature() instanceof Signature.Json) {
                json.add(new MappedJsonFormat(name, datasets, forms, paths));
            } else {
                text.add(new MappedLineFormat(name, datasets, forms, buffer));
            }
        });
        return new MappedFormats(json, text);
    }
}
