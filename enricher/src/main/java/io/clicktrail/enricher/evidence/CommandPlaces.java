package io.clicktrail.enricher.evidence;

import io.clicktrail.enricher.domain.NoveltyScorer;
import io.clicktrail.enricher.file.CommandLine;
import io.clicktrail.enricher.file.CommandSource;
import io.clicktrail.enricher.file.FileAssessor;
import io.clicktrail.enricher.file.FileNames;
import io.clicktrail.enricher.process.CommandCatalogue;
import io.clicktrail.enricher.process.CommandCatalogue.Role;
import io.clicktrail.event.File;
import io.clicktrail.event.Process;
import io.clicktrail.evidence.ApplicationKind;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.evidence.ProcessRisk;
import io.clicktrail.evidence.SuffixKind;
import io.clicktrail.tuning.AllowScope;
import org.jspecify.annotations.Nullable;

/**
 * The place that a command takes code from: pasted commands ({@code powershell … https://…}, {@code curl … | bash}),
 * remote installers ({@code msiexec /i https://…}, {@code ms-appinstaller:?source=https://…}) and programs and
 * libraries on shares and WebDAV folders of the internet. LOLBAS, GTFOBins and MITRE ATT&CK T1204.004 list such
 * commands.
 */
final class CommandPlaces {

    private CommandPlaces() {}

    /**
     * The risk of the first place that a command names and that is not trusted; null where it names none. A place that
     * is known here is not trusted for longer than the first-seen store is asked, unless it hands out its first
     * program.
     */
    static @Nullable DomainRisk untrusted(Process process, ProcessRisk risk, EventContext context) {
        @Nullable DomainRisk place = named(process, risk, context);
        return place != null && (runsWhatItFetches(process, context) || savesProgram(risk, context))
                ? EventContext.handingOutProgram(place)
                : place == null ? null : context.withProgram(place);
    }

    private static boolean runsWhatItFetches(Process process, EventContext context) {
        @Nullable String executable = process.getExecutable();
        return executable != null && !context.tuning().commands().is(Role.FETCHER, executable);
    }

    /** Whether the command names a file where users can write that could run. */
    private static boolean savesProgram(ProcessRisk risk, EventContext context) {
        for (String path : risk.getUserPaths()) {
            if (FileAssessor.couldRun(FileNames.ofPath(path), context.tuning().extensions())) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable DomainRisk named(Process process, ProcessRisk risk, EventContext context) {
        @Nullable String executable = process.getExecutable();
        @Nullable DomainRisk byImage = executable == null ? null : ofShare(executable, context);
        @Nullable String commandLine = process.getCommandLine();
        if (byImage != null || commandLine == null) {
            return byImage;
        }
        boolean fetches = risk.getLolbin()
                || executable != null && context.tuning().commands().is(Role.FETCHER, executable);
        for (String text : CommandSource.readings(commandLine)) {
            @Nullable DomainRisk place = fetches ? ofUrl(text, context) : null;
            place = place == null ? ofShare(text, context) : place;
            if (place != null) {
                return place;
            }
        }
        return null;
    }

    /**
     * The risk of the place that a program was downloaded from, where the sensor says so (Santa: quarantine_url) and it
     * is not trusted; null for programs that no ordinary user can write.
     */
    static @Nullable DomainRisk ofOrigin(ProcessRisk risk, EventContext context) {
        @Nullable File file = context.event().getFile();
        @Nullable String url = file == null ? null : file.getOriginUrl();
        @Nullable
        DomainRisk place = risk.getImageUserWritable() || risk.getFromMountedDrive() ? context.risk(url) : null;
        return place != null && isUntrusted(place, context) ? EventContext.handingOutProgram(place) : null;
    }

    /**
     * The place that a link of Windows' own schemes leads its handler to ({@code search-ms:…location:\\host},
     * {@code ms-screensketch:…filePath=https://…}), which somebody has followed; null where there is none. What
     * {@code ms-appinstaller:} leads to is installed, and no click.
     */
    static @Nullable DomainRisk ofUriHandler(Process process, EventContext context) {
        @Nullable String commandLine = process.getCommandLine();
        if (commandLine == null || !CommandSource.isGivenUri(commandLine)) {
            return null;
        }
        for (String text : CommandSource.readings(commandLine)) {
            @Nullable DomainRisk place = ofUrl(text, context);
            place = place == null ? ofShare(text, context) : place;
            if (place != null) {
                return place;
            }
        }
        return null;
    }

    private static @Nullable DomainRisk ofUrl(String text, EventContext context) {
        for (String url : CommandLine.urls(text)) {
            @Nullable DomainRisk place = context.risk(url);
            if (place != null && isUntrusted(place, context)) {
                return place;
            }
        }
        for (String url : CommandSource.fetched(text)) {
            @Nullable DomainRisk place = context.risk(url);
            if (place != null && place.getSuffixKind() != SuffixKind.UNLISTED && isUntrusted(place, context)) {
                return place;
            }
        }
        return null;
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
     * Whether a person typed or pasted a command that names a place: into the Run dialog, the address bar of Explorer
     * or of a browser's file dialog, or a terminal.
     */
    static boolean isPasted(Process process, ProcessRisk risk, CommandCatalogue commands) {
        @Nullable
        String parent = process.getParent() == null ? null : process.getParent().getExecutable();
        if (!risk.getLolbin() || parent == null) {
            return false;
        }
        if (commands.is(Role.PROMPT, parent) || risk.getParentKind() == ApplicationKind.BROWSER) {
            return true;
        }
        @Nullable String commandLine = process.getParent().getCommandLine();
        return commandLine == null
                ? commands.is(Role.PERSONAL_SHELL, parent)
                : commands.is(Role.SHELL, parent) && CommandSource.isInteractive(commandLine);
    }
}
