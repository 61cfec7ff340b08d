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
import io.clicktrail.alerter.context.CaseContext;
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

/** Actions on the endpoint and on its traffic. */
final class HostActions {

    /** A file on more hosts than this was probably deployed, not delivered by a link. */
    private static final int COMMON_FILE = 10;

    private HostActions() {}

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
                    .setPreconditions(List.of("the host is not a server that others depend on"))
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
                .setPreconditions(List.of("the running process has this identity, not only this pid"))
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
                                ? List.of("the path is taken from the raw record: it has hidden characters, "
                                        + "shown here as {U+…}")
                                : List.of())
                .setApproval(hash == null ? Approval.ONE_CLICK : Approval.AUTO_OK)
                .setBlastRadius(BlastRadius.SINGLE_FILE)
                .setReversible(true)
                .setRollback(new Rollback(ActionVerb.RESTORE, ActionTarget.FILE, path))
                .setCacaoActivity("eliminate-risk")
                .setD3fendTactic("Evict"));
    }

    /** On all hosts, so only where the file is not common here. */
    static void banFile(Chain chain, CaseContext context, Response.Plan plan) {
        Evidence write = delivered(chain);
        String hash = write == null ? null : EvidenceFields.fileHash(write);
        if (hash == null) {
            plan.withhold("Ban the file's hash on all hosts", "no log has a hash of the file");
            return;
        }
        DomainRisk domain = chain.domain();
        String reason = domain == null ? null : BlockingSafeguards.againstUrl(domain);
        if (reason != null) {
            plan.withhold("Ban the file's hash on all hosts", reason);
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
                .setPreconditions(List.of("the organisation does not deploy the file"))
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
                .setRationale("Code from the link ran; its traces are best seen on the host.")
                .setPreconditions(List.of("this comes before the process is stopped, if that can wait"))
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
            plan.withhold("Capture traffic of the host", "no external contact was seen");
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
                        "it starts before the host is isolated, or the sensors kept the traffic"))
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
     * Path of the file after the renames in the chain, which are in event-time order; else with its final name.
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
