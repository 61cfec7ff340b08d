package io.clicktrail.schemas;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.jspecify.annotations.Nullable;

/**
 * All versions of a schema, oldest first, and the schema of this release.
 *
 * <p>Released versions are in {@code history/<Name>/<number>.avsc} next to this class, numbered from 1 without a gap.
 */
final class SchemaHistory {

    private final List<Schema> versions;
    private final Map<Long, Schema> byFingerprint = new HashMap<>();

    private SchemaHistory(List<Schema> versions, Schema current) {
        this.versions = List.copyOf(versions);
        versions.forEach(version -> byFingerprint.put(SchemaNormalization.parsingFingerprint64(version), version));
        byFingerprint.put(SchemaNormalization.parsingFingerprint64(current), current);
    }

    /** The history of the type whose current schema is given. */
    static SchemaHistory of(Schema current) {
        var versions = new ArrayList<Schema>();
        for (var version = read(current.getName(), 1);
                version != null;
                version = read(current.getName(), versions.size() + 1)) {
            versions.add(version);
        }
        return new SchemaHistory(versions, current);
    }

    /** The versions in files, oldest first. */
    List<Schema> versions() {
        return versions;
    }

    @Nullable
    Schema byFingerprint(long fingerprint) {
        return byFingerprint.get(fingerprint);
    }

    private static @Nullable Schema read(String name, int number) {
        try (var file = SchemaHistory.class.getResourceAsStream("history/" + name + "/" + number + ".avsc")) {
            return file == null ? null : new Schema.Parser().parse(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
