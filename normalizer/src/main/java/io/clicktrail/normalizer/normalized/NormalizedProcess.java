package io.clicktrail.normalizer.normalized;

import io.clicktrail.event.ParentProcess;
import io.clicktrail.event.Process;
import io.clicktrail.normalizer.event.EventTime;
import io.clicktrail.normalizer.event.Numbers;
import io.clicktrail.normalizer.event.ProcessDraft;
import io.clicktrail.normalizer.event.SignatureStatuses;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.json.JsonFields;
import io.clicktrail.normalizer.json.JsonPaths;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a process is in a normalized document, and the process there. */
final class NormalizedProcess {

    final NormalizedUser user;
    private final Place own;
    private final Place parent;
    private final int start;
    private final int workingDirectory;
    private final int originalFileName;
    private final int signer;
    private final int signed;
    private final int trusted;
    private final int verdict;
    private final int signingId;
    private final int teamId;
    private final int[] hashes;

    private NormalizedProcess(
            JsonPaths paths, NormalizedUser user, Place own, Place parent, String at, String start, String... hashes) {
        this.user = user;
        this.own = own;
        this.parent = parent;
        String signature = ".code_signature";
        this.start = paths.field(at + start);
        this.workingDirectory = paths.field(at + ".working_directory");
        this.originalFileName = paths.field(at + ".pe.original_file_name");
        this.signer = paths.field(at + signature + ".subject_name");
        this.signed = paths.field(at + signature + ".exists");
        this.trusted = paths.field(at + signature + ".trusted");
        this.verdict = paths.field(at + signature + ".status");
        this.signingId = paths.field(at + signature + ".signing_id");
        this.teamId = paths.field(at + signature + ".team_id");
        this.hashes = new int[hashes.length];
        for (int i = 0; i < hashes.length; i++) {
            this.hashes[i] = paths.field(at + hashes[i]);
        }
    }

    static NormalizedProcess ocsf(JsonPaths paths, String at, String user) {
        return new NormalizedProcess(
                paths,
                NormalizedUser.ocsf(paths, user),
                Place.ocsf(paths, at),
                Place.ocsf(paths, at + ".parent_process"),
                at,
                ".created_time",
                ".file.hashes.value");
    }

    static NormalizedProcess ecs(JsonPaths paths) {
        return new NormalizedProcess(
                paths,
                NormalizedUser.ecs(paths, "user"),
                Place.ecs(paths, "process"),
                Place.ecs(paths, "process.parent"),
                "process",
                ".start",
                ".hash.md5",
                ".hash.sha1",
                ".hash.sha256");
    }

    boolean isPresent(JsonFields document) {
        return own.executable(document) != null || document.has(own.pid) || document.has(own.commandLine);
    }

    /**
     * The process.
     *
     * @param actor where the one is that started it, if the document has no parent
     */
    Process read(JsonFields document, RecordContext context, @Nullable NormalizedProcess actor) {
        ParentProcess before = parent.asParent(document);
        if (before == null && actor != null) {
            before = actor.own.asParent(document);
        }
        String text = document.get(start);
        EventTime started = context.time(text);
        List<String> hexes = new ArrayList<>(3);
        for (int slot : hashes) {
            hexes.addAll(document.all(slot));
        }
        return new ProcessDraft()
                .entityId(document.get(own.id))
                .pid(Numbers.whole(document.get(own.pid)))
                .start(started)
                .executable(own.executable(document))
                .originalFileName(document.get(originalFileName))
                .commandLine(document.get(own.commandLine))
                .workingDirectory(document.get(workingDirectory))
                .hash(OcsfEventJson.hash(hexes))
                .codeSignature(
                        document.get(signingId),
                        document.get(teamId),
                        document.get(signer),
                        SignatureStatuses.of(
                                document.get(signed),
                                document.has(verdict) ? document.get(verdict) : document.get(trusted)),
                        null)
                .parent(before)
                .build();
    }

    /** The fields that a process and its parent have alike. */
    private record Place(int id, int pid, int path, int name, int commandLine) {

        static Place ocsf(JsonPaths paths, String at) {
            return new Place(
                    paths.field(at + ".uid"),
                    paths.field(at + ".pid"),
                    paths.field(at + ".file.path"),
                    paths.field(at + ".name"),
                    paths.field(at + ".cmd_line"));
        }

        static Place ecs(JsonPaths paths, String at) {
            return new Place(
                    paths.field(at + ".entity_id"),
                    paths.field(at + ".pid"),
                    paths.field(at + ".executable"),
                    paths.field(at + ".name"),
                    paths.field(at + ".command_line"));
        }

        @Nullable
        String executable(JsonFields document) {
            String full = document.get(path);
            return full == null ? document.get(name) : full;
        }

        @Nullable
        ParentProcess asParent(JsonFields document) {
            String executable = executable(document);
            Long number = Numbers.whole(document.get(pid));
            String entity = document.get(id);
            return executable == null && number == null && entity == null
                    ? null
                    : new ParentProcess(entity, number, executable, document.get(commandLine));
        }
    }
}
