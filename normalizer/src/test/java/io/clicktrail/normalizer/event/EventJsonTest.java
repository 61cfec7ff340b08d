package io.clicktrail.normalizer.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.event.AddressLease;
import io.clicktrail.event.Autostart;
import io.clicktrail.event.AutostartKind;
import io.clicktrail.event.CodeSignature;
import io.clicktrail.event.Dns;
import io.clicktrail.event.Email;
import io.clicktrail.event.Endpoint;
import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.EventOutcome;
import io.clicktrail.event.File;
import io.clicktrail.event.Hash;
import io.clicktrail.event.Host;
import io.clicktrail.event.Http;
import io.clicktrail.event.Logon;
import io.clicktrail.event.MailAction;
import io.clicktrail.event.MailVerdict;
import io.clicktrail.event.MarkAction;
import io.clicktrail.event.Network;
import io.clicktrail.event.ParentProcess;
import io.clicktrail.event.Platform;
import io.clicktrail.event.Process;
import io.clicktrail.event.SecurityAlert;
import io.clicktrail.event.SignatureStatus;
import io.clicktrail.event.Source;
import io.clicktrail.event.TimeQuality;
import io.clicktrail.event.Transfer;
import io.clicktrail.event.Url;
import io.clicktrail.event.User;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventJsonTest {

    private static final Instant TIME = Instant.parse("2026-03-02T10:00:05.731204Z");
    private static final Source SOURCE = new Source("windows.sysmon", "clicktrail.raw.logs", 1, 42L, "ab", 0);

    @Test
    void leavesOutWhatIsAbsent() {
        Event bare = Event.newBuilder()
                .setEventId("0a")
                .setTime(TIME)
                .setKind(EventKind.OTHER)
                .setSource(SOURCE)
                .build();

        assertThat(new EventJson().write(bare)).isEqualTo("""
                {"@timestamp":"2026-03-02T10:00:05.731204Z","event":{"id":"0a","action":"other",\
                "dataset":"windows.sysmon","hash":"ab"},\
                "source":{"topic":"clicktrail.raw.logs","partition":1,"offset":42,"index":0}}""");
    }

    @Test
    void writesEveryFieldUnderItsEcsName() {
        Event full = new Event(
                "0a",
                TIME,
                TimeQuality.SUSPECT,
                EventKind.FILE_MARK,
                "15",
                SOURCE,
                new Host("h", "H", "d", "i", List.of("1.2.3.4"), List.of("m"), Platform.MACOS, "v"),
                new User("n", "d", "s", "e"),
                new Process(
                        "e",
                        7L,
                        TIME,
                        "x",
                        "n",
                        "o",
                        "c",
                        "w",
                        "l",
                        new Hash("1", "2", "3"),
                        new ParentProcess("p", 8L, "y", "z"),
                        new ParentProcess("r", 9L, "ra", null),
                        new CodeSignature("com.x", "TEAM", "X Inc", SignatureStatus.VALID, "cd"),
                        "se"),
                new Endpoint("1.1.1.1", 1, "c"),
                new Endpoint("2.2.2.2", 2, "d"),
                new Network("tcp", "http", "egress", 9L, "f"),
                new Url("u"),
                new Http("GET", "r", 200, "t/h", "ua", 10L),
                new Dns("q", "A", "NOERROR", List.of("3.3.3.3")),
                new File(
                        "p",
                        "n",
                        "e",
                        11L,
                        "m/m",
                        new Hash("4", "5", "6"),
                        "fork",
                        "ou",
                        "or",
                        3,
                        MarkAction.SET,
                        "old",
                        "0755"),
                new Email(
                        "id",
                        "from",
                        List.of("to"),
                        "s",
                        "lid",
                        List.of("u2"),
                        MailVerdict.PHISHING,
                        MailAction.DELIVERED,
                        "pass",
                        "fail",
                        "none"),
                new Logon(2, "l", "4.4.4.4", true, "DE", true, "high"),
                new AddressLease("5.5.5.5", "mac", "hn", 12L),
                new SecurityAlert("aid", "t", "high", List.of("T1204.001")),
                EventOutcome.FAILURE,
                List.of("truncated"),
                new Transfer(13L, 14L),
                new Autostart(AutostartKind.SERVICE, "svc", "c:\\s.exe"));

        assertThat(new EventJson().write(full)).isEqualTo("""
                {"@timestamp":"2026-03-02T10:00:05.731204Z",\
                "event":{"id":"0a","time_quality":"suspect","action":"file_mark","code":"15",\
                "dataset":"windows.sysmon","hash":"ab","outcome":"failure"},\
                "source":{"topic":"clicktrail.raw.logs","partition":1,"offset":42,"index":0},\
                "host":{"name":"h","hostname":"H","domain":"d","id":"i","ip":["1.2.3.4"],"mac":["m"],\
                "os":{"type":"macos","version":"v"}},\
                "user":{"name":"n","domain":"d","id":"s","email":"e"},\
                "process":{"entity_id":"e","pid":7,"start":"2026-03-02T10:00:05.731204Z","executable":"x","name":"n",\
                "pe":{"original_file_name":"o"},\
                "command_line":"c","working_directory":"w","integrity_level":"l","hash":{"md5":"1","sha1":"2",\
                "sha256":"3"},\
                "parent":{"entity_id":"p","pid":8,"executable":"y","command_line":"z"},\
                "responsible":{"entity_id":"r","pid":9,"executable":"ra"},"code_signature":{"signing_id":"com.x",\
                "team_id":"TEAM","subject_name":"X Inc","status":"valid","cdhash":"cd"},"session_id":"se"},\
                "client":{"ip":"1.1.1.1","port":1,"domain":"c","bytes":13},\
                "destination":{"ip":"2.2.2.2","port":2,"domain":"d","bytes":14},\
                "network":{"transport":"tcp","protocol":"http","direction":"egress","bytes":9,"flow_id":"f"},\
                "url":{"original":"u"},\
                "http":{"request":{"method":"GET","referrer":"r"},"response":{"status_code":200,"mime_type":"t/h",\
                "body":{"bytes":10}}},\
                "user_agent":{"original":"ua"},"dns":{"question":{"name":"q","type":"A"},"response_code":"NOERROR",\
                "resolved_ip":["3.3.3.3"]},\
                "file":{"path":"p","name":"n","extension":"e","size":11,"mime_type":"m/m","hash":{"md5":"4",\
                "sha1":"5","sha256":"6"},\
                "fork_name":"fork","origin_url":"ou","origin_referrer_url":"or","zone_id":3,"mark":"set",\
                "original_path":"old","mode":"0755"},\
                "email":{"message_id":"id","from":"from","to":["to"],"subject":"s","local_id":"lid","urls":["u2"],\
                "verdict":"phishing","action":"delivered","spf":"pass","dkim":"fail","dmarc":"none"},\
                "logon":{"type":2,"id":"l","ip":"4.4.4.4","begin":true,"country":"DE","mfa_denied":true,"risk":"high"},\
                "lease":{"ip":"5.5.5.5","mac":"mac","hostname":"hn","seconds":12},\
                "security_alert":{"id":"aid","title":"t","severity":"high","technique":["T1204.001"]},\
                "tags":["truncated"],\
                "autostart":{"kind":"service","location":"svc","command":"c:\\\\s.exe"}}""");
    }

    @Test
    void staysOnOneLineWhateverTheText() {
        Event odd = Event.newBuilder()
                .setEventId("0a")
                .setTime(TIME)
                .setKind(EventKind.OTHER)
                .setSource(SOURCE)
                .setUrl(new Url("a\n\"\u0000\u001B\ud800"))
                .build();

        assertThat(new EventJson().write(odd)).doesNotContain("\n").contains("\"a\\n\\\"\\u0000\\u001B");
    }
}
