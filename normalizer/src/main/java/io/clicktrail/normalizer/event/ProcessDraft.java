package io.clicktrail.normalizer.event;

import io.clicktrail.event.CodeSignature;
import io.clicktrail.event.Hash;
import io.clicktrail.event.ParentProcess;
import io.clicktrail.event.Process;
import io.clicktrail.event.SignatureStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A process as a format reads it, field by field; what is never said stays absent. */
public final class ProcessDraft {

    private @Nullable String entityId;
    private @Nullable Long pid;
    private @Nullable Instant start;
    private @Nullable String executable;
    private @Nullable String name;
    private @Nullable String originalFileName;
    private @Nullable String commandLine;
    private @Nullable String workingDirectory;
    private @Nullable String integrityLevel;
    private @Nullable Hash hash;
    private @Nullable ParentProcess parent;
    private @Nullable ParentProcess responsible;
    private @Nullable CodeSignature codeSignature;
    private @Nullable String sessionId;

    /** The sensor's own identity of the process. */
    public ProcessDraft entityId(@Nullable String value) {
        entityId = value;
        return this;
    }

    public ProcessDraft pid(@Nullable Long value) {
        pid = value;
        return this;
    }

    public ProcessDraft start(@Nullable EventTime value) {
        start = value == null ? null : value.instant();
        return this;
    }

    /** Full path of the image; its file name is the name of the process unless another is given. */
    public ProcessDraft executable(@Nullable String value) {
        executable = value;
        if (name == null) {
            name = FilePath.nameOf(value);
        }
        return this;
    }

    public ProcessDraft name(@Nullable String value) {
        name = value;
        return this;
    }

    public ProcessDraft originalFileName(@Nullable String value) {
        originalFileName = value;
        return this;
    }

    public ProcessDraft commandLine(@Nullable String value) {
        commandLine = value;
        return this;
    }

    public ProcessDraft workingDirectory(@Nullable String value) {
        workingDirectory = value;
        return this;
    }

    public ProcessDraft integrityLevel(@Nullable String value) {
        integrityLevel = value;
        return this;
    }

    public ProcessDraft hash(@Nullable Hash value) {
        hash = value;
        return this;
    }

    public ProcessDraft parent(@Nullable ParentProcess value) {
        parent = value;
        return this;
    }

    /** The application in whose name it acts (macOS). */
    public ProcessDraft responsible(@Nullable ParentProcess value) {
        responsible = value;
        return this;
    }

    /** Logon session that it runs in. */
    public ProcessDraft sessionId(@Nullable String value) {
        sessionId = value;
        return this;
    }

    /** Who signed the image, and what the sensor says of the signature; absent where nothing is known. */
    public ProcessDraft codeSignature(
            @Nullable String signingId,
            @Nullable String teamId,
            @Nullable String subject,
            SignatureStatus status,
            @Nullable String cdhash) {
        codeSignature = signingId == null && teamId == null && subject == null && status == SignatureStatus.UNKNOWN
                ? null
                : new CodeSignature(signingId, teamId, subject, status, cdhash);
        return this;
    }

    public Process build() {
        return new Process(
                entityId,
                pid,
                start,
                executable,
                name,
                originalFileName,
                commandLine,
                workingDirectory,
                integrityLevel,
                hash,
                parent,
                responsible,
                codeSignature,
                sessionId);
    }
}
