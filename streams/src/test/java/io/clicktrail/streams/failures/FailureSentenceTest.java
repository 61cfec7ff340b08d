package io.clicktrail.streams.failures;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.schemas.RegistryException;
import java.io.IOException;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.streams.errors.LockException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.TopologyException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailureSentenceTest {

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of(
                        new TopicAuthorizationException(Set.of("clicktrail.events")),
                        "The service may not use a topic; compare its ACLs with topics.json"
                                + " (TopicAuthorizationException: Not authorized to access topics:"
                                + " [clicktrail.events])"),
                Arguments.of(
                        new SaslAuthenticationException("Authentication failed: password 's3cret'"),
                        "The brokers refuse the login; check the user and the password (SaslAuthenticationException)"),
                Arguments.of(
                        new SslAuthenticationException("SSL handshake failed"),
                        "TLS with the brokers fails; check the truststore, the keystore and the dates of the"
                                + " certificates (SslAuthenticationException)"),
                Arguments.of(
                        new MissingSourceTopicException("One or more source topics were missing"),
                        "A topic that the service reads is missing; create the topics of topics.json"
                                + " (MissingSourceTopicException: One or more source topics were missing)"),
                Arguments.of(
                        new StreamsException("Existing internal topic c-hosts-changelog has invalid partitions:"
                                + " expected: 6; actual: 3."),
                        "The number of partitions of a topic has changed; see Scaling out in docs/operations.md"
                                + " (StreamsException: Existing internal topic c-hosts-changelog has invalid"
                                + " partitions: expected: 6; actual: 3.)"),
                Arguments.of(
                        new TopologyException("Following topics do not have the same number of partitions: [a, b]"),
                        "The number of partitions of a topic has changed; see Scaling out in docs/operations.md"
                                + " (TopologyException: Invalid topology: Following topics do not have the same number"
                                + " of partitions: [a, b])"),
                Arguments.of(
                        new RegistryException("Can't register clicktrail.events-value: 409 incompatible"),
                        "The schema registry can't be reached or refuses a schema or the login"
                                + " (RegistryException: Can't register clicktrail.events-value: 409 incompatible)"),
                Arguments.of(
                        new ProcessorStateException("Error opening store", new IOException("No space left on device")),
                        "The disk of the state folder is full; enlarge it or delete what is not the service's"
                                + " (IOException)"),
                Arguments.of(
                        new LockException("unable to lock"),
                        "Another process uses the state folder; give each its own clicktrail.streams.state-dir"
                                + " (LockException)"),
                Arguments.of(
                        new TimeoutException("Timed out"),
                        "The brokers do not answer in time (TimeoutException: Timed out)"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void eachMistakeIsOneSentenceHoweverDeepItIs(Exception mistake, String sentence) {
        assertThat(FailureSentence.of(mistake)).isEqualTo(sentence);
        assertThat(FailureSentence.of(new StreamsException("task 0_1", new IllegalStateException(mistake))))
                .isEqualTo(sentence);
    }

    @Test
    void ofAnyOtherFailureOnlyTheTypeIsShown() {
        assertThat(FailureSentence.of(new IllegalStateException(new IOException("password=s3cret"))))
                .isEqualTo("IOException");
    }
}
