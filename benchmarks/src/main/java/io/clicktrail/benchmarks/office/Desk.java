package io.clicktrail.benchmarks.office;

import io.clicktrail.event.Dns;
import io.clicktrail.event.Endpoint;
import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.File;
import io.clicktrail.event.Host;
import io.clicktrail.event.MarkAction;
import io.clicktrail.event.Network;
import io.clicktrail.event.ParentProcess;
import io.clicktrail.event.Platform;
import io.clicktrail.event.Process;
import io.clicktrail.event.Source;
import io.clicktrail.event.User;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A computer and its user; records the events of its sensors as the normalizer would have emitted them. */
final class Desk {

    /** 14 October 2026, 09:00 UTC. */
    static final Instant NINE = Instant.parse("2026-10-14T09:00:00Z");

    final Platform platform;
    final String name;
    final String address;
    final String user;
    final List<Event> events = new ArrayList<>();

    private final int number;
    private int processes;

    /** A process that runs on the desk. */
    record Running(String entity, String image, String commandLine) {}

    Desk(int number, Platform platform) {
        this.number = number;
        this.platform = platform;
        this.name = String.format(Locale.ROOT, "%s-%04d.corp.example", prefix(platform), number);
        this.address = "10.40." + number / 250 + "." + (1 + number % 250);
        this.user = "user" + number;
    }

    private static String prefix(Platform platform) {
        return switch (platform) {
            case WINDOWS, UNKNOWN -> "ws";
            case LINUX -> "lx";
            case MACOS -> "mac";
        };
    }

    /** A process that was started before the hour. */
    Running resident(String image) {
        return new Running(name + ":" + ++processes, image, image);
    }

    Running start(Duration at, String image, String commandLine, Running parent) {
        return start(at, image, commandLine, parent, user);
    }

    Running start(Duration at, String image, String commandLine, Running parent, String account) {
        var started = new Running(name + ":" + ++processes, image, commandLine);
        events.add(event(at, EventKind.PROCESS_START, true, account)
                .setProcess(Process.newBuilder()
                        .setEntityId(started.entity())
                        .setExecutable(image)
                        .setCommandLine(commandLine)
                        .setParent(new ParentProcess(parent.entity(), null, parent.image(), parent.commandLine()))
                        .build())
                .build());
        return started;
    }

    /** The process resolves a name and connects; the network sensor records both. */
    void visit(Duration at, Running process, String domain) {
        events.add(event(at, EventKind.DNS_QUERY, true, user)
                .setProcess(acting(process))
                .setDns(question(domain))
                .build());
        events.add(event(at.plusMillis(40), EventKind.DNS_QUERY, false, null)
                .setClient(client())
                .setDns(question(domain))
                .build());
        events.add(event(at.plusMillis(90), EventKind.NETWORK_CONNECTION, false, null)
                .setClient(client())
                .setDestination(Endpoint.newBuilder()
                        .setIp("198.51.100.7")
                        .setPort(443)
                        .setDomain(domain)
                        .build())
                .setNetwork(Network.newBuilder().setDirection("egress").build())
                .build());
    }

    void write(Duration at, Running process, String path) {
        events.add(event(at, EventKind.FILE_WRITE, true, user)
                .setProcess(acting(process))
                .setFile(file(path).build())
                .build());
    }

    void rename(Duration at, Running process, String from, String to) {
        events.add(event(at, EventKind.FILE_WRITE, true, user)
                .setProcess(acting(process))
                .setFile(file(to).setOriginalPath(from).build())
                .build());
    }

    /** The platform's mark of a download; only that of Windows has the origin. */
    void mark(Duration at, Running process, String path, String origin) {
        var marked = file(path).setMark(MarkAction.SET);
        if (platform == Platform.WINDOWS) {
            marked.setZoneId(3).setOriginUrl(origin);
        }
        events.add(event(at, EventKind.FILE_MARK, true, user)
                .setProcess(acting(process))
                .setFile(marked.build())
                .build());
    }

    void makeExecutable(Duration at, Running process, String path) {
        events.add(event(at, EventKind.FILE_MODE, true, user)
                .setProcess(acting(process))
                .setFile(file(path).setMode("0755").build())
                .build());
    }

    private Event.Builder event(Duration at, EventKind kind, boolean byEndpoint, @Nullable String account) {
        var hex = HexFormat.of();
        return Event.newBuilder()
                .setEventId(hex.toHexDigits((long) number) + hex.toHexDigits((long) events.size()))
                .setTime(NINE.plus(at))
                .setKind(kind)
                .setSource(new Source(byEndpoint ? "test.endpoint" : "zeek.dns", "raw", 0, 0L, "", 0))
                .setHost(
                        byEndpoint
                                ? Host.newBuilder()
                                        .setName(name)
                                        .setPlatform(platform)
                                        .build()
                                : null)
                .setUser(account == null ? null : new User(account, null, null, null));
    }

    private static Process acting(Running process) {
        return Process.newBuilder()
                .setEntityId(process.entity())
                .setExecutable(process.image())
                .build();
    }

    private static Dns question(String domain) {
        return Dns.newBuilder()
                .setQuestionName(domain)
                .setResponseCode("NOERROR")
                .build();
    }

    private Endpoint client() {
        return Endpoint.newBuilder().setIp(address).build();
    }

    private static File.Builder file(String path) {
        return File.newBuilder()
                .setPath(path)
                .setName(path.substring(Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) + 1));
    }
}
