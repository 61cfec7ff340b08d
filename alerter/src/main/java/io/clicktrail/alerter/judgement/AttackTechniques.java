package io.clicktrail.alerter.judgement;

import io.clicktrail.alert.Attack;
import io.clicktrail.alert.AttackRelation;
import io.clicktrail.alerter.chain.Chain;
import io.clicktrail.context.FollowOn;
import io.clicktrail.detection.Stage;
import io.clicktrail.evidence.ApplicationKind;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.ProcessRisk;
import io.clicktrail.state.Fact;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The techniques of MITRE ATT&CK that a chain shows, the detected one first. */
public final class AttackTechniques {

    private static final String VERSION = "18.1";
    private static final int MAX_EVENTS = 20;

    private AttackTechniques() {}

    /** The techniques of a chain, and of what followed. */
    public static List<Attack> of(Chain chain, List<Fact> followed) {
        List<Attack> attacks = of(chain);
        Set<String> known = new HashSet<>();
        attacks.forEach(attack -> known.add(id(attack)));
        Map<String, List<Fact>> more = new TreeMap<>();
        for (Fact fact : followed) {
            if (!known.contains(fact.getFollowOn().getTechnique())) {
                more.computeIfAbsent(fact.getFollowOn().getTechnique(), technique -> new ArrayList<>())
                        .add(fact);
            }
        }
        more.values().forEach(facts -> attacks.add(attack(facts)));
        return attacks;
    }

    private static String id(Attack attack) {
        return attack.getSubTechniqueId() == null ? attack.getTechniqueId() : attack.getSubTechniqueId();
    }

    private static Attack attack(List<Fact> facts) {
        FollowOn found = facts.getFirst().getFollowOn();
        String id = found.getTechnique();
        String name = found.getTechniqueName();
        int dot = id.indexOf('.');
        int colon = name.indexOf(": ");
        boolean isSub = dot > 0 && colon > 0;
        return Attack.newBuilder()
                .setTacticId(found.getTactic())
                .setTacticName(found.getTacticName())
                .setTechniqueId(isSub ? id.substring(0, dot) : id)
                .setTechniqueName(isSub ? name.substring(0, colon) : name)
                .setSubTechniqueId(isSub ? id : null)
                .setSubTechniqueName(isSub ? name.substring(colon + 2) : null)
                .setVersion(VERSION)
                .setRelation(AttackRelation.FOLLOW_ON)
                .setEventIds(facts.stream()
                        .map(Fact::getId)
                        .distinct()
                        .sorted()
                        .limit(MAX_EVENTS)
                        .toList())
                .build();
    }

    /** The techniques of a chain. */
    static List<Attack> of(Chain chain) {
        Map<Technique, TreeSet<String>> found = new EnumMap<>(Technique.class);
        chain.evidence().forEach(item -> note(found, Technique.MALICIOUS_LINK, item.getEvidence()));
        for (Evidence click : chain.at(Stage.CLICK)) {
            if (fromMail(click)) {
                note(found, Technique.SPEARPHISHING_LINK, click);
            }
        }
        for (Evidence write : chain.at(Stage.WRITE)) {
            note(found, Technique.INGRESS_TOOL_TRANSFER, write);
            if (write.getFile() != null && write.getFile().getDeceptiveName()) {
                note(found, Technique.DOUBLE_EXTENSION, write);
            }
        }
        for (Evidence run : chain.runs()) {
            if (ranUserFile(run)) {
                note(found, Technique.MALICIOUS_FILE, run);
            }
            Technique technique = byProgram(run);
            if (technique != null) {
                note(found, technique, run);
            }
            if (run.getProcess() != null && run.getProcess().getFromMountedDrive()) {
                note(found, Technique.MARK_OF_THE_WEB_BYPASS, run);
            }
        }
        var attacks = new ArrayList<Attack>();
        found.forEach((technique, events) -> attacks.add(technique.attack(List.copyOf(events))));
        return attacks;
    }

    private static void note(Map<Technique, TreeSet<String>> found, Technique technique, Evidence evidence) {
        found.computeIfAbsent(technique, any -> new TreeSet<>())
                .add(evidence.getEvent().getEventId());
    }

    private static boolean fromMail(Evidence click) {
        return click.getEvent().getEmail() != null
                || (click.getProcess() != null
                        && (click.getProcess().getParentKind() == ApplicationKind.MAIL
                                || click.getProcess().getApplicationKind() == ApplicationKind.MAIL));
    }

    private static boolean ranUserFile(Evidence run) {
        ProcessRisk process = run.getProcess();
        return process != null
                && (process.getImageUserWritable()
                        || process.getFromMountedDrive()
                        || !process.getUserPaths().isEmpty());
    }

    /** The technique that the process list gives the image; null where it gives none or one without a name here. */
    private static @Nullable Technique byProgram(Evidence run) {
        @Nullable String id = run.getProcess() == null ? null : run.getProcess().getTechnique();
        return id == null ? null : Technique.BY_ID.get(id);
    }

    /** Techniques that a chain can show; names as of ATT&CK 18.1. */
    private enum Technique {
        MALICIOUS_LINK(Tactic.EXECUTION, AttackRelation.DETECTED, "T1204", "User Execution", "001", "Malicious Link"),
        SPEARPHISHING_LINK(
                Tactic.INITIAL_ACCESS, AttackRelation.CONTEXT, "T1566", "Phishing", "002", "Spearphishing Link"),
        INGRESS_TOOL_TRANSFER(
                Tactic.COMMAND_AND_CONTROL, AttackRelation.CONTEXT, "T1105", "Ingress Tool Transfer", null, null),
        DOUBLE_EXTENSION(
                Tactic.DEFENSE_EVASION,
                AttackRelation.CONTEXT,
                "T1036",
                "Masquerading",
                "007",
                "Double File Extension"),
        MALICIOUS_FILE(Tactic.EXECUTION, AttackRelation.FOLLOW_ON, "T1204", "User Execution", "002", "Malicious File"),
        POWERSHELL(
                Tactic.EXECUTION,
                AttackRelation.FOLLOW_ON,
                "T1059",
                "Command and Scripting Interpreter",
                "001",
                "PowerShell"),
        APPLESCRIPT(
                Tactic.EXECUTION,
                AttackRelation.FOLLOW_ON,
                "T1059",
                "Command and Scripting Interpreter",
                "002",
                "AppleScript"),
        WINDOWS_COMMAND_SHELL(
                Tactic.EXECUTION,
                AttackRelation.FOLLOW_ON,
                "T1059",
                "Command and Scripting Interpreter",
                "003",
                "Windows Command Shell"),
        UNIX_SHELL(
                Tactic.EXECUTION,
                AttackRelation.FOLLOW_ON,
                "T1059",
                "Command and Scripting Interpreter",
                "004",
                "Unix Shell"),
        VISUAL_BASIC(
                Tactic.EXECUTION,
                AttackRelation.FOLLOW_ON,
                "T1059",
                "Command and Scripting Interpreter",
                "005",
                "Visual Basic"),
        PYTHON(
                Tactic.EXECUTION,
                AttackRelation.FOLLOW_ON,
                "T1059",
                "Command and Scripting Interpreter",
                "006",
                "Python"),
        JAVASCRIPT(
                Tactic.EXECUTION,
                AttackRelation.FOLLOW_ON,
                "T1059",
                "Command and Scripting Interpreter",
                "007",
                "JavaScript"),
        MSHTA(
                Tactic.DEFENSE_EVASION,
                AttackRelation.FOLLOW_ON,
                "T1218",
                "System Binary Proxy Execution",
                "005",
                "Mshta"),
        MSIEXEC(
                Tactic.DEFENSE_EVASION,
                AttackRelation.FOLLOW_ON,
                "T1218",
                "System Binary Proxy Execution",
                "007",
                "Msiexec"),
        REGSVR32(
                Tactic.DEFENSE_EVASION,
                AttackRelation.FOLLOW_ON,
                "T1218",
                "System Binary Proxy Execution",
                "010",
                "Regsvr32"),
        RUNDLL32(
                Tactic.DEFENSE_EVASION,
                AttackRelation.FOLLOW_ON,
                "T1218",
                "System Binary Proxy Execution",
                "011",
                "Rundll32"),
        MARK_OF_THE_WEB_BYPASS(
                Tactic.DEFENSE_EVASION,
                AttackRelation.FOLLOW_ON,
                "T1553",
                "Subvert Trust Controls",
                "005",
                "Mark-of-the-Web Bypass");

        private static final Map<String, Technique> BY_ID =
                Stream.of(values()).collect(Collectors.toUnmodifiableMap(Technique::fullId, technique -> technique));

        private final Tactic tactic;
        private final AttackRelation relation;
        private final String id;
        private final String title;
        private final @Nullable String number;
        private final @Nullable String subTitle;

        Technique(
                Tactic tactic,
                AttackRelation relation,
                String id,
                String title,
                @Nullable String number,
                @Nullable String subTitle) {
            this.tactic = tactic;
            this.relation = relation;
            this.id = id;
            this.title = title;
            this.number = number;
            this.subTitle = subTitle;
        }

        String fullId() {
            return number == null ? id : id + "." + number;
        }

        Attack attack(List<String> events) {
            return Attack.newBuilder()
                    .setTacticId(tactic.id)
                    .setTacticName(tactic.title)
                    .setTechniqueId(id)
                    .setTechniqueName(title)
                    .setSubTechniqueId(number == null ? null : fullId())
                    .setSubTechniqueName(subTitle)
                    .setVersion(VERSION)
                    .setRelation(relation)
                    .setEventIds(events)
                    .build();
        }
    }

    private enum Tactic {
        INITIAL_ACCESS("TA0001", "Initial Access"),
        EXECUTION("TA0002", "Execution"),
        DEFENSE_EVASION("TA0005", "Defense Evasion"),
        COMMAND_AND_CONTROL("TA0011", "Command and Control");

        private final String id;
        private final String title;

        Tactic(String id, String title) {
            this.id = id;
            this.title = title;
        }
    }
}
