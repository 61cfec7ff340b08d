package io.clicktrail.normalizer.mapping;

import java.util.List;

/** What became of a mapping file. */
public sealed interface MappingReading {

    /** The formats that the file describes, in its order. */
    record Valid(List<Mapping> mappings) implements MappingReading {
        public Valid {
            mappings = List.copyOf(mappings);
        }

        /** The names of the formats, each once. */
        List<String> names() {
            return mappings.stream().map(Mapping::name).distinct().toList();
        }
    }

    /**
     * The first mistake in the file.
     *
     * @param line from 1
     */
    record Invalid(String file, int line, String reason) implements MappingReading {
        @Override
        public String toString() {
            return file + ":" + line + ": " + reason;
        }
    }
}
