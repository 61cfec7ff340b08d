package io.clicktrail.alerter.questions;

import io.clicktrail.alert.ConfidenceBand;
import io.clicktrail.alerter.chain.Chain;
import io.clicktrail.alerter.chain.EvidenceFields;
import io.clicktrail.alerter.chain.StageNames;
import io.clicktrail.alerter.timeline.EvidenceSentence;
import io.clicktrail.detection.MissingReason;
import io.clicktrail.detection.MissingStage;
import io.clicktrail.detection.Stage;
import io.clicktrail.event.CodeSignature;
import io.clicktrail.event.File;
import io.clicktrail.event.MarkAction;
import io.clicktrail.event.Process;
import io.clicktrail.event.SignatureStatus;
import io.clicktrail.evidence.Evidence;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Answers about the file: what was written, whether it ran, and what followed. */
final class FileAnswers {

    private static final int SHOWN = 3;

    private FileAnswers() {}

    static Answer written(Chain chain) {
        List<Evidence> writes = chain.at(Stage.WRITE);
        if (writes.isEmpty()) {
            return absent(chain, Stage.WRITE, "No file");
        }
        Set<String> names = new LinkedHashSet<>();
        Set<String> facts = new LinkedHashSet<>();
        boolean hashed = false;
        boolean marked = false;
        for (Evidence write : writes) {
            String name = EvidenceFields.fileName(write);
            if (name != null) {
                names.add(name);
            }
            String hash = EvidenceFields.fileHash(write);
            if (hash != null) {
                hashed = true;
                facts.add("SHA-256 " + hash);
            }
            marked |= mark(write, facts);
            risk(write, facts);
        }
        String text = String.join(", ", names) + (facts.isEmpty() ? "" : ": " + String.join("; ", facts)) + ".";
        var missing = new ArrayList<String>();
        if (!hashed) {
            missing.add("hash of the file (EDR, or Sysmon 15)");
        }
        if (!marked) {
            missing.add("download mark of the file (Sysmon 15)");
        }
        return missing.isEmpty()
                ? Answer.full(text, ConfidenceBand.HIGH, writes)
                : Answer.partly(text, ConfidenceBand.HIGH, writes, missing.toArray(String[]::new));
    }

    static Answer executed(Chain chain) {
        List<Evidence> runs = chain.runs();
        if (runs.isEmpty() && !chain.preparations().isEmpty()) {
            List<Evidence> prepared = chain.at(Stage.EXECUTION);
            return Answer.partly(
                    "Not seen, but "
                            + chain.preparations().stream().map(StageNames::of).collect(Collectors.joining(" and "))
                            + ": "
                            + sentences(chain, prepared.subList(0, Math.min(1, prepared.size()))) + ".",
                    ConfidenceBand.MEDIUM,
                    prepared,
                    StageNames.telemetry(chain.head().getPlatform(), Stage.EXECUTION));
        }
        if (runs.isEmpty()) {
            return absent(chain, Stage.EXECUTION, "No execution");
        }
        List<Evidence> shown = runs.subList(0, 1);
        String said = "Yes: " + sentences(chain, shown) + user(chain, runs.getFirst()) + ".";
        Evidence signed =
                runs.stream().filter(run -> signature(run) != null).findFirst().orElse(null);
        return signed == null
                ? Answer.partly(said, ConfidenceBand.HIGH, shown, "signature of the image (EDR, or Sysmon 7)")
                : Answer.full(
                        said + " " + image(signed) + " " + signature(signed) + ".",
                        ConfidenceBand.HIGH,
                        signed == runs.getFirst() ? shown : List.of(runs.getFirst(), signed));
    }

    /** Whether and by whom an image is signed, as the sensor says; null where it says nothing. */
    private static @Nullable String signature(Evidence run) {
        Process process = run.getEvent().getProcess();
        CodeSignature signature = process == null ? null : process.getCodeSignature();
        if (signature == null) {
            return null;
        }
        String status = status(signature.getStatus());
        if (signature.getTeamId() == null && signature.getSigningId() == null) {
            if (signature.getStatus() == SignatureStatus.UNSIGNED) {
                return "is not signed";
            }
            return signature.getSubjectName() == null
                    ? status == null ? null : "has a signature; the sensor says that it is " + status
                    : "is signed by " + signature.getSubjectName()
                            + (isOfKnownPublisher(run) ? ", a known publisher" : "")
                            + (status == null
                                    ? ", which the sensor did not check"
                                    : "; the sensor says that the signature is " + status);
        }
        return "is signed " + team(run, signature)
                + (status == null || status.equals("valid") ? "" : "; the signature is " + status);
    }

    private static boolean isOfKnownPublisher(Evidence run) {
        return run.getProcess() != null && run.getProcess().getPublisher() != null;
    }

    private static @Nullable String status(SignatureStatus status) {
        return switch (status) {
            case UNKNOWN, UNSIGNED -> null;
            case VALID -> "valid";
            case INVALID -> "not valid";
            case EXPIRED -> "expired";
            case REVOKED -> "revoked";
        };
    }

    private static String team(Evidence run, CodeSignature signature) {
        String publisher = run.getProcess() == null ? null : run.getProcess().getPublisher();
        String identifier = signature.getSigningId() == null ? "" : " as " + signature.getSigningId();
        if (signature.getTeamId() == null) {
            return "without a team" + identifier;
        }
        return publisher == null
                ? "by team " + signature.getTeamId() + identifier + ", which is not on the list of known publishers"
                : "by " + publisher + " (team " + signature.getTeamId() + ")" + identifier;
    }

    private static String image(Evidence run) {
        String image = EvidenceFields.image(run.getEvent());
        return image == null ? "The image" : image;
    }

    /** A working sensor that saw nothing is an answer; a missing sensor is not. */
    private static Answer absent(Chain chain, Stage stage, String what) {
        for (MissingStage missing : chain.missing()) {
            if (missing.getStage() == stage && missing.getReason() == MissingReason.NOT_SEEN) {
                return Answer.full(
                        what + " was seen, although its sensor was working.", ConfidenceBand.MEDIUM, List.of());
            }
        }
        return Answer.none(StageNames.telemetry(chain.head().getPlatform(), stage));
    }

    private static boolean mark(Evidence write, Set<String> facts) {
        File file = write.getEvent().getFile();
        if (file == null || file.getMark() == MarkAction.NONE) {
            return false;
        }
        facts.add(
                switch (file.getMark()) {
                    case SET ->
                        file.getZoneId() == null
                                ? "marked as downloaded"
                                : "marked as downloaded (zone " + file.getZoneId() + ")";
                    case REMOVED -> "its download mark was removed";
                    case MISSING -> "it has no download mark";
                    case NONE -> "";
                });
        return true;
    }

    private static void risk(Evidence write, Set<String> facts) {
        if (write.getFile() == null) {
            return;
        }
        String kind = kind(write);
        if (kind != null) {
            facts.add(kind);
        }
        if (write.getFile().getDeceptiveName()) {
            facts.add("the name hides the file type");
        }
        File file = write.getEvent().getFile();
        if (file != null && file.getMimeType() != null) {
            facts.add("content seen as " + file.getMimeType());
        }
    }

    private static @Nullable String kind(Evidence write) {
        return switch (write.getFile().getExtensionClass()) {
            case EXECUTABLE -> "a program";
            case SCRIPT -> "a script";
            case CONTAINER -> "an archive or disk image";
            case SHORTCUT -> "a shortcut";
            case DOCUMENT -> "a document";
            case NONE, OTHER -> null;
        };
    }

    static String sentences(Chain chain, List<Evidence> evidence) {
        List<String> all = evidence.stream()
                .map(item -> EvidenceSentence.of(chain, item))
                .distinct()
                .toList();
        String shown = all.stream().limit(SHOWN).collect(Collectors.joining("; "));
        return all.size() <= SHOWN ? shown : shown + " and " + (all.size() - SHOWN) + " more";
    }

    private static String user(Chain chain, Evidence run) {
        return run.getUser() == null ? "" : ", as " + chain.nameOf(run.getUser());
    }
}
