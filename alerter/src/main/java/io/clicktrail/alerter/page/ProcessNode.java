package io.clicktrail.alerter.page;

import io.clicktrail.alert.CaseEvidence;
import io.clicktrail.alerter.chain.EvidenceFields;
import io.clicktrail.detection.Stage;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.ParentProcess;
import io.clicktrail.event.Process;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A process of the case with what it started. Processes are distinguished by their identity, and by pid and image where
 * a sensor has none. The tree is at most {@value #MAX_DEPTH} deep.
 *
 * @param detail its command line, or the path of its image
 * @param pid process id; empty where unknown
 * @param evidence numbers of the evidence in which it acted
 * @param executed whether its start is an execution of the chain
 */
public record ProcessNode(
        String name, String detail, String pid, List<Integer> evidence, boolean executed, List<ProcessNode> children) {

    private static final int MAX_DEPTH = 24;

    /** A process while the tree is built. */
    private static final class Draft {
        private @Nullable String executable;
        private @Nullable String commandLine;
        private @Nullable Long pid;
        private @Nullable String parent;
        private boolean executed;
        private final Set<Integer> evidence = new TreeSet<>();
        private final List<String> children = new ArrayList<>();
    }

    /** The roots, in the order of their first evidence. */
    static List<ProcessNode> roots(List<CaseEvidence> evidence, SafeWords words) {
        Map<String, Draft> all = new LinkedHashMap<>();
        for (int at = 0; at < evidence.size(); at++) {
            add(all, evidence.get(at), at + 1);
        }
        all.forEach((key, draft) -> {
            Draft parent = draft.parent == null ? null : all.get(draft.parent);
            if (parent != null && !key.equals(draft.parent)) {
                parent.children.add(key);
            }
        });
        var roots = new ArrayList<ProcessNode>();
        var shown = new HashSet<String>();
        all.forEach((key, draft) -> {
            if (draft.parent == null || !all.containsKey(draft.parent)) {
                roots.add(node(key, all, shown, words, 0));
            }
        });
        return List.copyOf(roots);
    }

    private static void add(Map<String, Draft> all, CaseEvidence item, int number) {
        Process process = item.getEvidence().getEvent().getProcess();
        if (process == null) {
            return;
        }
        String key = key(process.getEntityId(), process.getPid(), process.getExecutable(), all);
        if (key == null) {
            return;
        }
        Draft draft = all.computeIfAbsent(key, absent -> new Draft());
        draft.evidence.add(number);
        draft.executable = first(draft.executable, first(process.getExecutable(), process.getName()));
        draft.commandLine = first(draft.commandLine, process.getCommandLine());
        draft.pid = draft.pid == null ? process.getPid() : draft.pid;
        draft.executed |= item.getStage() == Stage.EXECUTION
                && item.getEvidence().getEvent().getKind() == EventKind.PROCESS_START;
        ParentProcess parent = process.getParent();
        if (parent != null && draft.parent == null) {
            String parentKey = key(parent.getEntityId(), parent.getPid(), parent.getExecutable(), all);
            if (parentKey != null && !parentKey.equals(key)) {
                draft.parent = parentKey;
                Draft above = all.computeIfAbsent(parentKey, absent -> new Draft());
                above.executable = first(above.executable, parent.getExecutable());
                above.commandLine = first(above.commandLine, parent.getCommandLine());
                above.pid = above.pid == null ? parent.getPid() : above.pid;
            }
        }
    }

    /** Two sensors name one process differently; pid and image of a short story are the same. */
    private static @Nullable String key(
            @Nullable String entity, @Nullable Long pid, @Nullable String executable, Map<String, Draft> all) {
        if (pid != null && executable != null) {
            String image = EvidenceFields.baseName(executable).toLowerCase(Locale.ROOT);
            for (Map.Entry<String, Draft> known : all.entrySet()) {
                Draft draft = known.getValue();
                if (pid.equals(draft.pid)
                        && draft.executable != null
                        && EvidenceFields.baseName(draft.executable).equalsIgnoreCase(image)) {
                    return known.getKey();
                }
            }
        }
        if (entity != null) {
            return entity;
        }
        return pid == null && executable == null ? null : pid + " " + executable;
    }

    private static ProcessNode node(String key, Map<String, Draft> all, Set<String> shown, SafeWords words, int depth) {
        Draft draft = all.getOrDefault(key, new Draft());
        shown.add(key);
        var children = new ArrayList<ProcessNode>();
        if (depth < MAX_DEPTH) {
            for (String child : draft.children) {
                if (!shown.contains(child)) {
                    children.add(node(child, all, shown, words, depth + 1));
                }
            }
        }
        String executable = draft.executable == null ? "unknown process" : draft.executable;
        return new ProcessNode(
                words.shortened(EvidenceFields.baseName(executable), 80),
                words.prose(draft.commandLine == null ? executable : draft.commandLine),
                draft.pid == null ? "" : draft.pid.toString(),
                List.copyOf(draft.evidence),
                draft.executed,
                List.copyOf(children));
    }

    private static @Nullable String first(@Nullable String known, @Nullable String next) {
        return known == null ? next : known;
    }
}
