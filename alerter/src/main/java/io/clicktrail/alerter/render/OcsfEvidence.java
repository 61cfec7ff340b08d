package io.clicktrail.alerter.render;

import io.clicktrail.alert.Alert;
import io.clicktrail.alert.CaseEvidence;
import io.clicktrail.alert.Observable;
import io.clicktrail.alert.ObservableRole;
import io.clicktrail.event.Endpoint;
import io.clicktrail.event.Event;
import io.clicktrail.event.File;
import io.clicktrail.event.Hash;
import io.clicktrail.event.ParentProcess;
import io.clicktrail.event.Process;
import io.clicktrail.event.User;
import io.clicktrail.evidence.Evidence;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The timeline as OCSF evidence artifacts. Each has {@code data} with stage, sentence and coordinates, so none is
 * empty.
 */
final class OcsfEvidence {

    private OcsfEvidence() {}

    static void write(JsonDocument json, Alert alert) {
        json.each("evidences", alert.getEvidence(), item -> {
            Event event = item.getEvidence().getEvent();
            json.text("name", EnumNames.lower(item.getStage())).text("uid", event.getEventId());
            data(json, item);
            actor(json, event);
            if (event.getFile() != null) {
                json.inside("file", () -> file(json, event.getFile()));
            }
            if (event.getUrl() != null) {
                json.inside("url", () -> url(json, item.getEvidence()));
            }
            if (event.getDns() != null) {
                json.inside(
                        "query",
                        () -> json.text("hostname", event.getDns().getQuestionName())
                                .text("type", event.getDns().getQuestionType()));
            }
            endpoint(json, "src_endpoint", event.getClient());
            endpoint(json, "dst_endpoint", event.getDestination());
        });
    }

    /** OCSF's class and activity of an event. */
    static @Nullable Integer typeUid(Event event) {
        return switch (event.getKind()) {
            case PROCESS_START -> 100701;
            case PROCESS_END -> 100702;
            case FILE_WRITE -> 100101;
            case FILE_MODE -> 100107;
            case NETWORK_CONNECTION -> 400101;
            case HTTP_REQUEST -> httpType(event);
            case DNS_QUERY -> 400301;
            case OTHER, URL_OPEN, FILE_MARK, EMAIL, LOGON, ADDRESS_LEASE, SECURITY_ALERT, HEARTBEAT, AUTOSTART -> null;
        };
    }

    /** Path of an observable in the finding. */
    static String pathOf(Alert alert, Observable observable) {
        if (observable.getRole() == ObservableRole.VICTIM) {
            switch (observable.getType()) {
                case HOSTNAME -> {
                    return "device.hostname";
                }
                case USER_NAME -> {
                    return "unmapped.det0066.user.key";
                }
                default -> {}
            }
        }
        String evidence = "evidences";
        for (int at = 0; at < alert.getEvidence().size(); at++) {
            String id = alert.getEvidence().get(at).getEvidence().getEvent().getEventId();
            if (observable.getEventIds().contains(id)) {
                evidence = "evidences[" + at + "]";
                break;
            }
        }
        return switch (observable.getType()) {
            case URL -> evidence + ".url.url_string";
            case FILE_NAME -> evidence + ".file.name";
            case FILE_PATH -> evidence + ".file.path";
            case HASH -> evidence + ".file.hashes";
            case PROCESS_NAME -> evidence + ".process.name";
            case PROCESS_ENTITY -> evidence + ".process.uid";
            case COMMAND_LINE -> evidence + ".process.cmd_line";
            case OTHER, HOSTNAME, IP, USER_NAME, EMAIL, MESSAGE_ID, USER_AGENT -> evidence;
        };
    }

    private static int httpType(Event event) {
        String method = event.getHttp() == null ? null : event.getHttp().getMethod();
        if ("GET".equals(method)) {
            return 400203;
        }
        return "POST".equals(method) ? 400206 : 400200;
    }

    private static void data(JsonDocument json, CaseEvidence item) {
        Event event = item.getEvidence().getEvent();
        json.inside("data", () -> {
            json.text("stage", EnumNames.lower(item.getStage()))
                    .text("what", item.getWhat())
                    .iso("time", event.getTime())
                    .text("dataset", event.getSource().getDataset())
                    .text("code", event.getCode())
                    .flag("truncated", item.getTruncated())
                    .inside(
                            "kafka",
                            () -> json.text("topic", event.getSource().getTopic())
                                    .number("partition", event.getSource().getPartition())
                                    .number("offset", event.getSource().getOffset())
                                    .number("index", event.getSource().getIndex())
                                    .text("sha256", event.getSource().getSha256()));
            json.each(
                    "links",
                    item.getLinks(),
                    link -> json.text("from_stage", EnumNames.lower(link.getFromStage()))
                            .text("from_event", link.getFromEvent())
                            .text("grade", EnumNames.lower(link.getGrade()))
                            .text("reason", link.getReason()));
            if (event.getHttp() != null) {
                json.inside(
                        "http",
                        () -> json.text("method", event.getHttp().getMethod())
                                .number("status_code", event.getHttp().getStatusCode())
                                .text("mime_type", event.getHttp().getMimeType())
                                .text("referrer", event.getHttp().getReferrer())
                                .text("user_agent", event.getHttp().getUserAgent())
                                .number("response_bytes", event.getHttp().getResponseBytes()));
            }
            if (event.getDns() != null) {
                json.texts("resolved_ip", event.getDns().getResolvedIp());
            }
            if (event.getFile() != null) {
                File file = event.getFile();
                json.inside(
                        "mark",
                        () -> json.text("action", EnumNames.lower(file.getMark()))
                                .number("zone_id", file.getZoneId())
                                .text("host_url", file.getOriginUrl())
                                .text("referrer_url", file.getOriginReferrerUrl()));
            }
            if (event.getEmail() != null) {
                json.inside(
                        "email",
                        () -> json.text("message_id", event.getEmail().getMessageId())
                                .text("from", event.getEmail().getFrom())
                                .texts("to", event.getEmail().getTo())
                                .text("subject", event.getEmail().getSubject()));
            }
        });
    }

    /**
     * For a process start the started process is the process and its parent the actor; else the process is the actor.
     */
    private static void actor(JsonDocument json, Event event) {
        Process process = event.getProcess();
        if (process == null || (process.getPid() == null && process.getEntityId() == null)) {
            if (event.getUser() != null && identified(event.getUser())) {
                json.inside("actor", () -> json.inside("user", () -> user(json, event.getUser())));
            }
            return;
        }
        json.inside("process", () -> process(json, process, event.getUser()));
    }

    private static void process(JsonDocument json, Process process, @Nullable User user) {
        json.number("pid", process.getPid())
                .text("uid", process.getEntityId())
                .text("name", process.getName())
                .text("cmd_line", process.getCommandLine())
                .text("working_directory", process.getWorkingDirectory())
                .text("integrity", process.getIntegrityLevel())
                .millis("created_time", process.getStart());
        if (process.getExecutable() != null) {
            String path = process.getExecutable();
            json.inside("file", () -> {
                json.text("name", baseName(path)).number("type_id", 1).text("path", path);
                hashes(json, process.getHash());
            });
        }
        if (user != null && identified(user)) {
            json.inside("user", () -> user(json, user));
        }
        ParentProcess parent = process.getParent();
        if (parent != null && (parent.getPid() != null || parent.getEntityId() != null)) {
            json.inside("parent_process", () -> {
                json.number("pid", parent.getPid())
                        .text("uid", parent.getEntityId())
                        .text("cmd_line", parent.getCommandLine());
                if (parent.getExecutable() != null) {
                    String path = parent.getExecutable();
                    json.text("name", baseName(path))
                            .inside(
                                    "file",
                                    () -> json.text("name", baseName(path))
                                            .number("type_id", 1)
                                            .text("path", path));
                }
            });
        }
    }

    private static boolean identified(User user) {
        return user.getName() != null || user.getId() != null;
    }

    private static void user(JsonDocument json, User user) {
        json.text("name", user.getName())
                .text("uid", user.getId())
                .text("domain", user.getDomain())
                .text("email_addr", user.getEmail());
    }

    private static void file(JsonDocument json, File file) {
        json.text("name", file.getName())
                .number("type_id", 1)
                .text("path", file.getPath())
                .text("ext", file.getExtension())
                .number("size", file.getSize())
                .text("mime_type", file.getMimeType());
        hashes(json, file.getHash());
    }

    private static void hashes(JsonDocument json, @Nullable Hash hash) {
        if (hash == null) {
            return;
        }
        List<Fingerprint> known = Fingerprint.of(hash);
        if (!known.isEmpty()) {
            json.each(
                    "hashes",
                    known,
                    print -> json.number("algorithm_id", print.id)
                            .text("algorithm", print.algorithm)
                            .text("value", print.value));
        }
    }

    private static void url(JsonDocument json, Evidence evidence) {
        json.text("url_string", evidence.getEvent().getUrl().getOriginal());
        if (evidence.getDomain() != null) {
            json.text("hostname", evidence.getDomain().getHost());
        }
    }

    private static void endpoint(JsonDocument json, String name, @Nullable Endpoint endpoint) {
        if (endpoint != null && (endpoint.getIp() != null || endpoint.getDomain() != null)) {
            json.inside(
                    name,
                    () -> json.text("ip", endpoint.getIp())
                            .text("hostname", endpoint.getDomain())
                            .number("port", endpoint.getPort()));
        }
    }

    private static String baseName(String path) {
        int slash = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
        return path.substring(slash + 1);
    }

    private record Fingerprint(int id, String algorithm, String value) {

        static List<Fingerprint> of(Hash hash) {
            var known = new ArrayList<Fingerprint>(3);
            add(known, 1, "MD5", hash.getMd5());
            add(known, 2, "SHA-1", hash.getSha1());
            add(known, 3, "SHA-256", hash.getSha256());
            return known;
        }

        private static void add(List<Fingerprint> known, int id, String algorithm, @Nullable String value) {
            if (value != null) {
                known.add(new Fingerprint(id, algorithm, value));
            }
        }
    }
}
