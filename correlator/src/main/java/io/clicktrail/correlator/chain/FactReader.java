package io.clicktrail.correlator.chain;

import io.clicktrail.correlator.chain.Fingerprint.Letters;
import io.clicktrail.correlator.chain.Item.Run;
import io.clicktrail.correlator.chain.Item.Written;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.Platform;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.ExtensionClass;
import io.clicktrail.evidence.HostVia;
import io.clicktrail.evidence.Role;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads from a piece of evidence what matching needs. */
final class FactReader {

    private static final long[] NO_PATHS = {};

    private FactReader() {}

    static Fact read(Evidence evidence) {
        var event = evidence.getEvent();
        var process = event.getProcess();
        var risk = evidence.getProcess();
        var domain = evidence.getDomain();
        var letters = evidence.getPlatform() == Platform.LINUX ? Letters.AS_IS : Letters.FOLDED;
        long time = micros(event.getTime());
        int roles = rolesOf(evidence.getRoles());
        boolean start = event.getKind() == EventKind.PROCESS_START;

        long entity = process == null ? Fingerprint.ABSENT : Fingerprint.of(process.getEntityId());
        long parent = process == null || process.getParent() == null
                ? Fingerprint.ABSENT
                : Fingerprint.of(process.getParent().getEntityId());
        long application = risk == null ? Fingerprint.ABSENT : Fingerprint.of(risk.getApplication());
        long opener = Fingerprint.ABSENT;
        long actor = entity;
        if ((roles & Item.CLICK) != 0) {
            if (start) {
                opener = risk != null && "broker".equals(risk.getParentKind()) ? Fingerprint.ABSENT : parent;
            } else if (risk == null || !"browser".equals(risk.getApplicationKind())) {
                opener = entity;
                actor = Fingerprint.ABSENT;
                application = Fingerprint.ABSENT;
            }
        }
        var item = new Item(
                EventId.of(event.getEventId()),
                time,
                0,
                roles,
                traitsOf(evidence),
                domain == null ? 0 : domain.getScore(),
                Fingerprint.of(evidence.getUser()),
                actor,
                opener,
                application,
                domain == null || isOnlyReferrer(evidence, roles) ? null : domain.getTenantKey(),
                evidence.getFile() == null ? null : evidence.getFile().getReferrerTenantKey(),
                (roles & Item.WRITE) == 0 ? null : writtenBy(evidence, letters),
                (roles & Item.EXECUTION) == 0 ? null : runBy(evidence, letters));
        boolean tied = start && entity != Fingerprint.ABSENT && parent != Fingerprint.ABSENT;
        return new Fact(item, tied ? new Edge(entity, parent, time, 0) : null);
    }

    /** Whether the judged domain is that of the page that led to the file, because the mark does not tell the origin. */
    private static boolean isOnlyReferrer(Evidence evidence, int roles) {
        var file = evidence.getEvent().getFile();
        return roles == Item.WRITE && file != null && file.getOriginUrl() == null;
    }

    private static long micros(Instant time) {
        return time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
    }

    private static int rolesOf(List<Role> roles) {
        int bits = 0;
        for (int i = 0; i < roles.size(); i++) {
            bits |= switch (roles.get(i)) {
                case LINEAGE -> 0;
                case CLICK -> Item.CLICK;
                case EGRESS -> Item.EGRESS;
                case WRITE -> Item.WRITE;
                case EXECUTION -> Item.EXECUTION;
            };
        }
        return bits;
    }

    private static int traitsOf(Evidence evidence) {
        int bits = evidence.getHostVia() == HostVia.DIRECT
                        && evidence.getOtherHosts().isEmpty()
                ? 0
                : Item.WEAK;
        var risk = evidence.getProcess();
        if (risk != null && risk.getLolbin()) {
            bits |= Item.LOLBIN;
        }
        var file = evidence.getFile();
        if (file != null && file.getExtensionClass() == ExtensionClass.CONTAINER) {
            bits |= Item.CONTAINER;
        }
        return isUnpacked(evidence) ? bits | Item.UNPACKED : bits;
    }

    private static boolean isUnpacked(Evidence evidence) {
        var risk = evidence.getProcess();
        if (risk == null) {
            return false;
        }
        if (risk.getFromMountedDrive() || UnpackFolders.contain(executableOf(evidence))) {
            return true;
        }
        for (int i = 0; i < risk.getUserPaths().size(); i++) {
            if (UnpackFolders.contain(risk.getUserPaths().get(i))) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable String executableOf(Evidence evidence) {
        var process = evidence.getEvent().getProcess();
        return process == null ? null : process.getExecutable();
    }

    private static @Nullable Written writtenBy(Evidence evidence, Letters letters) {
        var file = evidence.getEvent().getFile();
        if (file == null) {
            return null;
        }
        var risk = evidence.getFile();
        var finalName = risk == null ? null : risk.getFinalName();
        var hash = file.getHash();
        return new Written(
                Fingerprint.ofPath(file.getPath(), letters),
                Fingerprint.ofName(file.getPath(), letters),
                finalName == null ? Fingerprint.ABSENT : Fingerprint.ofSibling(file.getPath(), finalName, letters),
                Fingerprint.ofName(finalName, letters),
                hash == null ? Fingerprint.ABSENT : Fingerprint.of(hash.getSha256()));
    }

    private static Run runBy(Evidence evidence, Letters letters) {
        var process = evidence.getEvent().getProcess();
        var hash = process == null ? null : process.getHash();
        var risk = evidence.getProcess();
        int count =
                risk == null ? 0 : Math.min(Run.MOST_PATHS, risk.getUserPaths().size());
        var paths = count == 0 ? NO_PATHS : new long[count];
        var names = count == 0 ? NO_PATHS : new long[count];
        for (int i = 0; i < count; i++) {
            var path = risk.getUserPaths().get(i);
            paths[i] = Fingerprint.ofPath(path, letters);
            names[i] = Fingerprint.ofName(path, letters);
        }
        return new Run(
                Fingerprint.ofPath(executableOf(evidence), letters),
                hash == null ? Fingerprint.ABSENT : Fingerprint.of(hash.getSha256()),
                paths,
                names);
    }
}
