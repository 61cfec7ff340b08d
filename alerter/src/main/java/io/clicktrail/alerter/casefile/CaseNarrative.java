package io.clicktrail.alerter.casefile;

import io.clicktrail.alert.Severity;
import io.clicktrail.alerter.chain.Chain;
import io.clicktrail.alerter.chain.EvidenceFields;
import io.clicktrail.alerter.chain.LostCredentials;
import io.clicktrail.alerter.judgement.Judgement;
import io.clicktrail.alerter.text.Defanger;
import io.clicktrail.alerter.text.SafeText;
import io.clicktrail.detection.Stage;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.evidence.Evidence;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The title and the summary of a case. */
final class CaseNarrative {

    private static final int MAX_NAME = 60;
    private static final int MAX_TITLE = 150;
    private static final int MAX_SUMMARY = 700;

    private final Chain chain;
    private final Judgement judgement;
    private final List<LostCredentials> credentials;

    CaseNarrative(Chain chain, Judgement judgement) {
        this.chain = chain;
        this.judgement = judgement;
        this.credentials = LostCredentials.of(chain);
    }

    /** What happened, in one line: {@code Invoice.js ran after a link to evil[.]top}. */
    String title() {
        String site = Defanger.host(name(chain.head().getTenantKey()));
        String file = delivered();
        String run = ran(false);
        String link = chain.has(Stage.CLICK) ? "a link to " + site : "contact with " + site;
        String what = run != null
                ? run + " ran after " + link
                : file != null
                        ? file + " was saved after " + link
                        : !credentials.isEmpty()
                                ? "credentials were probably entered after " + link
                                : chain.has(Stage.CLICK) ? "a link to " + site + " was followed" : "suspicious " + link;
        return SafeText.clip(chain.defanger().prose(capital(what)), MAX_TITLE);
    }

    String summary() {
        var out = new StringBuilder(who());
        out.append(chain.has(Stage.CLICK) ? " followed a link to " : " contacted ");
        DomainRisk domain = chain.domain();
        out.append(Defanger.host(chain.head().getTenantKey()));
        if (domain != null) {
            out.append(" (score ").append(domain.getScore()).append(" of 100)");
        }
        String file = delivered();
        if (file != null) {
            out.append(", saved ").append(file);
        }
        String run = ran(true);
        if (run != null) {
            out.append(file == null ? ", and " : " and ").append(run).append(" ran");
        }
        out.append(" on ").append(name(chain.head().getHost())).append(". Severity ");
        out.append(lower(judgement.severity())).append(": ");
        out.append(String.join("; ", judgement.severityReasons())).append(". Confidence ");
        out.append(judgement.confidence()).append(" of 100.");
        return SafeText.clip(chain.defanger().prose(out.toString()), MAX_SUMMARY);
    }

    private String who() {
        String user = chain.head().getUser();
        return user == null ? "A user" : name(user);
    }

    private @Nullable String delivered() {
        for (Evidence write : chain.at(Stage.WRITE)) {
            String name = EvidenceFields.fileName(write);
            if (name != null) {
                return name(name);
            }
        }
        return null;
    }

    /** What ran: the user's script or program on the command line, else the image. */
    private @Nullable String ran(boolean withHost) {
        Evidence run = chain.namedRun();
        if (run == null) {
            return null;
        }
        String image = EvidenceFields.image(run.getEvent());
        if (run.getProcess() != null && !run.getProcess().getUserPaths().isEmpty()) {
            String script =
                    EvidenceFields.baseName(run.getProcess().getUserPaths().getFirst());
            return image == null || image.equals(script) || !withHost
                    ? name(script)
                    : name(script) + " (by " + name(image) + ")";
        }
        return image == null ? "code" : name(image);
    }

    private static String name(String text) {
        return SafeText.clip(text, MAX_NAME);
    }

    private static String capital(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private static String lower(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }
}
