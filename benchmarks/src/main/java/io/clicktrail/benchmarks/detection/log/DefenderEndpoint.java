package io.clicktrail.benchmarks.detection.log;

import static io.clicktrail.benchmarks.detection.log.Json.object;

import io.clicktrail.benchmarks.detection.host.Activity;
import io.clicktrail.benchmarks.detection.host.Machine;
import io.clicktrail.benchmarks.detection.host.Person;
import io.clicktrail.benchmarks.detection.host.Program;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Defender for Endpoint's tables by its streaming API (learn.microsoft.com/defender-xdr, advanced hunting schema). */
public final class DefenderEndpoint implements Sensor {
    private static final String FILE = "defender-endpoint.ndjson";

    private final WebLog web;

    /** @param web what the way to the Internet leaves visible */
    public DefenderEndpoint(WebLog web) {
        this.web = web;
    }

    @Override
    public boolean record(Activity activity, Machine machine, LogCollector logs) {
        Instant at = machine.clock(activity.at());
        return switch (activity) {
            case Activity.ProcessStarted started -> {
                Program program = started.program();
                var row = row("ProcessCreated", at, machine, program.parentOrSelf());
                row.putAll(object(
                        "FileName",
                        program.name(),
                        "FolderPath",
                        program.image(),
                        "ProcessId",
                        program.pid(),
                        "ProcessCreationTime",
                        Times.sevenDigits(program.start()),
                        "ProcessCommandLine",
                        program.commandLine(),
                        "ProcessIntegrityLevel",
                        "Medium",
                        "AccountDomain",
                        "corp",
                        "AccountName",
                        machine.person().login(),
                        "AccountSid",
                        machine.person().sid(),
                        "SHA256",
                        machine.hex(64)));
                yield write("DeviceProcessEvents", at, row, logs);
            }
            case Activity.Connected connected -> {
                var row = row("ConnectionSuccess", at, machine, connected.program());
                row.putAll(object(
                        "Protocol",
                        connected.quic() ? "Udp" : "Tcp",
                        "LocalIP",
                        machine.address(),
                        "LocalPort",
                        machine.nextPort(),
                        "RemoteIP",
                        web.address(connected.remote()),
                        "RemotePort",
                        web.port(connected.remote()),
                        "RemoteIPType",
                        web.proxied() ? "Private" : "Public",
                        "RemoteUrl",
                        connected.remote().named() ? connected.remote().name() : null));
                yield write("DeviceNetworkEvents", at, row, logs);
            }
            case Activity.FileCreated created ->
                write("DeviceFileEvents", at, file("FileCreated", at, machine, created), logs);
            case Activity.FileMarked marked -> false;
            case Activity.FileRenamed renamed -> {
                var row = row("FileRenamed", at, machine, renamed.program());
                row.putAll(names(renamed.to()));
                row.putAll(object(
                        "PreviousFileName",
                        base(renamed.from()),
                        "PreviousFolderPath",
                        folder(renamed.from()),
                        "SHA256",
                        renamed.sha256(),
                        "FileOriginUrl",
                        nullIfEmpty(renamed.origin()),
                        "FileOriginReferrerUrl",
                        nullIfEmpty(renamed.referrer())));
                yield write("DeviceFileEvents", at, row, logs);
            }
            case Activity.LinkOpened opened -> {
                var row = row("BrowserLaunchedToOpenUrl", at, machine, opened.opener());
                row.putAll(object("RemoteUrl", opened.url(), "LocalIP", machine.address(), "AdditionalFields", null));
                yield write("DeviceEvents", at, row, logs);
            }
            case Activity.NameResolved resolved -> false;
            case Activity.SignedIn signedIn -> false;
            case Activity.LoggedOn logon -> {
                Map<String, @Nullable Object> row = device("LogonSuccess", at, machine);
                row.putAll(object(
                        "LogonType",
                        "Interactive",
                        "LogonId",
                        1_170_123,
                        "AccountDomain",
                        "corp",
                        "AccountName",
                        machine.person().login(),
                        "AccountSid",
                        machine.person().sid(),
                        "RemoteIP",
                        null));
                write("DeviceLogonEvents", at, row, logs);
                Map<String, @Nullable Object> network = device(null, at, machine);
                network.putAll(object(
                        "NetworkAdapterName",
                        "{A1}",
                        "MacAddress",
                        machine.mac().replace(':', '-').toUpperCase(Locale.ROOT),
                        "IPAddresses",
                        Json.text(List.of(object(
                                "IPAddress", machine.address(), "SubnetPrefix", 24, "AddressType", "Private")))));
                yield write("DeviceNetworkInfo", at, network, logs);
            }
            case Activity.Requested requested -> false;
            case Activity.MarkRemoved removed -> false;
            case Activity.ModeChanged changed -> false;
            case Activity.MailLinkClicked clicked -> false;
            case Activity.AddressLeased leased -> false;
        };
    }

    private Map<String, @Nullable Object> file(
            String action, Instant at, Machine machine, Activity.FileCreated created) {
        var row = row(action, at, machine, created.program());
        row.putAll(names(created.path()));
        row.putAll(object("FileSize", 51_200, "SHA256", created.sha256()));
        return row;
    }

    private static Map<String, @Nullable Object> names(String path) {
        return object("FileName", base(path), "FolderPath", path);
    }

    private static String base(String path) {
        return path.substring(path.lastIndexOf('\\') + 1);
    }

    private static String folder(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('\\')));
    }

    private static @Nullable String nullIfEmpty(String text) {
        return text.isEmpty() ? null : text;
    }

    private static Map<String, @Nullable Object> device(@Nullable String action, Instant at, Machine machine) {
        return object(
                "DeviceId",
                machine.id(),
                "DeviceName",
                machine.qualifiedName(),
                "Timestamp",
                Times.sevenDigits(at),
                "ReportId",
                machine.nextSerial(),
                "MachineGroup",
                null,
                "ActionType",
                action);
    }

    private static Map<String, @Nullable Object> row(String action, Instant at, Machine machine, Program actor) {
        Person person = machine.person();
        Program parent = actor.parentOrSelf();
        Map<String, @Nullable Object> row = device(action, at, machine);
        row.putAll(object(
                "InitiatingProcessAccountDomain",
                "corp",
                "InitiatingProcessAccountName",
                person.login(),
                "InitiatingProcessAccountSid",
                person.sid(),
                "InitiatingProcessAccountUpn",
                person.upn(),
                "InitiatingProcessFolderPath",
                actor.image().toLowerCase(Locale.ROOT),
                "InitiatingProcessFileName",
                actor.name(),
                "InitiatingProcessId",
                actor.pid(),
                "InitiatingProcessCreationTime",
                Times.sevenDigits(actor.start()),
                "InitiatingProcessCommandLine",
                actor.commandLine(),
                "InitiatingProcessIntegrityLevel",
                "Medium",
                "InitiatingProcessParentId",
                parent.pid(),
                "InitiatingProcessParentFileName",
                parent.name(),
                "InitiatingProcessParentCreationTime",
                Times.sevenDigits(parent.start())));
        return row;
    }

    private static boolean write(String table, Instant at, Map<String, @Nullable Object> row, LogCollector logs) {
        logs.add(
                FILE,
                at,
                Json.text(object(
                        "time",
                        Times.sevenDigits(at.plusSeconds(100)),
                        "tenantId",
                        "3adb963c-8e61-48e8-a06d-6dbb0dacea39",
                        "operationName",
                        "Publish",
                        "category",
                        "AdvancedHunting-" + table,
                        "_TimeReceivedBySvc",
                        Times.sevenDigits(at.plusSeconds(90)),
                        "properties",
                        row,
                        "Tenant",
                        "DefaultTenant")));
        return true;
    }
}
