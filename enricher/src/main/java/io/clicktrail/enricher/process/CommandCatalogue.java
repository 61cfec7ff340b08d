package io.clicktrail.enricher.process;

import io.clicktrail.enricher.file.FileNames;
import io.clicktrail.schemas.lists.DataList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Which part programs play where people type or paste commands, by the file names of their images. */
public final class CommandCatalogue {

    /** Part of an image; one can play several. */
    public enum Role {
        /** Where people type commands: a terminal, or the Run dialog of a desktop. */
        PROMPT,
        /** A shell that people work in. */
        PERSONAL_SHELL,
        /** Any shell that can wait for a command. */
        SHELL,
        /** Saves or shows what it fetches, and runs none of it. */
        FETCHER
    }

    private final Map<Role, Set<String>> images;

    private CommandCatalogue(Map<Role, Set<String>> images) {
        this.images = images;
    }

    /** @throws IllegalArgumentException with file, line and reason where a row is none of this list */
    public static CommandCatalogue of(DataList list) {
        Map<Role, Set<String>> images = new EnumMap<>(Role.class);
        list.forEach(row -> images.computeIfAbsent(row.one(0, Role.class), role -> new HashSet<>())
                .addAll(row.words(1)));
        return new CommandCatalogue(images);
    }

    /** True where an image, given by path or name, plays a part. */
    public boolean is(Role role, String image) {
        return images.getOrDefault(role, Set.of())
                .contains(FileNames.ofPath(image).toLowerCase(Locale.ROOT));
    }
}
