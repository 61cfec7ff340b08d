package io.clicktrail.alerter.response;

import io.clicktrail.alert.ActionTarget;
import io.clicktrail.alert.ActionVerb;
import io.clicktrail.alert.Approval;
import io.clicktrail.alert.BlastRadius;
import io.clicktrail.alert.RecommendedAction;
import io.clicktrail.alert.Rollback;
import io.clicktrail.alert.Specifier;
import io.clicktrail.alerter.chain.Chain;
import io.clicktrail.alerter.chain.EvidenceFields;
import io.clicktrail.alerter.context.Context;
import io.clicktrail.detection.Stage;
import io.clicktrail.event.File;
import io.clicktrail.event.Process;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.HostVia;
import io.clicktrail.state.Seen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Steps on the endpoint and on its traffic. */
final class HostSteps {

    /** A file that more hosts have is rather deployed than delivered by a link. */
    private static final int COMMON_FILE = 10;

    private HostSteps() {}

    static void isolate(Chain chain, Response.Plan plan) {
        String host = chain.head().getHost();
        String title = "Isolate " + host + " from the network";
        Evidence run = chain.firstRun();
        if (run == null) {
            plan.withhold(title, "no code ran; isolate as soon as an execution is seen");
        } else if (doubtful(host, run)) {
            plan.withhold(title, "it is not certain that this host ran it; check the host first");
        } else {
            plan.recommend(RecommendedAction.newBuilder()
                    .setTitle(title)
                    .setVerb(ActionVerb.CONTAIN)
                    .setTargetType(ActionTarget.DEVICE)
                    .setTarget(host)
                    .setTargetSpecifiers(List.of(new Specifier("hostname", host)))
                    .setActuator("edr")
                    .setRationale("Code from the link ran on this host.")
                    .setPreconditions(List.of("the host is no server that others depend on"))
                    .setApproval(Approval.ONE_CLICK)
                    .setBlastRadius(BlastRadius.SINGLE_HOST)
                    .setReversible(true)
                    .setRollback(new Rollback(ActionVerb.ALLOW, ActionTarget.DEVICE, host))
                    .setCacaoActivity("disconnect-system")
                    .setD3fendTactic("Isolate"));
        }
    }

    static void stop(Chain chain, Response.Plan plan) {
        Evidence run = chain.firstRun();
        Process process = run == null ? null : run.getEvent().getProcess();
        String target = process == null ? null : identity(process);
        if (run == null || process == null || target == null) {
            return;
        }
        String image = EvidenceFields.image(run.getEvent());
        var specifiers = new ArrayList<Specifier>();
        specifiers.add(new Specifier("device.hostname", chain.head().getHost()));
        if (process.getPid() != null) {
            specifiers.add(new Specifier("pid", process.getPid().toString()));
        }
        if (image != null) {
            specifiers.add(new Specifier("name", image));
        }
        plan.recommend(RecommendedAction.newBuilder()
                .setTitle("Stop " + (image == null ? "the process" : image)
                        + (process.getPid() == null ? "" : " (pid " + process.getPid() + ")") + " and what it started")
                .setVerb(ActionVerb.STOP)
                .setTargetType(ActionTarget.PROCESS)
                .setTarget(target)
                .setTargetSpecifiers(specifiers)
                .setActuator("edr")
                .setRationale("It ran what the link delivered.")
                .setPreconditions(List.of("the process still runs with this identity, not only this pid"))
                .setApproval(Approval.ONE_CLICK)
                .setBlastRadius(BlastRadius.SINGLE_HOST)
                .setReversible(false)
                .setCacaoActivity("eliminate-risk")
                .setD3fendTactic("Evict"));
    }

    static void quarantineFile(Chain chain, Response.Plan plan) {
        Evidence write = delivered(chain);
        File file = write == null ? null : write.getEvent().getFile();
        if (write == null || file == null) {
            return;
        }
        String path = finalPath(chain, write, file);
        String hash = EvidenceFields.fileHash(write);
        var specifiers = new ArrayList<Specifier>();
        specifiers.add(new Specifier("path", path));
        specifiers.add(new Specifier("device.hostname", chain.head().getHost()));
        if (hash != null) {
            specifiers.add(new Specifier("hashes.sha256", hash));
        }
        plan.recommend(RecommendedAction.newBuilder()
                .setTitle("Quarantine the file " + path)
                .setVerb(ActionVerb.CONTAIN)
                .setTargetType(ActionTarget.FILE)
                .setTarget(path)
                .setTargetSpecifiers(specifiers)
                .setActuator("edr")
                .setRationale("The chain delivered it.")
                .setPreconditions(
                        path.contains("{U+")
                                ? List.of("its path has hidden characters, shown as {U+…}: take it from the raw record")
                                : List.of())
                .setApproval(hash == null ? Approval.ONE_CLICK : Approval.AUTO_OK)
                .setBlastRadius(BlastRadius.SINGLE_FILE)
                .setReversible(true)
                .setRollback(new Rollback(ActionVerb.RESTORE, ActionTarget.FILE, path))
                .setCacaoActivity("eliminate-risk")
                .setD3fendTactic("Evict"));
    }

    /** Everywhere, so only where the file is not common here. */
    static void banFile(Chain chain, Context context, Response.Plan plan) {
        Evidence write = delivered(chain);
        String hash = write == null ? null : EvidenceFields.fileHash(write);
        if (hash == null) {
            plan.withhold("Ban the file's hash on all hosts", "no log shows a hash of the file");
            return;
        }
        DomainRisk domain = chain.domain();
        String guard = domain == null ? null : Guards.againstUrl(domain);
        if (guard != null) {
            plan.withhold("Ban the file's hash on all hosts", guard);
            return;
        }
        List<Seen> hosts = context.hostsWithFile();
        if (hosts != null && hosts.size() > COMMON_FILE) {
            plan.withhold("Ban the file's hash on all hosts", "more than " + COMMON_FILE + " hosts have the file");
            return;
        }
        plan.recommend(RecommendedAction.newBuilder()
                .setTitle("Ban SHA-256 " + hash + " on all hosts")
                .setVerb(ActionVerb.DENY)
                .setTargetType(ActionTarget.FILE)
                .setTarget(hash)
                .setTargetSpecifiers(List.of(new Specifier("hashes.sha256", hash)))
                .setActuator("edr")
                .setRationale("The chain delivered it.")
                .setPreconditions(List.of("the file is none that the organisation deploys"))
                .setApproval(Approval.ONE_CLICK)
                .setBlastRadius(BlastRadius.ORG)
                .setReversible(true)
                .setRollback(new Rollback(ActionVerb.ALLOW, ActionTarget.FILE, hash))
                .setCacaoActivity("eliminate-risk")
                .setD3fendTactic("Harden"));
    }

    static void collect(Chain chain, Response.Plan plan) {
        Evidence run = chain.firstRun();
        String host = chain.head().getHost();
        if (run == null || doubtful(host, run)) {
            plan.withhold(
                    "Collect memory and a triage package",
                    run == null ? "no code ran" : "it is not certain that this host ran it");
            return;
        }
        plan.recommend(RecommendedAction.newBuilder()
                .setTitle("Collect memory and a triage package of " + host)
                .setVerb(ActionVerb.INVESTIGATE)
                .setTargetType(ActionTarget.DEVICE)
                .setTarget(host)
                .setTargetSpecifiers(List.of(new Specifier("hostname", host)))
                .setActuator("edr")
                .setRationale("Code from the link ran; what it left is best seen on the host.")
                .setPreconditions(List.of("before the process is stopped, where that can wait"))
                .setApproval(Approval.AUTO_OK)
                .setBlastRadius(BlastRadius.SINGLE_HOST)
                .setReversible(true)
                .setCacaoActivity("scan-system")
                .setD3fendTactic("Detect"));
    }

    /** The first file that has a hash, else the first one. */
    private static @Nullable Evidence delivered(Chain chain) {
        Evidence first = null;
        for (Evidence write : chain.at(Stage.WRITE)) {
            File file = write.getEvent().getFile();
            if (file != null && !chain.isCut(file.getPath())) {
                if (EvidenceFields.fileHash(write) != null) {
                    return write;
                }
                first = first == null ? write : first;
            }
        }
        return first;
    }

    static void capture(Chain chain, Response.Plan plan) {
        DomainRisk domain = chain.domain();
        if (!chain.has(Stage.EGRESS) || domain == null || domain.getInternal()) {
            plan.withhold("Capture traffic of the host", "no contact to the outside was seen");
            return;
        }
        String host = chain.head().getHost();
        plan.recommend(RecommendedAction.newBuilder()
                .setTitle("Capture traffic between " + host + " and " + domain.getHost() + " for an hour")
                .setVerb(ActionVerb.COPY)
                .setTargetType(ActionTarget.ARTIFACT)
                .setTarget("traffic:" + host + "<>" + domain.getHost())
                .setDurationSeconds(Duration.ofHours(1).toSeconds())
                .setActuator("network")
                .setRationale("Shows what the host still exchanges with the site.")
                .setPreconditions(List.of(
                        "capture is allowed on this network",
                        "start it before the host is isolated, or take what the sensors kept"))
                .setApproval(Approval.AUTO_OK)
                .setBlastRadius(BlastRadius.SINGLE_HOST)
                .setReversible(true)
                .setCacaoActivity("scan-system")
                .setD3fendTactic("Detect"));
    }

    private static boolean doubtful(String host, Evidence run) {
        return host.startsWith("ip:")
                || host.startsWith("user:")
                || host.startsWith("none:")
                || run.getHostVia() != HostVia.DIRECT
                || !run.getOtherHosts().isEmpty();
    }

    private static @Nullable String identity(Process process) {
        if (process.getEntityId() != null) {
            return process.getEntityId();
        }
        return process.getPid() == null ? null : process.getPid().toString();
    }

    /**
     * Where the file lies after the renames that the chain shows, which stand in the order of time; else under its
     * final name.
     */
    private static String finalPath(Chain chain, Evidence write, File file) {
        String path = file.getPath();
        for (Evidence next : chain.at(Stage.WRITE)) {
            File renamed = next.getEvent().getFile();
            if (renamed != null && path.equals(renamed.getOriginalPath()) && !chain.isCut(renamed.getPath())) {
                path = renamed.getPath();
            }
        }
        String name = write.getFile() == null ? null : write.getFile().getFinalName();
        return name == null || !path.equals(file.getPath())
                ? path
                : path.substring(
                                0, path.length() - EvidenceFields.baseName(path).length())
                        + name;
    }
}
