package io.clicktrail.benchmarks.office;

import io.clicktrail.benchmarks.office.Desk.Running;
import io.clicktrail.event.Event;
import io.clicktrail.event.Platform;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * An hour of ordinary work: people read mail, follow links to sites that are known, download documents and programs
 * from them, and run these; systems, browsers and programs update themselves; developers build; backup and software
 * distribution run. Nobody follows a malicious link. The same desk and seed give the same hour.
 */
public final class OfficeWorkload {

    private static final int SECONDS = 3_600;
    private static final String[] SITES = {
        "www.bbc.co.uk",
        "www.wikipedia.org",
        "corp.sharepoint.com",
        "www.theguardian.com",
        "stackoverflow.com",
        "learn.microsoft.com",
        "www.bahn.de",
        "news.ycombinator.com",
        "www.nature.com",
        "abc.xyz",
        "web.dev",
        "www.figma.com"
    };
    private static final String[] SERVICES = {
        "outlook.office365.com",
        "teams.microsoft.com",
        "www.google.com",
        "fonts.gstatic.com",
        "static.cloudflareinsights.com",
        "cdn.jsdelivr.net",
        "d1234abcdef.cloudfront.net",
        "corpbackup.blob.core.windows.net"
    };
    private static final String[] DOCUMENTS = {"report.pdf", "budget.xlsx", "minutes.docx", "photos.zip", "plan.pptx"};
    private static final String[] NEW_SITES = {"harbour-bakery.com", "kitchen-plans.net", "cycling-club-linz.at"};

    /** Tenant keys that are newly observed at the office. */
    public static final Set<String> NEW_KEYS = Set.of(NEW_SITES);

    private final long seed;

    /** @param seed the same seed gives the same hour */
    public OfficeWorkload(long seed) {
        this.seed = seed;
    }

    /** Platform of a desk: of five, three run Windows, one Linux, one macOS. */
    public static Platform platformOf(int number) {
        return switch (number % 5) {
            case 3 -> Platform.LINUX;
            case 4 -> Platform.MACOS;
            default -> Platform.WINDOWS;
        };
    }

    /** Name of a desk. */
    public static String nameOf(int number) {
        return new Desk(number, platformOf(number)).name;
    }

    /** The events of a desk in the hour, in order of time. */
    public List<Event> hourAt(int number) {
        var random = new SplittableRandom(seed * 31 + number);
        var desk = new Desk(number, platformOf(number));
        switch (desk.platform) {
            case WINDOWS, UNKNOWN -> new WindowsHour(desk, random).play();
            case LINUX -> new LinuxHour(desk, random).play();
            case MACOS -> new MacosHour(desk, random).play();
        }
        var events = new ArrayList<>(desk.events);
        events.sort(Comparator.comparing(Event::getTime));
        return events;
    }

    /** The work that the three platforms have in common. */
    private abstract static sealed class Hour {

        final Desk desk;
        final SplittableRandom random;
        final String home;
        final Running browser;

        Hour(Desk desk, SplittableRandom random, String home, String browser) {
            this.desk = desk;
            this.random = random;
            this.home = home;
            this.browser = desk.resident(browser);
        }

        abstract void play();

        final Duration anyTime() {
            return Duration.ofSeconds(random.nextInt(SECONDS - 300)).plusMillis(random.nextInt(1_000));
        }

        final boolean oneIn(int number) {
            return random.nextInt(number) == 0;
        }

        final String anyOf(String[] names) {
            return names[random.nextInt(names.length)];
        }

        final void browse() {
            for (int i = 0; i < 60; i++) {
                desk.visit(anyTime(), browser, oneIn(3) ? anyOf(SITES) : anyOf(SERVICES));
            }
            if (oneIn(4)) {
                desk.visit(anyTime(), browser, anyOf(NEW_SITES));
            }
        }

        /** A download under a temporary name, which is then renamed and marked. */
        final void download(Duration at, String folder, String file, String site) {
            desk.visit(at, browser, site);
            var temporary = folder + "Unconfirmed " + random.nextInt(100_000) + ".crdownload";
            desk.write(at.plusSeconds(2), browser, temporary);
            desk.rename(at.plusSeconds(5), browser, temporary, folder + file);
            desk.mark(at.plusSeconds(5).plusMillis(30), browser, folder + file, "https://" + site + "/files/" + file);
        }
    }

    private static final class WindowsHour extends Hour {

        private static final String CHROME = "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe";
        private static final String SYSTEM = "C:\\Windows\\System32\\";

        private final Running services;
        private final Running explorer;
        private final Running outlook;

        WindowsHour(Desk desk, SplittableRandom random) {
            super(desk, random, "C:\\Users\\" + desk.user + "\\", CHROME);
            services = desk.resident(SYSTEM + "services.exe");
            explorer = desk.resident("C:\\Windows\\explorer.exe");
            outlook = desk.resident("C:\\Program Files\\Microsoft Office\\root\\Office16\\OUTLOOK.EXE");
        }

        @Override
        void play() {
            browse();
            for (int i = 0; i < 6; i++) {
                readMail(anyTime());
            }
            for (int i = 0; i < 3; i++) {
                downloadADocument(anyTime());
            }
            if (oneIn(4)) {
                installAProgram(anyTime());
            }
            updates();
            if (oneIn(5)) {
                develop(anyTime());
            }
        }

        private void readMail(Duration at) {
            var site = anyOf(SITES);
            desk.start(at, CHROME, "\"" + CHROME + "\" --single-argument https://" + site + "/news/1", outlook);
            desk.visit(at.plusMillis(400), browser, site);
        }

        private void downloadADocument(Duration at) {
            var document = anyOf(DOCUMENTS);
            var path = home + "Downloads\\" + document;
            download(at, home + "Downloads\\", document, anyOf(SITES));
            var word = "C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE";
            desk.start(at.plusSeconds(40), word, "\"" + word + "\" /n \"" + path + "\"", explorer);
        }

        private void installAProgram(Duration at) {
            var installer = oneIn(2) ? "ZoomInstaller.exe" : "7z2408-x64.exe";
            download(at, home + "Downloads\\", installer, installer.startsWith("Z") ? "zoom.us" : "www.7-zip.org");
            var path = home + "Downloads\\" + installer;
            var running = desk.start(at.plusSeconds(30), path, "\"" + path + "\"", explorer);
            desk.write(at.plusSeconds(33), running, home + "AppData\\Local\\Temp\\7zS4\\setup.exe");
            desk.start(at.plusSeconds(35), SYSTEM + "msiexec.exe", "msiexec /i setup.msi /qn", running);
        }

        private void updates() {
            var host = desk.resident(SYSTEM + "svchost.exe");
            desk.visit(anyTime(), host, "fe2.update.microsoft.com");
            desk.visit(anyTime(), host, "au.download.windowsupdate.com");
            var at = anyTime();
            desk.start(
                    at, SYSTEM + "wusa.exe", "wusa.exe C:\\Windows\\SoftwareDistribution\\kb.msu", services, "SYSTEM");
            at = anyTime();
            var update = desk.start(
                    at, home + "AppData\\Local\\Google\\Update\\GoogleUpdate.exe", "GoogleUpdate.exe /ua", services);
            desk.visit(at.plusSeconds(1), update, "edgedl.me.gvt1.com");
            desk.write(at.plusSeconds(9), update, home + "AppData\\Local\\Temp\\chrome_installer.exe");
            desk.start(
                    at.plusSeconds(10),
                    home + "AppData\\Local\\Temp\\chrome_installer.exe",
                    "chrome_installer.exe --silent",
                    update);
            at = anyTime();
            var teams = desk.start(
                    at, home + "AppData\\Local\\Microsoft\\Teams\\Update.exe", "Update.exe --update", explorer);
            desk.visit(at.plusSeconds(1), teams, "statics.teams.cdn.office.net");
            desk.write(
                    at.plusSeconds(6), teams, home + "AppData\\Local\\Microsoft\\Teams\\packages\\Teams-1.7-full.exe");
            at = anyTime();
            var agent = desk.resident("C:\\Windows\\CCM\\CcmExec.exe");
            var script = desk.start(
                    at,
                    SYSTEM + "WindowsPowerShell\\v1.0\\powershell.exe",
                    "powershell -File C:\\Windows\\ccmcache\\3\\install.ps1",
                    agent,
                    "SYSTEM");
            desk.write(at.plusSeconds(4), script, "C:\\ProgramData\\Corp\\agent.msi");
            desk.start(
                    at.plusSeconds(5),
                    SYSTEM + "msiexec.exe",
                    "msiexec /i C:\\ProgramData\\Corp\\agent.msi /qn",
                    script,
                    "SYSTEM");
            var backup = desk.resident("C:\\Program Files\\Veeam\\Endpoint Backup\\Veeam.EndPoint.Service.exe");
            desk.visit(anyTime(), backup, "corpbackup.blob.core.windows.net");
        }

        private void develop(Duration at) {
            var code = desk.resident(home + "AppData\\Local\\Programs\\Microsoft VS Code\\Code.exe");
            var shell = desk.start(at, SYSTEM + "cmd.exe", "cmd.exe /d /s /c \"npm ci\"", code);
            var node =
                    desk.start(at.plusSeconds(1), "C:\\Program Files\\nodejs\\node.exe", "node npm-cli.js ci", shell);
            desk.visit(at.plusSeconds(2), node, "registry.npmjs.org");
            for (int i = 0; i < 20; i++) {
                desk.write(at.plusSeconds(3 + i), node, home + "AppData\\Local\\npm-cache\\_cacache\\m" + i + ".js");
            }
            var curl = desk.start(
                    at.plusSeconds(60),
                    SYSTEM + "curl.exe",
                    "curl -LO https://raw.githubusercontent.com/pypa/get-pip/main/public/get-pip.py",
                    shell);
            desk.visit(at.plusSeconds(60), curl, "raw.githubusercontent.com");
            desk.write(at.plusSeconds(61), curl, home + "Downloads\\get-pip.py");
            desk.start(
                    at.plusSeconds(70),
                    home + "AppData\\Local\\Programs\\Python\\python.exe",
                    "python " + home + "Downloads\\get-pip.py",
                    shell);
            desk.visit(at.plusSeconds(90), browser, "github.com");
            desk.visit(at.plusSeconds(91), browser, "objects.githubusercontent.com");
        }
    }

    private static final class LinuxHour extends Hour {

        private static final String FIREFOX = "/usr/lib/firefox/firefox";
        private static final String SHELL = "/usr/bin/bash";

        private final Running systemd;
        private final Running mail;
        private final Running shell;

        LinuxHour(Desk desk, SplittableRandom random) {
            super(desk, random, "/home/" + desk.user + "/", FIREFOX);
            systemd = desk.resident("/usr/lib/systemd/systemd");
            mail = desk.resident("/usr/lib/thunderbird/thunderbird");
            shell = desk.resident(SHELL);
        }

        @Override
        void play() {
            browse();
            for (int i = 0; i < 4; i++) {
                var at = anyTime();
                var site = anyOf(SITES);
                var opener = desk.start(at, "/usr/bin/dash", "/bin/sh /usr/bin/xdg-open https://" + site + "/", mail);
                desk.start(at.plusMillis(90), FIREFOX, "firefox https://" + site + "/", opener);
                desk.visit(at.plusMillis(500), browser, site);
            }
            for (int i = 0; i < 3; i++) {
                var at = anyTime();
                var document = anyOf(DOCUMENTS);
                download(at, home + "Downloads/", document, anyOf(SITES));
                desk.start(at.plusSeconds(30), "/usr/bin/evince", "evince " + home + "Downloads/" + document, systemd);
            }
            systemUpdates();
            develop();
        }

        private void systemUpdates() {
            var at = anyTime();
            var apt = desk.start(at, "/usr/bin/apt-get", "apt-get -y upgrade", systemd, "root");
            desk.visit(at.plusSeconds(1), apt, "archive.ubuntu.com");
            desk.write(at.plusSeconds(5), apt, "/var/cache/apt/archives/partial/libc6.deb");
            var dpkg = desk.start(at.plusSeconds(9), "/usr/bin/dpkg", "dpkg --configure -a", apt, "root");
            desk.start(at.plusSeconds(10), SHELL, "/bin/bash /tmp/libc6.config.A1 configure", dpkg, "root");
            var snap = desk.resident("/usr/lib/snapd/snapd");
            desk.visit(anyTime(), snap, "api.snapcraft.io");
            var backup = desk.resident("/usr/bin/restic");
            desk.visit(anyTime(), backup, "corpbackup.blob.core.windows.net");
        }

        private void develop() {
            var at = anyTime();
            var git = desk.start(at, "/usr/bin/git", "git pull", shell);
            desk.visit(at.plusSeconds(1), git, "github.com");
            var npm = desk.start(at.plusSeconds(20), "/usr/bin/node", "node /usr/bin/npm ci", shell);
            desk.visit(at.plusSeconds(21), npm, "registry.npmjs.org");
            for (int i = 0; i < 20; i++) {
                desk.write(at.plusSeconds(22 + i), npm, home + ".cache/npm/m" + i + ".js");
            }
            var pip = desk.start(at.plusSeconds(60), "/usr/bin/python3", "python3 -m pip install requests", shell);
            desk.visit(at.plusSeconds(61), pip, "files.pythonhosted.org");
            desk.write(at.plusSeconds(62), pip, home + ".cache/pip/wheels/requests.whl");
            download(at.plusSeconds(90), home + "Downloads/", "editor.AppImage", "github.com");
            var chmod = desk.start(
                    at.plusSeconds(120), "/usr/bin/chmod", "chmod +x " + home + "Downloads/editor.AppImage", shell);
            desk.makeExecutable(at.plusSeconds(120), chmod, home + "Downloads/editor.AppImage");
            desk.start(at.plusSeconds(125), home + "Downloads/editor.AppImage", "./editor.AppImage", shell);
            var curl = desk.start(
                    at.plusSeconds(150), "/usr/bin/curl", "curl -fsSL https://sh.rustup.rs -o /tmp/rustup.sh", shell);
            desk.visit(at.plusSeconds(150), curl, "sh.rustup.rs");
            desk.write(at.plusSeconds(151), curl, "/tmp/rustup.sh");
            desk.start(at.plusSeconds(155), SHELL, "bash /tmp/rustup.sh -y", shell);
        }
    }

    private static final class MacosHour extends Hour {

        private static final String CHROME = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

        private final Running launchd;
        private final Running slack;
        private final Running shell;

        MacosHour(Desk desk, SplittableRandom random) {
            super(desk, random, "/Users/" + desk.user + "/", CHROME);
            launchd = desk.resident("/sbin/launchd");
            slack = desk.resident("/Applications/Slack.app/Contents/MacOS/Slack");
            shell = desk.resident("/bin/zsh");
        }

        @Override
        void play() {
            browse();
            for (int i = 0; i < 4; i++) {
                var at = anyTime();
                var site = anyOf(SITES);
                desk.start(at, "/usr/bin/open", "/usr/bin/open https://" + site + "/", slack);
                desk.visit(at.plusMillis(500), browser, site);
            }
            for (int i = 0; i < 3; i++) {
                download(anyTime(), home + "Downloads/", anyOf(DOCUMENTS), anyOf(SITES));
            }
            updates();
            var at = anyTime();
            download(at, home + "Downloads/", "Slack.dmg", "slack.com");
            desk.start(
                    at.plusSeconds(20), "/usr/bin/hdiutil", "hdiutil attach " + home + "Downloads/Slack.dmg", launchd);
            desk.start(at.plusSeconds(30), "/Volumes/Slack/Slack.app/Contents/MacOS/Slack", "Slack", launchd);
        }

        private void updates() {
            var at = anyTime();
            var brew = desk.start(at, "/bin/bash", "/bin/bash /opt/homebrew/Library/Homebrew/brew.sh upgrade", shell);
            var curl = desk.start(
                    at.plusSeconds(1), "/usr/bin/curl", "curl --location https://ghcr.io/v2/homebrew/core/jq", brew);
            desk.visit(at.plusSeconds(2), curl, "ghcr.io");
            desk.write(at.plusSeconds(4), curl, home + "Library/Caches/Homebrew/downloads/jq.bottle.tar.gz");
            desk.start(
                    at.plusSeconds(6),
                    "/usr/bin/tar",
                    "tar --extract --file " + home + "Library/Caches/Homebrew/downloads/jq.bottle.tar.gz",
                    brew);
            var update = desk.resident("/System/Library/PrivateFrameworks/SoftwareUpdate.framework/softwareupdated");
            desk.visit(anyTime(), update, "swcdn.apple.com");
            at = anyTime();
            var keystone = desk.start(
                    at,
                    home + "Library/Application Support/Google/GoogleUpdater/GoogleUpdater",
                    "GoogleUpdater --wake",
                    launchd);
            desk.visit(at.plusSeconds(1), keystone, "dl.google.com");
            desk.write(at.plusSeconds(9), keystone, "/private/var/folders/a/b/T/GoogleChrome.dmg");
            desk.start(
                    at.plusSeconds(11),
                    "/usr/bin/hdiutil",
                    "hdiutil attach /private/var/folders/a/b/T/GoogleChrome.dmg",
                    keystone);
            at = anyTime();
            var zoom = desk.resident("/Applications/zoom.us.app/Contents/MacOS/zoom.us");
            desk.visit(at, zoom, "zoom.us");
            desk.write(at.plusSeconds(3), zoom, home + "Library/Application Support/zoom.us/AutoUpdater/Zoom.pkg");
            desk.start(
                    at.plusSeconds(9),
                    "/usr/sbin/installer",
                    "installer -pkg " + home + "Library/Application Support/zoom.us/AutoUpdater/Zoom.pkg",
                    zoom);
        }
    }
}
