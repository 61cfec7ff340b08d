package io.clicktrail.benchmarks.detection.log;

import static io.clicktrail.benchmarks.detection.log.Json.object;

import io.clicktrail.benchmarks.detection.host.Activity;
import io.clicktrail.benchmarks.detection.host.Machine;
import java.time.Instant;

/** Gateways that rewrite links and so see clicks: they know the mailbox, never the host. */
public enum MailGateway implements Sensor {
    /** Proofpoint TAP, SIEM API (help.proofpoint.com). */
    PROOFPOINT {
        @Override
        void click(Instant at, String url, Machine machine, LogCollector logs) {
            logs.add(
                    "proofpoint-tap.ndjson",
                    at,
                    Json.text(object(
                            "GUID",
                            machine.hex(8) + "-28aa-1111-94a5-" + machine.hex(12),
                            "campaignId",
                            null,
                            "classification",
                            "phish",
                            "clickIP",
                            PUBLIC_ADDRESS,
                            "clickTime",
                            Times.millis(at),
                            "id",
                            machine.hex(8) + "-1111-4a4a-8a8a-" + machine.hex(12),
                            "messageID",
                            "<" + machine.hex(12) + "@mailer.example>",
                            "recipient",
                            machine.person().upn(),
                            "sender",
                            "notice@mailer.example",
                            "senderIP",
                            "198.51.100.25",
                            "threatID",
                            machine.hex(64),
                            "threatStatus",
                            "active",
                            "threatTime",
                            Times.millis(at.plusSeconds(3600)),
                            "url",
                            url,
                            "userAgent",
                            "Mozilla/5.0",
                            "eventType",
                            "clicksPermitted")));
        }
    },

    /** Defender for Office 365, UrlClickEvents (learn.microsoft.com/defender-xdr). */
    DEFENDER {
        @Override
        void click(Instant at, String url, Machine machine, LogCollector logs) {
            String message = machine.hex(8) + "-1111-4f4f-9a9a-" + machine.hex(12);
            logs.add(
                    "defender-clicks.ndjson",
                    at,
                    Json.text(object(
                            "time",
                            Times.sevenDigits(at.plusSeconds(240)),
                            "tenantId",
                            "3adb963c-8e61-48e8-a06d-6dbb0dacea39",
                            "operationName",
                            "Publish",
                            "category",
                            "AdvancedHunting-UrlClickEvents",
                            "_TimeReceivedBySvc",
                            Times.sevenDigits(at.plusSeconds(230)),
                            "properties",
                            object(
                                    "Timestamp",
                                    Times.sevenDigits(at),
                                    "Url",
                                    url,
                                    "ActionType",
                                    "ClickAllowed",
                                    "AccountUpn",
                                    machine.person().upn(),
                                    "Workload",
                                    "Email",
                                    "NetworkMessageId",
                                    message,
                                    "IPAddress",
                                    PUBLIC_ADDRESS,
                                    "ThreatTypes",
                                    null,
                                    "IsClickedThrough",
                                    false,
                                    "UrlChain",
                                    Json.text(java.util.List.of(url)),
                                    "ReportId",
                                    message.substring(0, 8) + "-1"),
                            "Tenant",
                            "DefaultTenant")));
        }
    };

    /** Where the organisation leaves for the Internet. */
    static final String PUBLIC_ADDRESS = "198.51.100.7";

    @Override
    public boolean record(Activity activity, Machine machine, LogCollector logs) {
        if (!(activity instanceof Activity.MailLinkClicked clicked)) {
            return false;
        }
        click(clicked.at(), clicked.url(), machine, logs);
        return true;
    }

    abstract void click(Instant at, String url, Machine machine, LogCollector logs);
}
