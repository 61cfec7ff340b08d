package io.clicktrail.enricher.evidence;

import io.clicktrail.enricher.domain.NoveltyScorer;
import io.clicktrail.enricher.file.CommandLine;
import io.clicktrail.enricher.file.CommandSource;
import io.clicktrail.event.Process;
import io.clicktrail.evidence.ApplicationKind;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.evidence.ProcessRisk;
import io.clicktrail.evidence.SuffixKind;
import io.clicktrail.tuning.AllowScope;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The place that a command takes code from: pasted commands ({@code powershell … https://…}, {@code curl … | bash}),
 * remote installers ({@code msiexec /i https://…}, {@code ms-appinstaller:?source=https://…}) and programs and
 * libraries on shares and WebDAV folders of the internet. LOLBAS, GTFOBins and MITRE ATT&CK T1204.004 list such
 * commands.
 */
final class CommandPlaces {

    /** Shells that people work in; scripts are run by the others as well. */
    private static final Set<String> SHELLS_OF_PEOPLE = Set.of("bash", "zsh", "fish");

    private static final Set<String> SHELLS =
            Set.of("bash", "zsh", "fish", "sh", "dash", "ksh", "tcsh", "cmd.exe", "powershell.exe", "pwsh.exe", "pwsh");

    /** Where people type commands: terminals, and the Run dialogs of desktops. */
    private static final Set<String> PROMPTS = Set.of(
            "explorer.exe",
            "windowsterminal.exe",
            "openconsole.exe",
            "terminal",
            "iterm2",
            "warp",
            "kitty",
            "alacritty",
            "wezterm-gui",
            "ghostty",
            "gnome-terminal-server",
            "gnome-terminal-",
            "ptyxis",
            "konsole",
            "xterm",
            "xfce4-terminal",
            "mate-terminal",
            "tilix",
            "terminator",
            "krunner",
            "gnome-shell",
            "plasmashell");

    private CommandPlaces() {}

    /** The risk of the first place that a command names and that is not trusted; null where it names none. */
    static @Nullable DomainRisk untrusted(Process process, ProcessRisk risk, EventContext context) {
        @Nullable String executable = process.getExecutable();
        @Nullable DomainRisk byImage = executable == null ? null : ofShare(executable, context);
        @Nullable String commandLine = process.getCommandLine();
        if (byImage != null || commandLine == null) {
            return byImage;
        }
        for (String text : CommandSource.readings(commandLine)) {
            @Nullable DomainRisk place = risk.getLolbin() ? ofUrl(text, context) : null;
            place = place == null ? ofShare(text, context) : place;
            if (place != null) {
                return place;
            }
        }
        return null;
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
    static boolean isPasted(Process process, ProcessRisk risk) {
        @Nullable
        String parent = process.getParent() == null ? null : process.getParent().getExecutable();
        if (!risk.getLolbin() || parent == null) {
            return false;
        }
        String name = parent.substring(Math.max(parent.lastIndexOf('/'), parent.lastIndexOf('\\')) + 1)
                .toLowerCase(Locale.ROOT);
        if (PROMPTS.contains(name) || risk.getParentKind() == ApplicationKind.BROWSER) {
            return true;
        }
        @Nullable String commandLine = process.getParent().getCommandLine();
        return commandLine == null
                ? SHELLS_OF_PEOPLE.contains(name)
                : SHELLS.contains(name) && CommandSource.isInteractive(commandLine);
    }
}
