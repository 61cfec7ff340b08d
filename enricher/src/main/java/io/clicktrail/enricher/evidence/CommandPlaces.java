package io.clicktrail.enricher.evidence;

import io.clicktrail.enricher.domain.NoveltyScorer;
import io.clicktrail.enricher.file.CommandLine;
import io.clicktrail.event.Process;
import io.clicktrail.evidence.ApplicationKind;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.evidence.ProcessRisk;
import io.clicktrail.tuning.AllowScope;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The place that a command takes code from: pasted commands ({@code powershell … https://…}, {@code curl … | bash}),
 * remote installers ({@code msiexec /i https://…}, {@code ms-appinstaller:?source=https://…}) and programs and libraries
 * on shares and WebDAV folders of the internet. LOLBAS, GTFOBins and MITRE ATT&CK T1204.004 list such commands.
 */
final class CommandPlaces {

    /** What people type or paste commands into, and what runs them for a terminal. */
    private static final Set<String> SHELLS = Set.of("bash", "zsh", "fish", "sh", "dash", "ksh", "tcsh");

    private CommandPlaces() {}

    /** The risk of the first place that a command names and that is not trusted; null where it names none. */
    static @Nullable DomainRisk untrusted(Process process, ProcessRisk risk, EventContext context) {
        @Nullable String commandLine = process.getCommandLine();
        @Nullable String executable = process.getExecutable();
        if (commandLine != null && risk.getLolbin()) {
            for (String url : CommandLine.urls(commandLine)) {
                @Nullable DomainRisk place = context.risk(url);
                if (place != null && isUntrusted(place, context)) {
                    return place;
                }
            }
        }
        @Nullable DomainRisk byImage = executable == null ? null : ofShare(executable, context);
        return byImage != null || commandLine == null ? byImage : ofShare(commandLine, context);
    }

    private static @Nullable DomainRisk ofShare(String text, EventContext context) {
        for (String host : CommandLine.shareHosts(text)) {
            @Nullable DomainRisk place = host.indexOf('.') < 0 ? null : context.hostRisk(host);
            if (place != null && isUntrusted(place, context)) {
                return place;
            }
        }
        return null;
    }

    private static boolean isUntrusted(DomainRisk place, EventContext context) {
        @Nullable AllowScope scope = context.allowScope(place);
        return !place.getInternal()
                && scope != AllowScope.EGRESS_STAGE
                && scope != AllowScope.WHOLE_CHAIN
                && (NoveltyScorer.awaitsNovelty(place)
                        || place.getScore() >= context.tuning().document().getDomainRiskScore());
    }

    /**
     * Whether a person typed or pasted a command that names a place: Explorer started a system tool with it, as its Run
     * dialog and address bar do, or a shell of a terminal did.
     */
    static boolean isPasted(Process process, ProcessRisk risk) {
        @Nullable String parent = process.getParent() == null ? null : process.getParent().getExecutable();
        if (!risk.getLolbin() || parent == null) {
            return false;
        }
        String name = parent.substring(Math.max(parent.lastIndexOf('/'), parent.lastIndexOf('\\')) + 1)
                .toLowerCase(Locale.ROOT);
        return name.equals("explorer.exe")
                || SHELLS.contains(name)
                || risk.getParentKind() == ApplicationKind.LAUNCHER
                || isTerminal(name);
    }

    private static boolean isTerminal(String name) {
        return name.contains("terminal") || name.equals("iterm2") || name.equals("konsole") || name.equals("xterm");
    }
}
