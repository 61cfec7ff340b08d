package io.clicktrail.standalone.assets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clicktrail.organisation.DeviceType;
import io.clicktrail.organisation.EntryKind;
import io.clicktrail.organisation.OrganisationEntry;
import io.clicktrail.schemas.AvroSetup;
import io.clicktrail.standalone.logs.UnreadableLogException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssetFileTest {

    static {
        AvroSetup.install();
    }

    @TempDir
    private Path folder;

    private final List<OrganisationEntry> taken = new ArrayList<>();
    private final List<OrganisationEntry> withdrawn = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();

    @Test
    void readsAnInventoryAsServiceNowExportsIt() throws Exception {
        read("""
                {"records": [
                 {"sys_id": "1", "name": "SRV-01", "fqdn": "srv-01.corp.example",
                  "sys_class_name": "cmdb_ci_win_server", "install_status": "1",
                  "business_criticality": {"display_value": "1 - most critical", "value": "1 - most critical"}},
                 {"sys_id": "2", "name": "WS-OLD", "sys_class_name": "cmdb_ci_computer", "install_status": "7"}]}
                """);

        assertThat(taken).singleElement().satisfies(host -> {
            assertThat(host.getKind()).isEqualTo(EntryKind.HOST);
            assertThat(host.getNames()).containsExactly("srv-01", "srv-01.corp.example");
            assertThat(host.getSource()).isEqualTo("servicenow");
            assertThat(host.getCriticality()).isEqualTo(5);
            assertThat(host.getDeviceType()).isEqualTo(DeviceType.SERVER);
        });
        assertThat(withdrawn)
                .singleElement()
                .satisfies(host -> assertThat(host.getNames()).containsExactly("ws-old"));
    }

    @Test
    void readsPeopleAsActiveDirectoryGivesThem() throws Exception {
        read("""
                SamAccountName;UserPrincipalName;ObjectSID;Department;AdminCount;MemberOf
                a.lind;a.lind@corp.example;S-1-5-21-1-2-3-1107;Payroll;;CN=Staff,DC=corp
                adm-1;adm-1@corp.example;S-1-5-21-1-2-3-1108;IT;;"CN=Domain Admins,CN=Users,DC=corp"
                """);

        assertThat(taken).extracting(OrganisationEntry::getKind).containsOnly(EntryKind.PERSON);
        assertThat(taken.getFirst().getNames()).containsExactly("a.lind", "a.lind@corp.example", "s-1-5-21-1-2-3-1107");
        assertThat(taken.getFirst().getDepartment()).isEqualTo("Payroll");
        assertThat(taken.getFirst().getPrivileged()).isNull();
        assertThat(taken.getLast().getPrivileged()).isTrue();
    }

    @Test
    void readsExercisesByTheirPlacesAndDays() throws Exception {
        read("""
                Exercise,Domains,Senders,Start,End
                spring,sim.example training.example,hr@sim.example,2026-03-01,2026-03-05
                """);

        assertThat(taken).singleElement().satisfies(exercise -> {
            assertThat(exercise.getKind()).isEqualTo(EntryKind.EXERCISE);
            assertThat(exercise.getPlaces()).containsExactly("sim.example", "training.example");
            assertThat(exercise.getUntil()).isEqualTo(Instant.parse("2026-03-06T00:00:00Z"));
        });
    }

    @Test
    void readsPlaybooksFromLinesOfJson() throws Exception {
        read("{\"id\": \"playbook--1\", \"standard\": \"CACAO\", \"version\": \"2\"}\n"
                + "{\"id\": \"playbook--2\", \"standard\": \"CACAO\", \"version\": \"1\"}\n");

        assertThat(taken).extracting(OrganisationEntry::getKind).containsOnly(EntryKind.PLAYBOOK);
        assertThat(taken).hasSize(2);
    }

    @Test
    void refusesARowWithItsNumberAndTakesTheOthers() throws Exception {
        read("""
                name,criticality
                ws-1,7
                ws-2,high
                ,3
                """);

        assertThat(refused).hasSize(2);
        assertThat(refused.getFirst()).startsWith("1: criticality is '7'");
        assertThat(refused.getLast()).isEqualTo("3: has no name");
        assertThat(taken)
                .singleElement()
                .satisfies(host -> assertThat(host.getCriticality()).isEqualTo(4));
    }

    @Test
    void aBrokenFileIsNamed() {
        assertThatThrownBy(() -> read("[{\"name\": "))
                .isInstanceOf(UnreadableLogException.class)
                .hasMessageContaining("is neither CSV nor JSON");
    }

    private void read(String text) throws Exception {
        Path file = Files.writeString(folder.resolve("file.txt"), text);
        new AssetFile(file, null, null).read(new AssetFile.Sink() {
            @Override
            public void take(OrganisationEntry entry) {
                taken.add(entry);
            }

            @Override
            public void withdraw(OrganisationEntry entry) {
                withdrawn.add(entry);
            }

            @Override
            public void refuse(int row, String reason) {
                refused.add(row + ": " + reason);
            }
        });
    }
}
