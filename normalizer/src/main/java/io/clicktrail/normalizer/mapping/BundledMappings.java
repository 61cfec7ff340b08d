package io.clicktrail.normalizer.mapping;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The formats that come with the project as mapping files, {@code formats/*.yaml} on the class path, in the order of
 * {@code formats/index.txt}.
 */
public final class BundledMappings {

    private static final String FOLDER = "/formats/";
    private static final List<Mapping> ALL = load(text("index.txt").lines().toList());
    private static final List<Mapping> GENERIC = load(List.of("generic.yaml"));

    private BundledMappings() {}

    public static List<Mapping> all() {
        return ALL;
    }

    /** Formats of products that nobody has described, which are tried last. */
    public static List<Mapping> generic() {
        return GENERIC;
    }

    private static List<Mapping> load(List<String> files) {
        List<Mapping> mappings = new ArrayList<>();
        files.stream().filter(file -> !file.isBlank()).forEach(file -> {
            switch (MappingFile.bundled(file, text(file))) {
                case MappingReading.Valid valid -> mappings.addAll(valid.mappings());
                case MappingReading.Invalid invalid -> throw new IllegalStateException(invalid.toString());
            }
        });
        return List.copyOf(mappings);
    }

    private static String text(String file) {
        try (InputStream in = BundledMappings.class.getResourceAsStream(FOLDER + file)) {
            if (in == null) {
                throw new IllegalStateException(FOLDER + file + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
