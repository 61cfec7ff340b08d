package io.clicktrail.standalone;

import io.clicktrail.standalone.erasure.DataSubject;
import io.clicktrail.standalone.erasure.Erasure;
import io.clicktrail.standalone.terminal.Terminal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Removes what is known of a host or a person. */
@Command(
        name = "forget",
        description = {
            "Removes the cases, leases and sensors that name a host or a person, after a question, and says what it",
            "can't remove. The name is compared as a whole, in any case; run it once for each form of a name, for",
            "example ws-1 and ws-1.corp.example. An account without a domain is also found as DOMAIN\\account and in",
            "the paths of its home folder. The audit topic records it, with a hash in place of the name."
        },
        mixinStandardHelpOptions = true)
final class ForgetCommand implements Callable<Integer> {
    private static final int NOTHING_REMOVED = 2;

    private final Terminal terminal;

    @ArgGroup(multiplicity = "1")
    private Named named = new Named();

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Option(
            names = "--actor",
            paramLabel = "NAME",
            defaultValue = "${sys:user.name}",
            description = "Who removes it, for the audit topic (default: ${DEFAULT-VALUE}).")
    private String actor = "";

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    ForgetCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Either of the two. */
    static final class Named {
        @Option(names = "--host", paramLabel = "HOST", description = "Name of a host.")
        private @Nullable String host;

        @Option(names = "--user", paramLabel = "ACCOUNT", description = "Account, DOMAIN\\account or mail address.")
        private @Nullable String user;

        DataSubject subject() {
            return host != null
                    ? new DataSubject(DataSubject.Kind.HOST, host)
                    : new DataSubject(DataSubject.Kind.USER, String.valueOf(user));
        }
    }

    @Override
    public Integer call() throws Exception {
        var subject = named.subject();
        var erasure = new Erasure(cluster.topics(), cluster.clients());
        var found = erasure.find(subject);
        terminal.say("found: " + found);
        if (!found.isEmpty()) {
            if (!yes && !agrees()) {
                terminal.say("nothing is removed; answer yes, or give --yes");
                return NOTHING_REMOVED;
            }
            erasure.remove(subject, found, actor);
            terminal.say("removed; the alerter drops what it keeps of the cases within seconds");
        }
        terminal.say("Not removed, as only age deletes it:");
        erasure.untouched().forEach(topic -> terminal.say("  " + topic + " (retention of the topic)"));
        terminal.say("  dead letters of the services, topics of your own destinations (retention of the topic)");
        terminal.say("  open chains of the correlator (its windows, at most hours); one that goes on is a case again");
        terminal.say("  leases in the enricher's store (a day after they end), facts in the alerter's (7 days)");
        terminal.say("  what a SIEM, a SOAR or a backup has taken over; names of people in the audit topic (for ever)");
        terminal.say("Brokers drop the removed records when they compact the topics.");
        return Clicktrail.DONE;
    }

    private boolean agrees() throws IOException {
        if (!terminal.interactive()) {
            return false;
        }
        terminal.say("Remove all of it, for ever? yes or no");
        var answer = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine();
        return "yes".equalsIgnoreCase(String.valueOf(answer).strip());
    }
}
