package io.clicktrail.enricher.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.enricher.TestEvents;
import io.clicktrail.enricher.TestTunings;
import io.clicktrail.enricher.tuning.CompiledTuning;
import io.clicktrail.event.CodeSignature;
import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.EventOutcome;
import io.clicktrail.event.File;
import io.clicktrail.event.Host;
import io.clicktrail.event.Http;
import io.clicktrail.event.MarkAction;
import io.clicktrail.event.ParentProcess;
import io.clicktrail.event.Platform;
import io.clicktrail.event.Process;
import io.clicktrail.event.SignatureStatus;
import io.clicktrail.event.Url;
import io.clicktrail.event.User;
import io.clicktrail.evidence.ApplicationKind;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.ExtensionClass;
import io.clicktrail.evidence.Role;
import io.clicktrail.tuning.QuarantinePolicy;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What events of Linux and macOS can be in a chain. */
class PlatformRolesTest {

    private static final String LURE = "https://rnicrosoft-login.top/invoice";
    private static final String MAC_CHROME = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

    private final Enrichment enrichment = new Enrichment(TestTunings.CATALOGUES);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/usr/lib/firefox/firefox|firefox URL|/usr/lib/thunderbird/thunderbird|thunderbird|firefox|BROWSER",
                "/usr/lib/firefox/firefox|firefox URL|/usr/libexec/xdg-desktop-portal|x|firefox|BROWSER",
                "/usr/lib/firefox/firefox|firefox URL|/usr/lib/systemd/systemd|systemd --user|firefox|BROWSER",
                "/usr/bin/dash|/bin/sh /usr/bin/xdg-open URL|/usr/share/slack/slack|slack|xdg-open|BROKER",
                "/usr/bin/bash|/bin/bash /usr/bin/google-chrome URL|/usr/bin/dash|/bin/sh /usr/bin/xdg-open "
                        + "URL|chrome|BROWSER",
                "/usr/bin/snap|/usr/bin/snap run firefox URL|/usr/lib/thunderbird/thunderbird|t|firefox|BROWSER",
                "/usr/bin/flatpak|/usr/bin/flatpak run --branch=stable org.mozilla.firefox @@u URL @@|/usr/bin/"
                        + "gnome-shell|g|firefox|BROWSER",
                "/usr/bin/bwrap|bwrap --args 42 firefox URL|/usr/libexec/xdg-desktop-portal|x|firefox|BROWSER"
            })
    void takesWhatOpensALinkOnLinuxForAClick(
            String image,
            String commandLine,
            String parent,
            String parentLine,
            String application,
            ApplicationKind applicationKind) {
        Evidence click = judged(start(Platform.LINUX, image, commandLine.replace("URL", LURE), parent, parentLine));

        assertThat(click.getRoles()).contains(Role.CLICK).doesNotContain(Role.EXECUTION);
        assertThat(click.getProcess().getApplication()).isEqualTo(application);
        assertThat(click.getProcess().getApplicationKind()).isEqualTo(applicationKind);
        assertThat(click.getProcess().getLolbin()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/usr/bin/open|open URL|/Applications/Slack.app/Contents/MacOS/Slack|true",
                "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome|Google Chrome URL|/sbin/launchd|true",
                "/usr/bin/open|open URL|/bin/zsh|false",
                "/usr/bin/curl|curl URL|/Applications/Slack.app/Contents/MacOS/Slack|false"
            })
    void takesWhatOpensALinkOnMacosForAClick(String image, String commandLine, String parent, boolean click) {
        Evidence evidence = judge(start(Platform.MACOS, image, commandLine.replace("URL", LURE), parent, parent));

        assertThat(evidence != null && evidence.getRoles().contains(Role.CLICK)).isEqualTo(click);
    }

    @Test
    void saysNothingOfWhatASessionStartsForEverybody() {
        assertThat(judge(start(Platform.MACOS, "/usr/libexec/trustd", "trustd", "/sbin/launchd", "launchd")))
                .isNull();
        assertThat(judge(start(Platform.LINUX, "/usr/bin/cupsd", "cupsd", "/usr/lib/systemd/systemd", "systemd")))
                .isNull();
    }

    @Test
    void foldsAWebViewIntoTheApplicationInWhoseNameItActs() {
        var process = Process.newBuilder()
                .setEntityId("w1")
                .setExecutable("/System/Library/Frameworks/WebKit.framework/com.apple.WebKit.Networking")
                .setResponsible(new ParentProcess("m1", 7L, "/System/Applications/Mail.app/Contents/MacOS/Mail", null))
                .build();
        Evidence evidence = judged(event(Platform.MACOS, EventKind.PROCESS_START)
                .setProcess(process)
                .build());
        assertThat(evidence.getProcess().getApplication()).isEqualTo("mail");

        Evidence teams = judged(start(
                Platform.WINDOWS,
                "C:\\Program Files (x86)\\Microsoft\\EdgeWebView\\Application\\msedgewebview2.exe",
                "msedgewebview2.exe --embedded-browser-webview=1 --webview-exe-name=ms-teams.exe --type=utility",
                "C:\\Windows\\explorer.exe",
                "explorer.exe"));
        assertThat(teams.getProcess().getApplication()).isEqualTo("teams");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LINUX|/home/anna/Downloads/setup.run|/home/anna/Downloads/setup.run|/home/anna/Downloads|",
                "LINUX|/usr/bin/bash|bash setup.sh|/home/anna/Downloads|/home/anna/Downloads/setup.sh",
                "LINUX|/usr/bin/bash|bash ./setup.sh|/home/anna/Downloads/|/home/anna/Downloads/setup.sh",
                "LINUX|/usr/bin/python3|python3 /tmp/x.py|/|/tmp/x.py",
                "LINUX|/usr/bin/unzip|unzip a.zip|/home/anna/Downloads|/home/anna/Downloads/a.zip",
                "MACOS|/usr/bin/hdiutil|hdiutil attach a.dmg|/Users/anna/Downloads|/Users/anna/Downloads/a.dmg",
                "MACOS|/Volumes/Invoice/Install.app/Contents/MacOS/Install|Install|/|",
                "WINDOWS|C:\\Windows\\System32\\wscript.exe|wscript \"my invoice.js\"|"
                        + "C:\\Users\\anna\\Downloads\\|C:\\Users\\anna\\Downloads\\my invoice.js"
            })
    void takesWhatRunsFromAUsersFolderForAnExecution(
            Platform platform, String image, String commandLine, String folder, @Nullable String path) {
        var process = Process.newBuilder()
                .setEntityId("x1")
                .setExecutable(image)
                .setCommandLine(commandLine)
                .setWorkingDirectory(folder)
                .build();
        Evidence evidence = judged(
                event(platform, EventKind.PROCESS_START).setProcess(process).build());

        assertThat(evidence.getRoles()).contains(Role.EXECUTION);
        assertThat(evidence.getProcess().getUserPaths()).isEqualTo(path == null ? List.of() : List.of(path));
    }

    @ParameterizedTest
    @CsvSource({
        "LINUX,/run/media/anna/INVOICE/setup.sh,true",
        "LINUX,/mnt/share/setup.sh,false",
        "MACOS,/Volumes/Invoice/Install.command,true",
        "MACOS,/Users/anna/Downloads/Install.command,false"
    })
    void tellsAMountedImage(Platform platform, String path, boolean mounted) {
        Evidence evidence = judged(start(platform, "/bin/bash", "bash " + path, "/usr/bin/x", "x"));

        assertThat(evidence.getProcess().getFromMountedDrive()).isEqualTo(mounted);
    }

    @ParameterizedTest
    @CsvSource({
        "0755,/home/anna/Downloads/setup.run,true",
        "0100700,/home/anna/Downloads/setup,true",
        "0644,/home/anna/Downloads/setup.run,false",
        "0755,/home/anna/Downloads/photo.jpg,false",
        "0755,/usr/bin/x,false"
    })
    void takesAFileThatWasMadeExecutableForFollowOn(String mode, String path, boolean execution) {
        Evidence evidence = judge(event(Platform.LINUX, EventKind.FILE_MODE)
                .setFile(file(path).setMode(mode).build())
                .build());

        assertThat(evidence == null ? List.of() : evidence.getRoles())
                .isEqualTo(execution ? List.of(Role.EXECUTION) : List.of());
    }

    @Test
    void readsTheQuarantineOfMacos() {
        var path = "/Users/anna/Downloads/Invoice.pkg";

        assertThat(judged(marked("/Users/anna/Downloads/notes.pdf", MarkAction.SET))
                        .getRoles())
                .containsExactly(Role.WRITE);
        assertThat(judged(marked(path, MarkAction.REMOVED)).getRoles()).containsExactly(Role.EXECUTION);
        assertThat(judged(marked(path, MarkAction.MISSING)).getRoles()).containsExactly(Role.WRITE);
        assertThat(judge(marked("/Users/anna/Downloads/notes.txt", MarkAction.MISSING)))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"EQHXZ8M8AV,Google", "eqhxz8m8av,Google", "AAAAAAAAAA,-", "-,-"})
    void knowsWhoSignedAProgram(@Nullable String team, @Nullable String publisher) {
        var image = "/Volumes/Viewer/Viewer.app/Contents/MacOS/Viewer";
        Evidence run = judged(event(Platform.MACOS, EventKind.PROCESS_START)
                .setProcess(Process.newBuilder(TestEvents.process(image, image, null))
                        .setCodeSignature(new CodeSignature("viewer", team, null, SignatureStatus.UNKNOWN, null))
                        .build())
                .build());

        assertThat(run.getProcess().getPublisher()).isEqualTo(publisher);
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "/Users/anna/Downloads/Viewer.app/Contents/MacOS/Viewer,true",
                "/Applications/Viewer.app/Contents/MacOS/Viewer,false"
            })
    void namesThePlaceThatAProgramWasDownloadedFrom(String image, boolean named) {
        Evidence run = judge(event(Platform.MACOS, EventKind.PROCESS_START)
                .setProcess(TestEvents.process(image, image, null))
                .setFile(file(image)
                        .setOriginUrl("https://evil.top/x/Viewer.zip")
                        .build())
                .build());

        assertThat(run != null && run.getDomain() != null).isEqualTo(named);
    }

    @Test
    void takesARowOfMacosListOfQuarantinedDownloadsForAWrite() {
        Evidence row = judged(event(Platform.MACOS, EventKind.FILE_MARK)
                .setFile(file("Invoice.dmg")
                        .setOriginUrl("https://evil.top/x/Invoice.dmg?t=1")
                        .setMark(MarkAction.SET)
                        .build())
                .build());

        assertThat(row.getRoles()).containsExactly(Role.WRITE);
        assertThat(row.getDomain().getTenantKey()).isEqualTo("evil.top");
        assertThat(judge(event(Platform.MACOS, EventKind.FILE_WRITE)
                        .setFile(file("Invoice.dmg").build())
                        .build()))
                .isNull();
    }

    @Test
    void passesOverAMissingQuarantineWhereThePolicySaysSo() {
        CompiledTuning tuning =
                TestTunings.of(Platform.MACOS, document -> document.setQuarantinePolicy(QuarantinePolicy.IGNORE));

        assertThat(enrichment.enrich(marked("/Users/anna/Downloads/Invoice.pkg", MarkAction.MISSING), "mac1", tuning))
                .isNull();
    }

    @Test
    void takesTheEndOfADownloadForAWrite() {
        Evidence evidence = judged(event(Platform.LINUX, EventKind.FILE_WRITE)
                .setFile(file("/home/anna/Downloads/notes.pdf")
                        .setOriginalPath("/home/anna/Downloads/notes.pdf.part")
                        .build())
                .build());

        assertThat(evidence.getRoles()).containsExactly(Role.WRITE);
        assertThat(evidence.getFile().getExtensionClass()).isEqualTo(ExtensionClass.DOCUMENT);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "https://mail.google.com/mail/u/0/,text/html,200,true",
                "https://mail.google.com/mail/u/0/,-,302,true",
                "https://mail.google.com/mail/u/0/,image/png,200,false",
                "https://www.bbc.co.uk/,text/html,200,false",
                "-,text/html,200,false"
            })
    void takesARequestThatAMailSiteRefersToForAClick(
            @Nullable String referrer, @Nullable String type, int status, boolean click) {
        Event request = TestEvents.proxy("10.0.0.5", "https://www.example.org/invoice")
                .setHttp(Http.newBuilder()
                        .setMethod("GET")
                        .setReferrer(referrer)
                        .setMimeType(type)
                        .setStatusCode(status)
                        .build())
                .build();
        Evidence evidence = enrichment.enrich(request, "ip:10.0.0.5", TestTunings.builtIn(Platform.WINDOWS));

        assertThat(evidence != null && evidence.getRoles().contains(Role.CLICK)).isEqualTo(click);
    }

    @Test
    void passesOverWhatWasBlocked() {
        Event blocked = event(Platform.LINUX, EventKind.URL_OPEN)
                .setUrl(new Url(LURE))
                .setOutcome(EventOutcome.FAILURE)
                .build();

        assertThat(judge(blocked)).isNull();
    }

    private Evidence judged(Event event) {
        return Objects.requireNonNull(judge(event));
    }

    private @Nullable Evidence judge(Event event) {
        Platform platform = event.getHost().getPlatform();
        return enrichment.enrich(event, event.getHost().getName(), TestTunings.builtIn(platform));
    }

    private static Event marked(String path, MarkAction mark) {
        return event(Platform.MACOS, EventKind.FILE_MARK)
                .setProcess(TestEvents.process(MAC_CHROME, null, null))
                .setFile(file(path).setMark(mark).build())
                .build();
    }

    private static File.Builder file(String path) {
        return File.newBuilder().setPath(path).setName(path.substring(path.lastIndexOf('/') + 1));
    }

    private static Event start(Platform platform, String image, String commandLine, String parent, String parentLine) {
        var process = Process.newBuilder()
                .setEntityId("p1")
                .setExecutable(image)
                .setCommandLine(commandLine)
                .setParent(new ParentProcess("p0", 1L, parent, parentLine.replace("URL", LURE)))
                .build();
        return event(platform, EventKind.PROCESS_START).setProcess(process).build();
    }

    private static Event.Builder event(Platform platform, EventKind kind) {
        return TestEvents.event(kind, "test")
                .setHost(
                        Host.newBuilder().setName("host1").setPlatform(platform).build())
                .setUser(new User("anna", null, null, null));
    }
}
