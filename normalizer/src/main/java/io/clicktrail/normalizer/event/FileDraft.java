package io.clicktrail.normalizer.event;

import io.clicktrail.event.File;
import io.clicktrail.event.Hash;
import io.clicktrail.event.MarkAction;
import org.jspecify.annotations.Nullable;

/** A file as a format reads it, field by field; what is never said stays absent. */
public final class FileDraft {

    private final String path;
    private final String name;
    private @Nullable String extension;
    private @Nullable Long size;
    private @Nullable String mimeType;
    private @Nullable Hash hash;
    private @Nullable String forkName;
    private @Nullable String originUrl;
    private @Nullable String originReferrerUrl;
    private @Nullable Integer zoneId;
    private MarkAction mark = MarkAction.NONE;
    private @Nullable String originalPath;
    private @Nullable String mode;

    public FileDraft(FilePath path) {
        this.path = path.path();
        name = path.name();
        extension = path.extension();
    }

    /** For a name that is not the file's own. */
    public FileDraft withoutExtension() {
        extension = null;
        return this;
    }

    /** Bytes. */
    public FileDraft size(@Nullable Long value) {
        size = value;
        return this;
    }

    public FileDraft mimeType(@Nullable String value) {
        mimeType = value;
        return this;
    }

    public FileDraft hash(@Nullable Hash value) {
        hash = value;
        return this;
    }

    public FileDraft forkName(@Nullable String value) {
        forkName = value;
        return this;
    }

    /** Where the file came from, and the page that led there. */
    public FileDraft origin(@Nullable String url, @Nullable String referrerUrl) {
        originUrl = url;
        originReferrerUrl = referrerUrl;
        return this;
    }

    /** Mark of the Web zone, 0-4. */
    public FileDraft zoneId(@Nullable Integer value) {
        zoneId = value;
        return this;
    }

    public FileDraft mark(MarkAction value) {
        mark = value;
        return this;
    }

    /** Path before a rename, or of the source of a copy. */
    public FileDraft originalPath(@Nullable String value) {
        originalPath = value;
        return this;
    }

    /** POSIX permissions, octal. */
    public FileDraft mode(@Nullable String value) {
        mode = value;
        return this;
    }

    public File build() {
        return new File(
                path,
                name,
                extension,
                size,
                mimeType,
                hash,
                forkName,
                originUrl,
                originReferrerUrl,
                zoneId,
                mark,
                originalPath,
                mode);
    }
}
