package io.clicktrail.enricher.tuning;

import io.clicktrail.enricher.click.MailSites;
import io.clicktrail.enricher.domain.DomainCatalogue;
import io.clicktrail.enricher.domain.Vendors;
import io.clicktrail.enricher.file.Extensions;
import io.clicktrail.enricher.file.UserPaths;
import io.clicktrail.enricher.lists.Lists;
import io.clicktrail.enricher.lists.Lists.Name;
import io.clicktrail.enricher.process.CommandCatalogue;
import io.clicktrail.enricher.process.FollowOnCatalogue;
import io.clicktrail.enricher.process.ProcessCatalogue;
import io.clicktrail.enricher.process.Publishers;
import io.clicktrail.schemas.tuning.TuningRules;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;

/**
 * The lists that tuning documents add to, loaded once in a process.
 *
 * @param dates the date of each list, by file name
 */
public record Catalogues(
        DomainCatalogue domains,
        UserPaths userPaths,
        Extensions extensions,
        ProcessCatalogue processes,
        CommandCatalogue commands,
        Publishers publishers,
        Vendors vendors,
        FollowOnCatalogue followOns,
        MailSites mailSites,
        Map<String, Instant> dates) {

    public Catalogues {
        dates = Map.copyOf(dates);
    }

    /** The lists that ship with the enricher. */
    public static Catalogues bundled() {
        return of(Lists.bundled());
    }

    /**
     * Checks and compiles lists.
     *
     * @throws IllegalArgumentException with file, line and reason where one is not what it should be
     */
    public static Catalogues of(Lists lists) {
        DomainCatalogue domains = DomainCatalogue.of(lists);
        Map<String, Instant> dates = new TreeMap<>();
        dates.put(Lists.PUBLIC_SUFFIXES, date(domains.suffixVersion()));
        for (Name name : Name.values()) {
            dates.put(name.fileName(), date(lists.of(name).version()));
        }
        return new Catalogues(
                domains,
                UserPaths.of(lists.of(Name.USER_PATHS)),
                Extensions.of(lists.of(Name.EXTENSIONS)),
                ProcessCatalogue.of(lists.of(Name.PROCESSES)),
                CommandCatalogue.of(lists.of(Name.COMMANDS)),
                Publishers.of(lists.of(Name.PUBLISHERS)),
                Vendors.of(lists.of(Name.VENDORS)),
                FollowOnCatalogue.of(lists.of(Name.FOLLOW_ON)),
                MailSites.of(lists.of(Name.MAIL_SITES)),
                dates);
    }

    /** The rules for documents that need these lists. */
    public TuningRules rules() {
        return new DomainRules(domains);
    }

    private static Instant date(String version) {
        return LocalDate.parse(version).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
