package io.clicktrail.normalizer.json;

import io.clicktrail.event.Hash;
import io.clicktrail.normalizer.event.Hashes;
import org.jspecify.annotations.Nullable;

/** Where a {@code hash} object of ECS is in a document. */
public record HashFields(int md5, int sha1, int sha256) {

    /** The places under a path such as {@code process.hash}. */
    public static HashFields of(JsonPaths paths, String path) {
        return new HashFields(paths.field(path + ".md5"), paths.field(path + ".sha1"), paths.field(path + ".sha256"));
    }

    /** The hashes of a document, or null where it has none. */
    public @Nullable Hash read(JsonFields document) {
        return Hashes.of(document.get(md5), document.get(sha1), document.get(sha256));
    }
}
