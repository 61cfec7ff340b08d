package io.clicktrail.normalizer.mapping;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The mapping files of a service or a command, read once at its start. */
public final class MappingFiles {

    private static final int MAX_FILES = 100;
    private static final long MAX_BYTES = 4L * MappingFile.MAX_CHARACTERS;

    private MappingFiles() {}

    /**
     * Reads mapping files.
     *
     * @throws MappingException if one cannot be read or has a mistake, with file, line and reason
     */
    public static List<Mapping> read(List<Path> files) {
        if (files.size() > MAX_FILES) {
            throw new MappingException("more than " + MAX_FILES + " mapping files");
        }
        List<Mapping> mappings = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Path file : files) {
            switch (MappingFile.parse(file.toString(), content(file))) {
                case MappingReading.Valid valid -> {
                    for (String name : valid.names()) {
                        if (!names.add(name)) {
                            throw new MappingException("two files have a format " + name);
                        }
                    }
                    mappings.addAll(valid.mappings());
                }
                case MappingReading.Invalid invalid -> throw new MappingException(invalid.toString());
            }
        }
        return List.copyOf(mappings);
    }

    private static String content(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new MappingException(file + ": larger than " + MAX_BYTES + " bytes");
            }
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new MappingException(file + ": is no UTF-8");
        } catch (IOException e) {
            throw new MappingException(file + ": cannot be read: " + e.getMessage());
        }
    }

    /** A mapping file that cannot be used; its message says where and why. */
    public static final class MappingException extends RuntimeException {
        private static final long serialVersionUID = 1;

        MappingException(String message) {
            super(message);
        }
    }
}
