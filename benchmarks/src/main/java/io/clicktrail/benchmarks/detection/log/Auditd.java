package io.clicktrail.benchmarks.detection.log;

import io.clicktrail.benchmarks.detection.host.Activity;
import io.clicktrail.benchmarks.detection.host.Machine;
import io.clicktrail.benchmarks.detection.host.Program;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * Lines of auditd on x86_64 with the node's name (github.com/linux-audit, audit.log format); it knows parents by pid.
 */
public final class Auditd implements Sensor {
    private static final int MAX_PROCTITLE = 128;
    private static final int MAX_COMM = 15;
    private static final int EXECVE = 59;
    private static final int CONNECT = 42;
    private static final int OPENAT = 257;
    private static final int RENAME = 82;
    private static final int FCHMODAT = 268;

    private final boolean files;
    private final WebLog web;

    /**
     * @param files whether writes, renames and modes are audited
     * @param web what the way to the Internet leaves visible
     */
    public Auditd(boolean files, WebLog web) {
        this.files = files;
        this.web = web;
    }

    @Override
    public boolean record(Activity activity, Machine machine, LogCollector logs) {
        Instant at = machine.clock(activity.at());
        return switch (activity) {
            case Activity.ProcessStarted started -> {
                Program program = started.program();
                var lines = new Lines(machine, at);
                lines.syscall(EXECVE, "0", "55d0", "55d1", program, "exec");
                lines.add("EXECVE", arguments(program.arguments()));
                lines.cwd();
                lines.add(
                        "PATH",
                        "item=0 name=" + text(program.image())
                                + " inode=1593 dev=08:01 mode=0100755 ouid=0 ogid=0 rdev=00:00 nametype=NORMAL");
                lines.add(
                        "PATH",
                        "item=1 name=\"/lib64/ld-linux-x86-64.so.2\""
                                + " inode=4382 dev=08:01 mode=0100755 ouid=0 ogid=0 rdev=00:00 nametype=NORMAL");
                lines.title(program);
                yield lines.write(logs);
            }
            case Activity.Connected connected -> {
                var lines = new Lines(machine, at);
                lines.syscall(CONNECT, "-115", "6", "7ffe", connected.program(), "net");
                lines.add("SOCKADDR", "saddr=" + socket(web.address(connected.remote()), web.port(connected.remote())));
                lines.title(connected.program());
                yield lines.write(logs);
            }
            case Activity.FileCreated created -> {
                if (!files) {
                    yield false;
                }
                var lines = new Lines(machine, at);
                lines.syscall(OPENAT, "3", "ffffff9c", "7ffe", created.program(), "write");
                lines.cwd();
                lines.path(0, parent(created.path()), "PARENT");
                lines.path(1, created.path(), "CREATE");
                lines.title(created.program());
                yield lines.write(logs);
            }
            case Activity.FileRenamed renamed -> {
                if (!files) {
                    yield false;
                }
                var lines = new Lines(machine, at);
                lines.syscall(RENAME, "0", "7f", "7e", renamed.program(), "write");
                lines.cwd();
                lines.path(0, parent(renamed.from()), "PARENT");
                lines.path(1, parent(renamed.to()), "PARENT");
                lines.path(2, renamed.from(), "DELETE");
                lines.path(3, renamed.to(), "CREATE");
                lines.title(renamed.program());
                yield lines.write(logs);
            }
            case Activity.ModeChanged changed -> {
                if (!files) {
                    yield false;
                }
                var lines = new Lines(machine, at);
                lines.syscall(FCHMODAT, "0", "ffffff9c", "aaaa", changed.program(), "mode");
                lines.cwd();
                lines.path(0, changed.path(), "NORMAL");
                lines.title(changed.program());
                yield lines.write(logs);
            }
            case Activity.NameResolved resolved -> false;
            case Activity.Requested requested -> false;
            case Activity.FileMarked marked -> false;
            case Activity.MarkRemoved removed -> false;
            case Activity.LinkOpened opened -> false;
            case Activity.MailLinkClicked clicked -> false;
            case Activity.LoggedOn logon -> false;
            case Activity.SignedIn signedIn -> false;
            case Activity.AddressLeased leased -> false;
        };
    }

    private static String parent(String path) {
        return path.substring(0, path.lastIndexOf('/') + 1);
    }

    private static String arguments(List<String> arguments) {
        var text = new StringBuilder("argc=").append(arguments.size());
        for (int i = 0; i < arguments.size(); i++) {
            text.append(" a").append(i).append('=').append(text(arguments.get(i)));
        }
        return text.toString();
    }

    /** Quoted, or in hex where a blank, a quote or what is not ASCII is in it. */
    private static String text(String value) {
        boolean plain = value.chars().allMatch(each -> each > ' ' && each < 127 && each != '"');
        return plain ? "\"" + value + "\"" : hex(value);
    }

    private static String hex(String value) {
        return HexFormat.of().withUpperCase().formatHex(value.getBytes(StandardCharsets.UTF_8));
    }

    private static String socket(String address, int port) {
        var text = new StringBuilder(String.format(Locale.ROOT, "0200%04X", port));
        for (String octet : address.split("\\.", -1)) {
            text.append(String.format(Locale.ROOT, "%02X", Integer.parseInt(octet)));
        }
        return text.append("0000000000000000").toString();
    }

    /** The lines of one event. */
    private static final class Lines {
        private final Machine machine;
        private final Instant at;
        private final String stamp;
        private final List<String> all = new ArrayList<>();

        private Lines(Machine machine, Instant at) {
            this.machine = machine;
            this.at = at;
            stamp = " msg=audit(" + Times.epoch(at, 3) + ":" + machine.nextSerial() + "): ";
        }

        private void add(String type, String fields) {
            all.add("node=" + machine.qualifiedName() + " type=" + type + stamp + fields);
        }

        private void syscall(int number, String exit, String a0, String a1, Program program, String key) {
            String name = program.name();
            boolean mode = number == FCHMODAT;
            add(
                    "SYSCALL",
                    "arch=c000003e syscall=" + number + " success=" + (exit.equals("-115") ? "no" : "yes") + " exit="
                            + exit + " a0=" + a0 + " a1=" + a1 + " a2=" + (mode ? "1ed" : "241")
                            + " a3=1b6 items=" + items(number) + " ppid="
                            + program.parentOrSelf().pid() + " pid=" + program.pid()
                            + " auid=1000 uid=1000 gid=1000 euid=1000 suid=1000 fsuid=1000 egid=1000 sgid=1000"
                            + " fsgid=1000 tty=pts0 ses=3 comm="
                            + text(name.substring(0, Math.min(MAX_COMM, name.length()))) + " exe="
                            + text(program.image()) + " subj=unconfined key=\"" + key
                            + "\"\u001dARCH=x86_64 AUID=\"" + machine.person().login() + "\" UID=\""
                            + machine.person().login() + "\"");
        }

        /** Number of PATH records that follow. */
        private static int items(int number) {
            return switch (number) {
                case CONNECT -> 0;
                case FCHMODAT -> 1;
                case RENAME -> 4;
                default -> 2;
            };
        }

        private void cwd() {
            add("CWD", "cwd=" + text(machine.workingDirectory()));
        }

        private void path(int item, String path, String type) {
            add(
                    "PATH",
                    "item=" + item + " name=" + text(path)
                            + " inode=78 dev=08:01 mode=0100644 ouid=1000 ogid=1000 rdev=00:00 nametype=" + type);
        }

        private void title(Program program) {
            String title = hex(String.join("\0", program.arguments()));
            add("PROCTITLE", "proctitle=" + title.substring(0, Math.min(2 * MAX_PROCTITLE, title.length())));
        }

        private boolean write(LogCollector logs) {
            logs.add("auditd.log", at, String.join("\n", all));
            return true;
        }
    }
}
