package io.clicktrail.benchmarks.detection.log;

import static io.clicktrail.benchmarks.detection.log.Json.object;

import io.clicktrail.benchmarks.detection.host.Activity;
import io.clicktrail.benchmarks.detection.host.Machine;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Entra's sign-in log as diagnostics (learn.microsoft.com/entra, sign-in log schema): it ties UPN and device. */
public final class EntraSignIn implements Sensor {

    private static final String HOME = "DE";

    @Override
    public boolean record(Activity activity, Machine machine, LogCollector logs) {
        return switch (activity) {
            case Activity.LoggedOn logon -> {
                write(logon.at(), MailGateway.PUBLIC_ADDRESS, HOME, "none", device(machine), machine, logs);
                yield true;
            }
            case Activity.SignedIn signedIn -> {
                write(signedIn.at(), signedIn.address(), signedIn.country(), signedIn.risk(), object(), machine, logs);
                yield true;
            }
            case Activity.ProcessStarted started -> false;
            case Activity.NameResolved resolved -> false;
            case Activity.Connected connected -> false;
            case Activity.Requested requested -> false;
            case Activity.FileCreated created -> false;
            case Activity.FileRenamed renamed -> false;
            case Activity.FileMarked marked -> false;
            case Activity.MarkRemoved removed -> false;
            case Activity.ModeChanged changed -> false;
            case Activity.LinkOpened opened -> false;
            case Activity.MailLinkClicked clicked -> false;
            case Activity.AddressLeased leased -> false;
        };
    }

    private static Map<String, @Nullable Object> device(Machine machine) {
        return object(
                "deviceId",
                machine.id().substring(0, 8) + "-0000-4000-8000-000000000000",
                "displayName",
                machine.name().toUpperCase(Locale.ROOT),
                "operatingSystem",
                operatingSystem(machine),
                "isCompliant",
                true);
    }

    private static void write(
            Instant at,
            String address,
            String country,
            String risk,
            Map<String, @Nullable Object> device,
            Machine machine,
            LogCollector logs) {
        logs.add(
                "entra-signins.ndjson",
                at,
                Json.text(object(
                        "time",
                        Times.sevenDigits(at.plusSeconds(120)),
                        "resourceId",
                        "/tenants/x/providers/Microsoft.aadiam",
                        "operationName",
                        "Sign-in activity",
                        "operationVersion",
                        "1.0",
                        "category",
                        "SignInLogs",
                        "tenantId",
                        "3adb963c-8e61-48e8-a06d-6dbb0dacea39",
                        "resultType",
                        "0",
                        "callerIpAddress",
                        address,
                        "Level",
                        4,
                        "properties",
                        object(
                                "id",
                                "66ea54eb-6301-4ee5-be62-" + machine.hex(12),
                                "createdDateTime",
                                Times.sevenDigits(at),
                                "userPrincipalName",
                                machine.person().upn(),
                                "userId",
                                "d7cc485d-2c1b-422c-98fd-" + machine.id().substring(0, 12),
                                "appId",
                                "5d661950-3475-41cd-a2c3-d671a3162bc1",
                                "appDisplayName",
                                "Microsoft Outlook",
                                "ipAddress",
                                address,
                                "clientAppUsed",
                                "Mobile Apps and Desktop clients",
                                "isInteractive",
                                true,
                                "status",
                                object("errorCode", 0),
                                "location",
                                object("countryOrRegion", country),
                                "riskLevelDuringSignIn",
                                risk,
                                "deviceDetail",
                                device))));
    }

    private static String operatingSystem(Machine machine) {
        return switch (machine.system()) {
            case WINDOWS -> "Windows10";
            case LINUX -> "Linux";
            case MACOS -> "MacOs";
        };
    }
}
