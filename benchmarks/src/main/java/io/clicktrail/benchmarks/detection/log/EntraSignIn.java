package io.clicktrail.benchmarks.detection.log;

import static io.clicktrail.benchmarks.detection.log.Json.object;

import io.clicktrail.benchmarks.detection.host.Activity;
import io.clicktrail.benchmarks.detection.host.Machine;
import java.util.Locale;

/** Entra's sign-in log as diagnostics (learn.microsoft.com/entra, sign-in log schema): it ties UPN and device. */
public final class EntraSignIn implements Sensor {

    @Override
    public boolean record(Activity activity, Machine machine, LogCollector logs) {
        if (!(activity instanceof Activity.LoggedOn logon)) {
            return false;
        }
        logs.add(
                "entra-signins.ndjson",
                logon.at(),
                Json.text(object(
                        "time",
                        Times.sevenDigits(logon.at().plusSeconds(120)),
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
                        MailGateway.PUBLIC_ADDRESS,
                        "Level",
                        4,
                        "properties",
                        object(
                                "id",
                                "66ea54eb-6301-4ee5-be62-" + machine.hex(12),
                                "createdDateTime",
                                Times.sevenDigits(logon.at()),
                                "userPrincipalName",
                                machine.person().upn(),
                                "userId",
                                "d7cc485d-2c1b-422c-98fd-" + machine.id().substring(0, 12),
                                "appId",
                                "5d661950-3475-41cd-a2c3-d671a3162bc1",
                                "appDisplayName",
                                "Microsoft Outlook",
                                "ipAddress",
                                MailGateway.PUBLIC_ADDRESS,
                                "clientAppUsed",
                                "Mobile Apps and Desktop clients",
                                "isInteractive",
                                true,
                                "status",
                                object("errorCode", 0),
                                "deviceDetail",
                                object(
                                        "deviceId",
                                        machine.id().substring(0, 8) + "-0000-4000-8000-000000000000",
                                        "displayName",
                                        machine.name().toUpperCase(Locale.ROOT),
                                        "operatingSystem",
                                        operatingSystem(machine),
                                        "isCompliant",
                                        true)))));
        return true;
    }

    private static String operatingSystem(Machine machine) {
        return switch (machine.system()) {
            case WINDOWS -> "Windows10";
            case LINUX -> "Linux";
            case MACOS -> "MacOs";
        };
    }
}
