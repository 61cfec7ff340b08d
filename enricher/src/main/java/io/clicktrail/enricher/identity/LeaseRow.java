package io.clicktrail.enricher.identity;

import io.clicktrail.enricher.domain.AddressScopes;
import io.clicktrail.identity.Lease;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A line of an operator's file of leases: {@code kind,key,host,from,until,account}. Kind is {@code address}, {@code
 * user} or {@code name}; times are UTC in ISO 8601; {@code until} may be empty, {@code account} is for users and may be
 * left out.
 */
public sealed interface LeaseRow {

    /** A claim as the enricher takes it. */
    record Valid(Lease lease) implements LeaseRow {}

    /** No claim. */
    record Invalid(String reason) implements LeaseRow {}

    /** Dataset of what operators claim. */
    String OPERATOR = "operator";

    /** Longest name of anything. */
    int MAX_NAME = 255;

    /** Reads a line that is neither blank nor a comment. */
    static LeaseRow parse(String line) {
        String[] fields = line.split(",", -1);
        if (fields.length < 4 || fields.length > 6) {
            return new Invalid("must be kind,key,host,from with until and account behind them where they are known");
        }
        String host = fields[2].strip().toLowerCase(Locale.ROOT);
        if (!isName(host) || LeaseClaims.isKey(host)) {
            return new Invalid("'" + fields[2] + "' is no host name");
        }
        @Nullable Instant from = time(fields[3]);
        boolean ends = fields.length > 4 && !fields[4].isBlank();
        @Nullable Instant until = ends ? time(fields[4]) : null;
        if (from == null || ends && (until == null || !until.isAfter(from))) {
            return new Invalid("times must be like 2026-11-22T08:00:00Z, the end after the start");
        }
        String kind = fields[0].strip().toLowerCase(Locale.ROOT);
        String name = fields[1].strip();
        return switch (kind) {
            case "address" -> {
                @Nullable String ip = AddressScopes.ofOneHost(name);
                yield ip == null
                        ? new Invalid("'" + name + "' is no address of one host")
                        : valid(LeaseClaims.ADDRESS + ip, host, from, until, null);
            }
            case "user" -> {
                String account = name.toLowerCase(Locale.ROOT);
                boolean hasAccount = fields.length > 5 && !fields[5].isBlank();
                yield isName(account)
                        ? valid(
                                LeaseClaims.USER + account,
                                host,
                                from,
                                until,
                                hasAccount ? fields[5].strip().toLowerCase(Locale.ROOT) : account)
                        : new Invalid("'" + name + "' is no account");
            }
            case "name" -> {
                String alias = name.toLowerCase(Locale.ROOT);
                yield isName(alias) && alias.indexOf(':') < 0
                        ? valid(alias, host, from, until, null)
                        : new Invalid("'" + name + "' is no name of a host");
            }
            default -> new Invalid("'" + fields[0] + "' is none of address, user, name");
        };
    }

    private static LeaseRow valid(
            String key, String host, Instant from, @Nullable Instant until, @Nullable String account) {
        return new Valid(new Lease(key, host, from, until, OPERATOR, account, false, null));
    }

    private static boolean isName(String text) {
        return !text.isEmpty() && text.length() <= MAX_NAME && text.chars().noneMatch(c -> c <= ' ');
    }

    private static @Nullable Instant time(String text) {
        try {
            return Instant.parse(text.strip());
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
