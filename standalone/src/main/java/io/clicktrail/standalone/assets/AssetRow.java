package io.clicktrail.standalone.assets;

import io.clicktrail.alerter.assets.OrganisationTable;
import io.clicktrail.organisation.DeviceType;
import io.clicktrail.organisation.EntryKind;
import io.clicktrail.organisation.OrganisationEntry;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One row of a file as an entry. */
final class AssetRow {

    private static final int MAX_NAMES = 8;

    /** The hosts that nobody has any more: ServiceNow's install_status 7, and words. */
    private static final Set<String> GONE = Set.of("7", "retired", "absent", "stolen", "disposed");

    private static final Set<String> YES = Set.of("true", "yes", "y", "1");
    private static final Set<String> NO = Set.of("false", "no", "n", "0");

    /** Groups whose members can change everything, by the names of Active Directory. */
    private static final Pattern ADMINISTRATORS =
            Pattern.compile("(?i)\\b(domain admins|enterprise admins|schema admins|administrators|account operators"
                    + "|backup operators)\\b");

    private AssetRow() {}

    /** An entry, or that it is gone. */
    record Read(OrganisationEntry entry, boolean isGone) {}

    /**
     * Reads a row.
     *
     * @param row values by plain column name
     * @throws IllegalArgumentException where the row is wrong, with the reason
     */
    static Read read(EntryKind kind, Map<String, String> row, String source) {
        List<String> given = AssetColumns.values(kind, "name", row);
        if (given.isEmpty()) {
            throw new IllegalArgumentException("has no name");
        }
        List<String> names = given.stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .distinct()
                .limit(MAX_NAMES)
                .toList();
        var entry = OrganisationEntry.newBuilder().setKind(kind).setNames(names).setSource(source);
        boolean isGone = false;
        switch (kind) {
            case HOST -> {
                String status = AssetColumns.value(kind, "status", row);
                isGone = status != null && GONE.contains(status.toLowerCase(Locale.ROOT));
                entry.setCriticality(criticality(AssetColumns.value(kind, "criticality", row)))
                        .setDeviceType(deviceType(AssetColumns.values(kind, "device_type", row)))
                        .setManaged(flag("managed", AssetColumns.value(kind, "managed", row)))
                        .setZone(AssetColumns.value(kind, "zone", row));
            }
            case PERSON -> {
                String groups = AssetColumns.value(kind, "groups", row);
                Boolean privileged = flag("privileged", AssetColumns.value(kind, "privileged", row));
                boolean isOfAdministrators =
                        groups != null && ADMINISTRATORS.matcher(groups).find();
                entry.setPrivileged(isOfAdministrators ? Boolean.TRUE : privileged)
                        .setVip(flag("vip", AssetColumns.value(kind, "vip", row)))
                        .setDepartment(AssetColumns.value(kind, "department", row));
            }
            case EXERCISE ->
                entry.setPlaces(list(AssetColumns.value(kind, "places", row)))
                        .setSenders(list(AssetColumns.value(kind, "senders", row)))
                        .setHosts(list(AssetColumns.value(kind, "hosts", row)))
                        .setPeople(list(AssetColumns.value(kind, "people", row)))
                        .setContact(AssetColumns.value(kind, "contact", row))
                        .setFrom(time(AssetColumns.value(kind, "from", row), false))
                        .setUntil(time(AssetColumns.value(kind, "until", row), true));
            case PLAYBOOK ->
                entry.setNames(List.of(given.getFirst()))
                        .setStandard(AssetColumns.value(kind, "standard", row))
                        .setVersion(AssetColumns.value(kind, "version", row))
                        .setUrl(AssetColumns.value(kind, "url", row));
        }
        OrganisationEntry built = entry.build();
        String refusal = new OrganisationTable().offer(OrganisationTable.key(built), built);
        if (refusal != null) {
            throw new IllegalArgumentException(refusal);
        }
        return new Read(built, isGone);
    }

    /**
     * A number from 1 to 5, a word, or ServiceNow's choice, in which 1 is the highest ({@code 1 - most critical}).
     */
    private static @Nullable Integer criticality(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String plain = text.toLowerCase(Locale.ROOT);
        if (plain.matches("[1-4] - .*")) {
            return switch (plain.charAt(0)) {
                case '1' -> 5;
                case '2' -> 4;
                case '3' -> 2;
                default -> 1;
            };
        }
        return switch (plain) {
            case "1", "2", "3", "4", "5" -> Integer.parseInt(plain);
            case "critical", "very high", "most critical" -> 5;
            case "high" -> 4;
            case "medium", "moderate" -> 3;
            case "low" -> 2;
            case "very low", "not critical", "none" -> 1;
            default ->
                throw new IllegalArgumentException("criticality is '" + text
                        + "' but must be 1 to 5, a word such as high, or '1 - most critical'");
        };
    }

    private static DeviceType deviceType(List<String> texts) {
        String all = String.join(" ", texts).toLowerCase(Locale.ROOT);
        if (all.contains("server")) {
            return DeviceType.SERVER;
        }
        if (Stream.of("laptop", "notebook", "portable", "macbook").anyMatch(all::contains)) {
            return DeviceType.LAPTOP;
        }
        return Stream.of("desktop", "workstation", "computer", "tower", "windows 1", "macos")
                        .anyMatch(all::contains)
                ? DeviceType.WORKSTATION
                : DeviceType.UNKNOWN;
    }

    private static @Nullable Boolean flag(String field, @Nullable String text) {
        if (text == null) {
            return null;
        }
        String plain = text.toLowerCase(Locale.ROOT);
        if (YES.contains(plain)) {
            return true;
        }
        if (NO.contains(plain)) {
            return false;
        }
        throw new IllegalArgumentException(field + " is '" + text + "' but must be true or false");
    }

    private static List<String> list(@Nullable String text) {
        return text == null
                ? List.of()
                : Stream.of(text.toLowerCase(Locale.ROOT).split("[;,|\\s]+"))
                        .filter(each -> !each.isEmpty())
                        .distinct()
                        .toList();
    }

    /** A time, or a day: its first moment, or its last. */
    private static @Nullable Instant time(@Nullable String text, boolean isEnd) {
        if (text == null) {
            return null;
        }
        try {
            if (text.length() == 10) {
                LocalDate day = LocalDate.parse(text);
                return (isEnd ? day.plusDays(1) : day).atStartOfDay().toInstant(ZoneOffset.UTC);
            }
            return Instant.parse(text);
        } catch (DateTimeParseException wrong) {
            throw new IllegalArgumentException(
                    "'" + text + "' is neither a day such as 2026-11-30 nor a time such as 2026-11-30T08:00:00Z",
                    wrong);
        }
    }
}
