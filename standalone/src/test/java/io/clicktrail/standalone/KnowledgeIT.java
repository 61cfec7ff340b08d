package io.clicktrail.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.clicktrail.audit.AuditKind;
import io.clicktrail.audit.AuditOutcome;
import io.clicktrail.domains.DomainHistory;
import io.clicktrail.domains.HistoryKind;
import io.clicktrail.organisation.EntryKind;
import io.clicktrail.organisation.OrganisationEntry;
import io.clicktrail.schemas.Topics;
import io.clicktrail.streams.testkit.LocalStack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What others know of domains and what the organisation knows, loaded from the command line into a real broker. */
class KnowledgeIT {
    @RegisterExtension
    static final LocalStack STACK = new LocalStack();

    @TempDir
    private Path folder;

    @Test
    void historiesOfAllKindsAreLoadedAndAnEarlierAnswerStays() throws Exception {
        Topics topics = STACK.topics("history");
        Path rdap = file("rdap.json", """
                {"objectClassName":"domain","ldhName":"EVIL.TOP","events":[
                  {"eventAction":"registration","eventDate":"2026-11-20T00:00:00Z"}]}
                """);
        Path whois = file("whois.csv", "domain_name,create_date\nevil.top,2026-11-19\n");
        Path answers = file("pdns.json", """
                {"rrtype":"A","rrname":"evil.top.","rdata":"192.0.2.1","time_first":1780000000}
                """);
        Path certificates = file("crt.json", """
                [{"issuer_ca_id":1,"name_value":"evil.top","not_before":"2026-11-21T22:00:00"}]
                """);
        Path ranking = file("tranco.csv", "1,google.com\n2,evil.top\n");

        assertThat(run("history", "domains", "history", "--actor", "soc-7", rdap, whois, answers, certificates))
                .isZero();
        assertThat(run(
                        "history",
                        "domains",
                        "history",
                        "--actor",
                        "soc-7",
                        "--listed",
                        "2026-11-29T00:00:00Z",
                        ranking))
                .isZero();
        Path later = file("pdns2.json", """
                {"rrtype":"A","rrname":"evil.top.","rdata":"192.0.2.1","time_first":1790000000}
                """);
        assertThat(run("history", "domains", "history", "--actor", "soc-7", later))
                .isZero();

        assertThat(STACK.consumeAll(topics.domainsHistory()))
                .extracting(record -> record.value())
                .filteredOn(entry -> entry.getTenantKey().equals("evil.top"))
                .extracting(
                        DomainHistory::getKind,
                        DomainHistory::getSource,
                        DomainHistory::getSince,
                        DomainHistory::getRank)
                .containsExactly(
                        tuple(HistoryKind.REGISTRATION, "rdap", Instant.parse("2026-11-20T00:00:00Z"), null),
                        tuple(HistoryKind.REGISTRATION, "whois", Instant.parse("2026-11-19T00:00:00Z"), null),
                        tuple(HistoryKind.RESOLUTION, "passive-dns", Instant.parse("2026-05-28T20:26:40Z"), null),
                        tuple(HistoryKind.CERTIFICATE, "crt.sh", Instant.parse("2026-11-21T22:00:00Z"), null),
                        tuple(HistoryKind.RANKING, "ranking", null, 2),
                        tuple(HistoryKind.RESOLUTION, "passive-dns", Instant.parse("2026-05-28T20:26:40Z"), null));
        assertThat(STACK.consumeAll(topics.audit()))
                .extracting(
                        entry -> entry.value().getKind(),
                        entry -> entry.value().getOutcome(),
                        entry -> entry.value().getWho())
                .hasSize(3)
                .containsOnly(tuple(AuditKind.DOMAINS, AuditOutcome.ACCEPTED, "soc-7"));
    }

    @Test
    void aFileOfHistoriesThatNobodyUnderstandsIsRefused() throws Exception {
        Topics topics = STACK.topics("strange");

        assertThat(run("strange", "domains", "history", file("strange.csv", "colour,taste\nred,sweet\n")))
                .isNotZero();

        assertThat(STACK.consumeAll(topics.domainsHistory())).isEmpty();
    }

    @Test
    void hostsPeopleExercisesAndPlaybooksAreLoadedAndTakenOut() throws Exception {
        Topics topics = STACK.topics("assets");
        Path serviceNow = file("cmdb.json", """
                {"records": [{"sys_id": "1", "name": "SRV-01", "fqdn": "srv-01.corp.example",
                  "sys_class_name": "cmdb_ci_win_server", "install_status": "1",
                  "business_criticality": "1 - most critical"}]}
                """);
        Path directory = file("people.csv", """
                SamAccountName;UserPrincipalName;ObjectSID;Department;AdminCount;MemberOf
                adm-1;adm-1@corp.example;S-1-5-21-1-2-3-1108;IT;;"CN=Domain Admins,CN=Users,DC=corp"
                """);
        Path exercises = file("exercises.csv", """
                Exercise,Domains,Senders,Start,End
                spring,sim.example,hr@sim.example,2026-03-01,2026-03-05
                """);

        assertThat(run("assets", "assets", "load", serviceNow, directory, exercises))
                .isZero();

        assertThat(STACK.consumeAll(topics.organisation()))
                .extracting(record -> record.value())
                .extracting(
                        OrganisationEntry::getKind, entry -> entry.getNames().getFirst(), OrganisationEntry::getSource)
                .containsExactlyInAnyOrder(
                        tuple(EntryKind.HOST, "srv-01", "servicenow"),
                        tuple(EntryKind.PERSON, "adm-1", "ad"),
                        tuple(EntryKind.EXERCISE, "spring", "exercises"));

        assertThat(run("assets", "assets", "remove", "EXERCISE", "spring")).isZero();
        assertThat(STACK.consumeAll(topics.organisation())).last().satisfies(record -> {
            assertThat(record.key()).isEqualTo("EXERCISE spring");
            assertThat(record.value()).isNull();
        });
    }

    private Path file(String name, String content) throws Exception {
        return Files.writeString(folder.resolve(name), content);
    }

    private static int run(String prefix, Object... arguments) {
        List<String> all = new ArrayList<>();
        for (Object argument : arguments) {
            all.add(argument.toString());
        }
        all.addAll(List.of(
                "--prefix",
                prefix,
                "--bootstrap-servers",
                STACK.bootstrapServers(),
                "--registry",
                STACK.registryUrl()));
        return new Captured().run(all.toArray(String[]::new));
    }
}
