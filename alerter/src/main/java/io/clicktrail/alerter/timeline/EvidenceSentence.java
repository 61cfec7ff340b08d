package io.clicktrail.alerter.timeline;

import io.clicktrail.alerter.chain.Chain;
import io.clicktrail.alerter.chain.EvidenceFields;
import io.clicktrail.alerter.text.SafeText;
import io.clicktrail.event.Dns;
import io.clicktrail.event.Email;
import io.clicktrail.event.Endpoint;
import io.clicktrail.event.Event;
import io.clicktrail.event.File;
import io.clicktrail.event.Http;
import io.clicktrail.event.Process;
import io.clicktrail.evidence.Evidence;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One sentence on what a piece of evidence shows, defanged. */
public final class EvidenceSentence {

    /** Most UTF-8 bytes of a sentence. */
    static final int MAX_SENTENCE = 600;

    private static final int MAX_PART = 360;

    private EvidenceSentence() {}

    /** What the evidence shows. */
    public static String of(Chain chain, Evidence evidence) {
        return SafeText.clip(chain.defanger().prose(sentence(evidence)), MAX_SENTENCE);
    }

    private static String sentence(Evidence evidence) {
        Event event = evidence.getEvent();
        return switch (event.getKind()) {
            case PROCESS_START -> started(event);
            case PROCESS_END -> actor(event) + " ended";
            case URL_OPEN -> actor(event) + " opened " + part(EvidenceFields.url(evidence), "a link");
            case NETWORK_CONNECTION -> actor(event) + " connected to " + destination(event);
            case DNS_QUERY -> lookedUp(event);
            case HTTP_REQUEST -> requested(evidence);
            case FILE_WRITE -> wrote(evidence);
            case FILE_MARK -> marked(evidence);
            case FILE_MODE -> actor(event) + " changed the permissions of " + part(subject(event), "a file");
            case EMAIL -> mailed(evidence);
            case SECURITY_ALERT -> "a security product raised an alert on " + part(subject(event), "this host");
            case LOGON, ADDRESS_LEASE, AUTOSTART, OTHER, HEARTBEAT -> actor(event) + " was active";
        };
    }

    private static String started(Event event) {
        String parent = EvidenceFields.parentImage(event);
        Process process = event.getProcess();
        String line = process == null ? null : process.getCommandLine();
        String start = (parent == null ? "start of " : part(parent, "") + " started ") + actor(event);
        if (event.getUrl() != null) {
            return start + " with " + part(event.getUrl().getOriginal(), "");
        }
        return line == null ? start : start + ": " + part(line, "");
    }

    private static String lookedUp(Event event) {
        Dns dns = event.getDns();
        if (dns == null) {
            return actor(event) + " looked up a name";
        }
        String answer = "";
        if (!dns.getResolvedIp().isEmpty()) {
            answer = ", answer " + list(dns.getResolvedIp(), 3);
        } else if (dns.getResponseCode() != null && !dns.getResponseCode().equals("NOERROR")) {
            answer = ", answer " + dns.getResponseCode();
        }
        return actor(event) + " looked up " + part(dns.getQuestionName(), "a name") + answer;
    }

    private static String requested(Evidence evidence) {
        Event event = evidence.getEvent();
        Http http = event.getHttp();
        var out = new StringBuilder(actor(event));
        out.append(" requested ");
        if (http != null && http.getMethod() != null && !http.getMethod().equals("GET")) {
            out.append('(').append(part(http.getMethod(), "")).append(") ");
        }
        out.append(part(EvidenceFields.url(evidence), destination(event)));
        if (http != null) {
            if (http.getStatusCode() != null) {
                out.append(", answer ").append(http.getStatusCode());
            }
            if (http.getMimeType() != null) {
                out.append(", ").append(part(http.getMimeType(), ""));
            }
            if (http.getResponseBytes() != null) {
                out.append(", ").append(size(http.getResponseBytes()));
            }
        }
        return out.toString();
    }

    private static String wrote(Evidence evidence) {
        File file = evidence.getEvent().getFile();
        if (file == null) {
            return actor(evidence.getEvent()) + " wrote a file";
        }
        String finalName =
                evidence.getFile() == null ? null : evidence.getFile().getFinalName();
        return actor(evidence.getEvent())
                + " wrote "
                + part(file.getPath(), file.getName())
                + (finalName == null ? "" : " (becomes " + part(finalName, "") + ")")
                + (file.getSize() == null ? "" : ", " + size(file.getSize()));
    }

    private static String marked(Evidence evidence) {
        File file = evidence.getEvent().getFile();
        if (file == null) {
            return "the download mark of a file changed";
        }
        String name = part(file.getPath(), file.getName());
        return switch (file.getMark()) {
            case SET, NONE ->
                name
                        + " was marked as downloaded"
                        + (file.getZoneId() == null ? "" : " (zone " + file.getZoneId() + ")")
                        + (file.getOriginUrl() == null ? "" : " from " + part(file.getOriginUrl(), ""))
                        + (file.getOriginReferrerUrl() == null
                                ? ""
                                : ", page " + part(file.getOriginReferrerUrl(), ""));
            case REMOVED -> "the download mark was removed from " + name;
            case MISSING -> name + " has no download mark";
        };
    }

    private static String mailed(Evidence evidence) {
        Email email = evidence.getEvent().getEmail();
        if (email == null) {
            return "a mail arrived";
        }
        return "mail from "
                + part(email.getFrom(), "an unknown sender")
                + (email.getSubject() == null ? "" : " with subject \"" + part(email.getSubject(), "") + "\"")
                + (EvidenceFields.url(evidence) == null ? "" : " contained " + part(EvidenceFields.url(evidence), ""));
    }

    private static @Nullable String subject(Event event) {
        return event.getFile() == null
                ? EvidenceFields.image(event)
                : event.getFile().getPath();
    }

    private static String actor(Event event) {
        String image = EvidenceFields.image(event);
        if (image != null) {
            return part(image, "");
        }
        Endpoint client = event.getClient();
        return client == null || client.getIp() == null ? "the host" : "client " + client.getIp();
    }

    private static String destination(Event event) {
        Endpoint to = event.getDestination();
        if (to == null) {
            return "an unknown destination";
        }
        String name = Objects.requireNonNullElse(to.getDomain(), Objects.requireNonNullElse(to.getIp(), "an address"));
        return part(name, "")
                + (to.getPort() == null ? "" : ":" + to.getPort())
                + (to.getDomain() == null || to.getIp() == null ? "" : " (" + to.getIp() + ")");
    }

    private static String list(List<String> values, int most) {
        String shown = String.join(", ", values.subList(0, Math.min(most, values.size())));
        return values.size() <= most ? shown : shown + " and " + (values.size() - most) + " more";
    }

    private static String part(@Nullable String text, String otherwise) {
        return text == null ? otherwise : SafeText.clip(text, MAX_PART);
    }

    /** A number of bytes with a decimal unit, for example 1.2 MB. */
    public static String size(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        long unit = bytes < 1_000_000 ? 1000 : bytes < 1_000_000_000 ? 1_000_000 : 1_000_000_000;
        long tenths = bytes / (unit / 10);
        String name = unit == 1000 ? " kB" : unit == 1_000_000 ? " MB" : " GB";
        return tenths / 10 + "." + tenths % 10 + name;
    }
}
