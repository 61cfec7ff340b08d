package io.clicktrail.streams.failures;

import io.clicktrail.schemas.RegistryException;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.streams.errors.LockException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.TopologyException;
import org.jspecify.annotations.Nullable;

/**
 * A failure as one sentence that says what an operator can do, for log and health. Messages are shown only where they
 * name topics, groups and addresses; others may hold secrets, so of those only the type is shown.
 */
final class FailureSentence {

    private static final int MAX_CHARS = 300;

    /** What a failure is, for the first of its causes that fits. */
    private record Rule(Predicate<Throwable> fits, String sentence, boolean hasMessage) {}

    private static final List<Rule> RULES = List.of(
            new Rule(
                    TopicAuthorizationException.class::isInstance,
                    "The service may not use a topic; compare its ACLs with topics.json",
                    true),
            new Rule(
                    GroupAuthorizationException.class::isInstance,
                    "The service may not use its consumer group; compare its ACLs with topics.json",
                    true),
            new Rule(
                    TransactionalIdAuthorizationException.class::isInstance,
                    "The service may not write in transactions; compare its ACLs with topics.json",
                    true),
            new Rule(
                    SaslAuthenticationException.class::isInstance,
                    "The brokers refuse the login; check the user and the password",
                    false),
            new Rule(
                    SslAuthenticationException.class::isInstance,
                    "TLS with the brokers fails; check the truststore, the keystore and the dates of the certificates",
                    false),
            new Rule(
                    cause -> cause instanceof MissingSourceTopicException
                            || cause instanceof UnknownTopicOrPartitionException,
                    "A topic that the service reads is missing; create the topics of topics.json",
                    true),
            new Rule(
                    FailureSentence::isPartitionCount,
                    "The number of partitions of a topic has changed; see Scaling out in docs/operations.md",
                    true),
            new Rule(
                    RegistryException.class::isInstance,
                    "The schema registry can't be reached or refuses a schema or the login",
                    true),
            new Rule(
                    cause -> says(cause, "No space left on device"),
                    "The disk of the state folder is full; enlarge it or delete what is not the service's",
                    false),
            new Rule(
                    cause -> cause instanceof LockException || says(cause, "running in the same state directory"),
                    "Another process uses the state folder; give each its own clicktrail.streams.state-dir",
                    false),
            new Rule(TimeoutException.class::isInstance, "The brokers do not answer in time", true),
            new Rule(ApiException.class::isInstance, "The brokers refuse a request", true));

    private FailureSentence() {}

    static String of(Throwable failure) {
        for (var rule : RULES) {
            for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (rule.fits.test(cause)) {
                    var name = cause.getClass().getSimpleName();
                    return clipped(rule.sentence + " ("
                            + (rule.hasMessage ? name + ": " + oneLine(cause.getMessage()) : name) + ")");
                }
            }
        }
        Throwable root = failure;
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            root = cause;
        }
        return root.getClass().getSimpleName();
    }

    /** Of internal topics, whose changelogs hold the old number, and of topics that are joined. */
    private static boolean isPartitionCount(Throwable cause) {
        return cause instanceof StreamsException
                && (says(cause, "has invalid partitions")
                        || cause instanceof TopologyException
                                && says(cause, "do not have the same number of partitions"));
    }

    private static boolean says(Throwable cause, String words) {
        return cause.getMessage() != null && cause.getMessage().contains(words);
    }

    private static String oneLine(@Nullable String message) {
        return String.valueOf(message).replaceAll("\\s+", " ");
    }

    private static String clipped(String words) {
        return words.length() <= MAX_CHARS ? words : words.substring(0, MAX_CHARS);
    }
}
