package io.clicktrail.enricher.evidence;

import io.clicktrail.context.Authentication;
import io.clicktrail.context.ContextFact;
import io.clicktrail.context.ContextKind;
import io.clicktrail.enricher.domain.AddressScopes;
import io.clicktrail.enricher.identity.UserKeys;
import io.clicktrail.event.Event;
import io.clicktrail.event.EventOutcome;
import io.clicktrail.event.Logon;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Facts about logons of people: at a host, as the host itself logs them, and sign-ins at a service. Left out are those
 * of services and batch jobs, tickets, and what a sensor of the network read, which do not say where the account went.
 */
final class LogonFacts {

    /** Network, batch, service: only the first is a person's, see learn.microsoft.com, event 4624. */
    private static final Set<Integer> OF_MACHINES = Set.of(0, 4, 5);

    private static final List<String> NO_SIGN_INS = List.of("windows.", "zeek.", "suricata.");
    private static final int MAX_TEXT = 200;

    private LogonFacts() {}

    /** The fact; null where the event says nothing of where a person went. */
    static @Nullable ContextFact of(String key, Event event) {
        @Nullable Logon logon = event.getLogon();
        @Nullable String account = UserKeys.key(event.getUser());
        boolean isDenied = logon != null && Boolean.TRUE.equals(logon.getMfaDenied());
        if (logon == null
                || account == null
                || !logon.getBegin()
                || event.getOutcome() == EventOutcome.FAILURE && !isDenied) {
            return null;
        }
        @Nullable Integer type = logon.getType();
        boolean isSignIn = type == null;
        if (isSignIn ? !isSignIn(event, logon) : OF_MACHINES.contains(type) || event.getHost() == null) {
            return null;
        }
        @Nullable String ip = logon.getIp() == null ? null : AddressScopes.ofOneHost(logon.getIp());
        return ContextFacts.fact(event, ContextKind.LOGON)
                .setHost(isSignIn ? null : key)
                .setUser(account)
                .setAuthentication(Authentication.newBuilder()
                        .setAccount(clipped(account))
                        .setLogonType(type)
                        .setIp(ip)
                        .setSuccess(event.getOutcome() != EventOutcome.FAILURE)
                        .setCountry(logon.getCountry())
                        .setDevice(isSignIn ? device(event) : null)
                        .setUserAgent(
                                event.getHttp() == null
                                        ? null
                                        : text(event.getHttp().getUserAgent()))
                        .setMfaDenied(isDenied)
                        .setRisk(logon.getRisk())
                        .build())
                .build();
    }

    /** True for a sign-in at a service that the service itself logged. */
    static boolean isSignIn(Event event, Logon logon) {
        return logon.getType() == null
                && logon.getBegin()
                && NO_SIGN_INS.stream().noneMatch(event.getSource().getDataset()::startsWith);
    }

    private static @Nullable String device(Event event) {
        return event.getHost() == null ? null : text(event.getHost().getName());
    }

    private static @Nullable String text(@Nullable String value) {
        return value == null ? null : clipped(value);
    }

    private static String clipped(String value) {
        return value.length() <= MAX_TEXT ? value : value.substring(0, MAX_TEXT);
    }
}
