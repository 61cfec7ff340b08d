package io.clicktrail.alerter.questions;

import io.clicktrail.alert.AnswerState;
import io.clicktrail.alert.ConfidenceBand;
import io.clicktrail.alerter.aftermath.SignIns;
import io.clicktrail.alerter.chain.Chain;
import io.clicktrail.context.Authentication;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.state.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether credentials were entered: forms that were submitted to the place, and the account's sign-ins after it. */
final class CredentialsAnswer {

    private static final int SHOWN = 3;
    private static final int MAX_EVENTS = 20;
    private static final String SIGN_IN_LOG = "sign-in log of the identity provider";

    private CredentialsAnswer() {}

    static Answer of(Chain chain, SignIns signIns) {
        List<Evidence> requests = LinkAnswers.requests(chain);
        List<Evidence> posts = requests.stream().filter(LinkAnswers::posted).toList();
        if (requests.isEmpty() && !signIns.known()) {
            return Answer.none(LinkAnswers.PROXY_LOG, SIGN_IN_LOG);
        }
        boolean isStrange = !signIns.strange().isEmpty() || signIns.isFatigue();
        var said = new ArrayList<String>();
        if (!requests.isEmpty()) {
            said.add(
                    posts.isEmpty()
                            ? "No form was submitted in the requests seen (" + requests.size() + ")."
                            : (isStrange ? "Probably" : "Possibly") + ": data was sent (POST) in " + posts.size()
                                    + " of the requests seen (" + requests.size() + ").");
        } else if (isStrange) {
            said.add("Probably: requests to the site were not seen, but what followed speaks for it.");
        }
        String signedIn = signIns(signIns);
        if (signedIn != null) {
            said.add(signedIn);
        }
        var missing = new ArrayList<String>();
        if (requests.isEmpty()) {
            missing.add(LinkAnswers.PROXY_LOG);
        }
        if (!signIns.known()) {
            missing.add(SIGN_IN_LOG);
        }
        return new Answer(
                missing.isEmpty() && (isStrange || posts.isEmpty()) ? AnswerState.ANSWERED : AnswerState.PARTLY,
                String.join(" ", said),
                isStrange || !posts.isEmpty() ? ConfidenceBand.MEDIUM : ConfidenceBand.LOW,
                events(posts.isEmpty() ? requests : posts, signIns),
                missing);
    }

    private static List<String> events(List<Evidence> requests, SignIns signIns) {
        var events = new ArrayList<String>();
        requests.forEach(request -> events.add(request.getEvent().getEventId()));
        signIns.strange().forEach(strange -> events.add(strange.signIn().getId()));
        if (signIns.isFatigue()) {
            signIns.refused().forEach(refused -> events.add(refused.getId()));
        }
        return events.stream().distinct().limit(MAX_EVENTS).toList();
    }

    /** Null where nothing is known of the account's sign-ins. */
    private static @Nullable String signIns(SignIns signIns) {
        if (!signIns.known()) {
            return null;
        }
        var said = new StringBuilder();
        if (signIns.all().isEmpty()) {
            said.append("No sign-in of the account is known in the day after the click.");
        } else if (signIns.strange().isEmpty()) {
            said.append("Sign-ins in the day after the click: ")
                    .append(signIns.all().size())
                    .append(", none from a new country or device or of a risk.");
        } else {
            said.append("Strange sign-ins in the day after the click: ")
                    .append(signIns.strange().stream()
                            .limit(SHOWN)
                            .map(CredentialsAnswer::strange)
                            .collect(Collectors.joining("; ")));
            if (signIns.strange().size() > SHOWN) {
                said.append(" and ").append(signIns.strange().size() - SHOWN).append(" more");
            }
            said.append('.');
        }
        if (!signIns.refused().isEmpty()) {
            said.append(" Requests for a second factor that were refused: ")
                    .append(signIns.refused().size());
            Fact accepted = signIns.accepted();
            said.append(
                    accepted == null
                            ? "."
                            : ", then one was accepted at " + ContextAnswers.second(accepted.getTime())
                                    + from(accepted.getAuthentication()) + ".");
        }
        return said.toString();
    }

    private static String strange(SignIns.Strange strange) {
        Fact signIn = strange.signIn();
        return ContextAnswers.second(signIn.getTime()) + " by " + signIn.getSender() + from(signIn.getAuthentication())
                + " (" + String.join(", ", strange.why()) + ")";
    }

    private static String from(Authentication signIn) {
        return signIn.getIp() == null ? "" : " from " + signIn.getIp();
    }
}
