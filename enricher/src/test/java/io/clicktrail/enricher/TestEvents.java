package io.clicktrail.enricher;

import io.clicktrail.event.AddressLease;
import io.clicktrail.event.Dns;
import io.clicktrail.event.Endpoint;
import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.File;
import io.clicktrail.event.Host;
import io.clicktrail.event.Http;
import io.clicktrail.event.Logon;
import io.clicktrail.event.Network;
import io.clicktrail.event.ParentProcess;
import io.clicktrail.event.Platform;
import io.clicktrail.event.Process;
import io.clicktrail.event.Source;
import io.clicktrail.event.Url;
import io.clicktrail.event.User;
import io.clicktrail.streams.testkit.TopologyHarness;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Events of one morning: Alice of Contoso works on ws-1. */
public final class TestEvents {

    public static final Instant TEN = TopologyHarness.START;
    public static final String HOST = "ws-1.contoso.com";
    public static final String CHROME = "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe";
    public static final String OUTLOOK = "C:\\Program Files\\Microsoft Office\\root\\Office16\\OUTLOOK.EXE";
    public static final String EXPLORER = "C:\\Windows\\explorer.exe";

    private static int count;

    static {
        TestTunings.trustGeneratedTypes();
    }

    private TestEvents() {}

    public static Event.Builder sysmon(EventKind kind) {
        return event(kind, "windows.sysmon")
                .setHost(Host.newBuilder()
                        .setName(HOST)
                        .setPlatform(Platform.WINDOWS)
                        .build())
                .setUser(new User("alice", "CONTOSO", null, null));
    }

    /** An event of a dataset at ten o'clock. */
    public static Event.Builder event(EventKind kind, String dataset) {
        count++;
        return Event.newBuilder()
                .setEventId("%032x".formatted(count))
                .setTime(TEN)
                .setKind(kind)
                .setSource(Source.newBuilder()
                        .setDataset(dataset)
                        .setTopic("clicktrail.raw.logs")
                        .setPartition(0)
                        .setOffset(count)
                        .setSha256("0".repeat(64))
                        .build());
    }

    public static Event processStart(@Nullable String image, String commandLine, String parentImage) {
        return sysmon(EventKind.PROCESS_START)
                .setProcess(process(image, commandLine, parentImage))
                .build();
    }

    public static Process process(@Nullable String image, @Nullable String commandLine, @Nullable String parentImage) {
        return Process.newBuilder()
                .setEntityId("p" + count)
                .setExecutable(image)
                .setCommandLine(commandLine)
                .setParent(
                        parentImage == null
                                ? null
                                : ParentProcess.newBuilder()
                                        .setExecutable(parentImage)
                                        .build())
                .build();
    }

    public static Event.Builder dns(String name) {
        return sysmon(EventKind.DNS_QUERY)
                .setProcess(process(CHROME, null, null))
                .setDns(Dns.newBuilder()
                        .setQuestionName(name)
                        .setResponseCode("NOERROR")
                        .build());
    }

    public static Event.Builder fileWrite(String path) {
        return sysmon(EventKind.FILE_WRITE)
                .setProcess(process(CHROME, null, null))
                .setFile(file(path).build());
    }

    public static File.Builder file(String path) {
        return File.newBuilder().setPath(path).setName(path.substring(path.lastIndexOf('\\') + 1));
    }

    /** A line of a proxy that knows the client's address alone. */
    public static Event.Builder proxy(String clientIp, String url) {
        return event(EventKind.HTTP_REQUEST, "squid.access")
                .setClient(Endpoint.newBuilder().setIp(clientIp).build())
                .setUrl(new Url(url))
                .setHttp(Http.newBuilder().setMethod("GET").build());
    }

    /** Sysmon 3: the host opens a connection from an address. */
    public static Event.Builder connection(String host, String clientIp, String serverIp) {
        return event(EventKind.NETWORK_CONNECTION, "windows.sysmon")
                .setHost(Host.newBuilder()
                        .setName(host)
                        .setPlatform(Platform.WINDOWS)
                        .build())
                .setProcess(process(CHROME, null, null))
                .setClient(Endpoint.newBuilder().setIp(clientIp).build())
                .setDestination(Endpoint.newBuilder()
                        .setIp(serverIp)
                        .setPort(443)
                        .setDomain("reverse.evil.sbs")
                        .build())
                .setNetwork(Network.newBuilder().setDirection("egress").build());
    }

    public static Event.Builder dhcp(String ip, String hostname, long seconds) {
        return event(EventKind.ADDRESS_LEASE, "zeek.dhcp")
                .setLease(AddressLease.newBuilder()
                        .setIp(ip)
                        .setHostname(hostname)
                        .setSeconds(seconds)
                        .build());
    }

    public static Event.Builder logon(String host, int type) {
        return event(EventKind.LOGON, "windows.security")
                .setHost(Host.newBuilder()
                        .setName(host)
                        .setPlatform(Platform.WINDOWS)
                        .build())
                .setUser(new User("alice", "CONTOSO", null, null))
                .setLogon(Logon.newBuilder().setType(type).build());
    }
}
