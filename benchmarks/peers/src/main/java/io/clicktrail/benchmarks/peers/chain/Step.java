package io.clicktrail.benchmarks.peers.chain;

import io.clicktrail.event.Event;
import io.clicktrail.event.File;
import io.clicktrail.event.Platform;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.FileDanger;
import io.clicktrail.evidence.FileRisk;
import io.clicktrail.evidence.PlaceNovelty;
import io.clicktrail.evidence.ProcessRisk;
import io.clicktrail.evidence.RiskBand;
import io.clicktrail.evidence.Role;
import org.jspecify.annotations.Nullable;

/**
 * What a peer keeps of a piece of evidence: enough for the pattern, for the text of an alert, and to find the original.
 *
 * @param host host key
 * @param time event time, milliseconds since 1970
 * @param event event id
 * @param platform of the host
 * @param click whether a link was opened
 * @param egress whether it leads to a place that is new here or suspicious
 * @param write whether a file was written that is not known to be harmless
 * @param execution whether something was run
 * @param tool whether what was run is a script host or system tool, or came from a mounted drive
 * @param place tenant key and URL or host name; empty where there is none
 * @param file path that was written; empty where there is none
 * @param command image and command line; empty where there is none
 */
public record Step(
        String host,
        long time,
        String event,
        Platform platform,
        boolean click,
        boolean egress,
        boolean write,
        boolean execution,
        boolean tool,
        String place,
        String file,
        String command) {

    /** The step that a piece of evidence is. */
    public static Step of(Evidence evidence) {
        Event event = evidence.getEvent();
        DomainRisk domain = evidence.getDomain();
        FileRisk judged = evidence.getFile();
        ProcessRisk process = evidence.getProcess();
        File file = event.getFile();
        return new Step(
                evidence.getHost(),
                event.getTime().toEpochMilli(),
                event.getEventId(),
                evidence.getPlatform(),
                evidence.getRoles().contains(Role.CLICK),
                evidence.getRoles().contains(Role.EGRESS) && domain != null && isSuspicious(domain),
                evidence.getRoles().contains(Role.WRITE) && judged != null && judged.getDanger() != FileDanger.HARMLESS,
                evidence.getRoles().contains(Role.EXECUTION),
                process != null && (process.getLolbin() || process.getFromMountedDrive()),
                domain == null ? "" : domain.getTenantKey() + " " + domain.getHost() + " " + orNothing(domain.getUrl()),
                file == null ? "" : file.getPath() + finalName(judged),
                command(event));
    }

    /** Whether it can be a part of a chain at all. */
    public boolean isPart() {
        return click || egress || write || execution;
    }

    /** Places, files and commands in one text. */
    public String names() {
        return place + " " + file + " " + command;
    }

    private static boolean isSuspicious(DomainRisk domain) {
        return domain.getNovelty() == PlaceNovelty.NEW || domain.getBand() != RiskBand.ORDINARY;
    }

    /** Behind the path, what an unfinished download will be called. */
    private static String finalName(@Nullable FileRisk judged) {
        return judged == null || judged.getFinalName() == null ? "" : "/" + judged.getFinalName();
    }

    private static String command(Event event) {
        var process = event.getProcess();
        return process == null ? "" : orNothing(process.getExecutable()) + " " + orNothing(process.getCommandLine());
    }

    private static String orNothing(@Nullable String text) {
        return text == null ? "" : text;
    }
}
