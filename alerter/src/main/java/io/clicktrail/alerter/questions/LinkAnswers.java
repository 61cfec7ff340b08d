package io.clicktrail.alerter.questions;

import io.clicktrail.alert.ConfidenceBand;
import io.clicktrail.alerter.chain.Chain;
import io.clicktrail.alerter.chain.EvidenceFields;
import io.clicktrail.alerter.chain.StageNames;
import io.clicktrail.alerter.timeline.EvidenceSentence;
import io.clicktrail.detection.Stage;
import io.clicktrail.event.Email;
import io.clicktrail.event.File;
import io.clicktrail.event.Http;
import io.clicktrail.evidence.ApplicationKind;
import io.clicktrail.evidence.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Answers about the click, the message with the link, and where the link led. */
final class LinkAnswers {

    static final String PROXY_LOG = "proxy or Zeek http log with method, status and referrer";
    private static final String MAIL_LOG = "mail gateway log with message id, recipients and links";

    private LinkAnswers() {}

    static Answer clicked(Chain chain) {
        Evidence click = chain.click();
        if (click == null) {
            return Answer.none(StageNames.telemetry(chain.head().getPlatform(), Stage.CLICK));
        }
        String source = source(click);
        String said = "Yes: " + EvidenceSentence.of(chain, click);
        if (source == null) {
            return Answer.partly(
                    said + "; where the link was is not known.",
                    ConfidenceBand.MEDIUM,
                    List.of(click),
                    "process starts of mail, chat and office programs with their command lines");
        }
        return Answer.full(said + "; the link came from " + source + ".", ConfidenceBand.HIGH, List.of(click));
    }

    static Answer messageAndReferrer(Chain chain) {
        var found = new ArrayList<Evidence>();
        var said = new ArrayList<String>();
        boolean message = false;
        for (var item : chain.evidence()) {
            Evidence evidence = item.getEvidence();
            Email email = evidence.getEvent().getEmail();
            String referrer = referrer(evidence);
            if (email != null && email.getMessageId() != null) {
                said.add("message " + email.getMessageId() + " to "
                        + email.getTo().size() + " recipient(s)");
                message = true;
                found.add(evidence);
            } else if (referrer != null && !said.contains("page " + referrer)) {
                said.add("page " + referrer);
                found.add(evidence);
            }
        }
        if (said.isEmpty()) {
            return Answer.none(MAIL_LOG, PROXY_LOG);
        }
        String text = "Carried by " + String.join(", ", said) + ".";
        return message
                ? Answer.full(text, ConfidenceBand.HIGH, found)
                : Answer.partly(text, ConfidenceBand.MEDIUM, found, MAIL_LOG);
    }

    static Answer endOfRedirects(Chain chain) {
        for (Evidence write : chain.at(Stage.WRITE)) {
            File file = write.getEvent().getFile();
            if (file != null && file.getOriginUrl() != null) {
                return Answer.full(
                        "At " + file.getOriginUrl() + ", according to the download mark of the file.",
                        ConfidenceBand.HIGH,
                        List.of(write));
            }
        }
        List<Evidence> requests = requests(chain);
        if (requests.isEmpty()) {
            return Answer.none(PROXY_LOG, "download mark of the file (Sysmon 15 with contents)");
        }
        Evidence last = requests.getLast();
        return Answer.partly(
                "The last request seen went to " + EvidenceFields.url(last) + ".",
                ConfidenceBand.MEDIUM,
                List.of(last),
                "download mark of the file (Sysmon 15 with contents)");
    }

    /** The chain's requests whose URL is known. */
    static List<Evidence> requests(Chain chain) {
        return chain.at(Stage.EGRESS).stream()
                .filter(item -> item.getEvent().getHttp() != null && EvidenceFields.url(item) != null)
                .toList();
    }

    static boolean posted(Evidence request) {
        Http http = request.getEvent().getHttp();
        return http != null && "POST".equals(http.getMethod());
    }

    private static @Nullable String referrer(Evidence evidence) {
        Http http = evidence.getEvent().getHttp();
        if (http != null && http.getReferrer() != null) {
            return http.getReferrer();
        }
        File file = evidence.getEvent().getFile();
        return file == null ? null : file.getOriginReferrerUrl();
    }

    private static @Nullable String source(Evidence click) {
        if (click.getEvent().getEmail() != null) {
            return "mail";
        }
        if (click.getProcess() == null) {
            return null;
        }
        ApplicationKind kind = click.getProcess().getParentKind();
        String application = click.getProcess().getParentApplication();
        if (kind == ApplicationKind.UNKNOWN || kind == ApplicationKind.BROWSER || kind == ApplicationKind.BROKER) {
            kind = click.getProcess().getApplicationKind();
            application = click.getProcess().getApplication();
        }
        if (kind == ApplicationKind.UNKNOWN || kind == ApplicationKind.BROKER) {
            return null;
        }
        String name = kind.name().toLowerCase(Locale.ROOT);
        return application == null ? name : name + " (" + application + ")";
    }
}
