package io.clicktrail.normalizer.mapping;

import io.clicktrail.normalizer.format.JsonFormat;
import io.clicktrail.normalizer.format.TextFormat;
import io.clicktrail.normalizer.json.JsonPaths;
import java.util.ArrayList;
import java.util.List;

/** The formats of mappings, in their order. */
public record MappedFormats(List<JsonFormat> json, List<TextFormat> text) {

    public MappedFormats {
        json = List.copyOf(json);
        text = List.copyOf(text);
    }

    public static MappedFormats of(List<Mapping> mappings, JsonPaths paths) {
        List<JsonFormat> json = new ArrayList<>();
        List<TextFormat> text = new ArrayList<>();
        for (Mapping mapping : mappings) {
            switch (mapping.signature()) {
                case Mapping.Signature.Json signature -> json.add(new MappedJsonFormat(mapping, signature, paths));
                case Mapping.Signature.Line signature -> text.add(new MappedLineFormat(mapping, signature));
            }
        }
        return new MappedFormats(json, text);
    }
}
