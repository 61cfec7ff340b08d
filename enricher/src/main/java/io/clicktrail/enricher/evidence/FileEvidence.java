package io.clicktrail.enricher.evidence;

import io.clicktrail.enricher.file.Extensions;
import io.clicktrail.enricher.file.FileAssessor;
import io.clicktrail.enricher.file.FileNames;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.File;
import io.clicktrail.event.MarkAction;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.FileRisk;
import io.clicktrail.evidence.Role;
import io.clicktrail.schemas.RecordCopy;
import io.clicktrail.tuning.QuarantinePolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file that is written, gets or loses the mark of a download, or is made executable: a write or an execution. */
final class FileEvidence {

    /** URLZONE_INTERNET (Microsoft, URLZONE enumeration); untrusted sites have a greater number. */
    private static final int ZONE_INTERNET = 3;

    /** Sysmon for Linux reports created files alone (github.com/microsoft/SysmonForLinux). */
    private static final String WITHOUT_RENAMES = "linux.sysmon";

    private FileEvidence() {}

    static @Nullable Evidence ofWrite(EventContext context) {
        @Nullable File file = context.event().getFile();
        if (file == null) {
            return null;
        }
        @Nullable DomainRisk referrer = context.risk(file.getOriginReferrerUrl());
        @Nullable DomainRisk origin = context.risk(file.getOriginUrl());
        @Nullable DomainRisk domain = origin != null ? origin : referrer;
        boolean isDownload = isFromInternet(file)
                || isFinished(file)
                || FileAssessor.couldBeDownload(file.getName(), context.tuning().extensions());
        if (!isDownload || !context.isUserWritable(file.getPath()) && !hasNoFolder(file)) {
            return context.observation(domain);
        }
        FileRisk risk = risk(file, referrer, context);
        return context.evidence(
                List.of(Role.WRITE),
                domain != null && Extensions.isProgram(risk.getExtensionClass())
                        ? EventContext.handingOutProgram(domain)
                        : domain,
                risk,
                context.processRisk());
    }

    static @Nullable Evidence ofMark(EventContext context) {
        @Nullable File file = context.event().getFile();
        if (file == null) {
            return null;
        }
        return switch (file.getMark()) {
            case NONE, SET -> ofWrite(context);
            case REMOVED -> ofPreparation(context);
            case MISSING -> {
                boolean isAsked =
                        context.tuning().document().getQuarantinePolicy() == QuarantinePolicy.ALERT_IF_MISSING;
                boolean canRun = FileAssessor.couldBeDownload(
                        file.getName(), context.tuning().extensions());
                yield isAsked && canRun ? ofWrite(context) : null;
            }
        };
    }

    /** A file in a user's folder that was made executable or lost the mark of a download: it is about to run. */
    static @Nullable Evidence ofPreparation(EventContext context) {
        @Nullable File file = context.event().getFile();
        boolean isReady = file != null
                && (context.event().getKind() == EventKind.FILE_MARK || FileAssessor.isExecutable(file.getMode()))
                && FileAssessor.couldRun(file.getName(), context.tuning().extensions())
                && context.isUserWritable(file.getPath());
        return file != null && isReady
                ? context.evidence(List.of(Role.EXECUTION), null, risk(file, null, context), context.processRisk())
                : null;
    }

    /** @param referrer risk of the site that the Mark of the Web names as referrer */
    static FileRisk risk(File file, @Nullable DomainRisk referrer, EventContext context) {
        FileRisk risk = FileAssessor.assess(
                context.platform(),
                file.getPath(),
                file.getName(),
                referrer == null ? null : referrer.getTenantKey(),
                context.tuning().userPaths(),
                context.tuning().extensions());
        String name = risk.getFinalName() == null ? file.getName() : risk.getFinalName();
        return RecordCopy.of(risk)
                .set("vendor", context.tuning().vendors().ofFile(name))
                .set("unnamed", risk.getTemporaryName() && risk.getFinalName() == null && seesNoRenames(context))
                .build();
    }

    private static boolean seesNoRenames(EventContext context) {
        return WITHOUT_RENAMES.equals(context.event().getSource().getDataset());
    }

    private static boolean isFromInternet(File file) {
        @Nullable Integer zone = file.getZoneId();
        return zone != null && zone >= ZONE_INTERNET
                || file.getMark() == MarkAction.SET && zone == null
                || file.getOriginUrl() != null
                || file.getOriginReferrerUrl() != null;
    }

    /**
     * A row of macOS's list of quarantined downloads: the name of the file, without a folder. Only downloads are in it.
     */
    private static boolean hasNoFolder(File file) {
        return file.getMark() == MarkAction.SET && file.getPath().equals(file.getName());
    }

    /** A download that got its final name. */
    private static boolean isFinished(File file) {
        @Nullable String source = file.getOriginalPath();
        return source != null && FileNames.isTemporaryPath(source);
    }
}
