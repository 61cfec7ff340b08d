package io.clicktrail.normalizer.mapping;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The formats that come with the project as mapping files, {@code formats/*.yaml} on the class path, in the order of
 * {@code formats/index.txt}.
 */
public final class BundledMappings {

    private static final String FOLDER = "/formats/";
    private static final String LAST = "generic.yaml";
    private static final List<Mapping> ALL = load(file -> !file.equals(LAST));
    private static final List<Mapping> GENERIC = load(LAST::equals);

    private BundledMappings() {}

    public static List<Mapping> all() {
        return ALL;
    }

    /** Formats of products that nobody has described, which are tried last. */
    public static List<Mapping> generic() {
        return GENERIC;
    }

    private static List<Mapping> load(Predicate<String> isMeant) {
        List<Mapping> mappings = new ArrayList<>();
        text("index.txt").lines().filter(isMeant).forEach(file -> {
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
