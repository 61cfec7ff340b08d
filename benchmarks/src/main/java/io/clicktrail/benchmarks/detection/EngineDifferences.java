package io.clicktrail.benchmarks.detection;

import io.clicktrail.alert.Alert;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Where two ways to judge the same logs do not end with the same cases. */
final class EngineDifferences {

    private EngineDifferences() {}

    /**
     * Compares ids, tiers, states and content of the last revisions. Numbers of revisions are left out: how often a case
     * is renewed on the way depends on what arrives together.
     *
     * @return one line for each case that differs, sorted by id
     */
    static List<String> between(List<Alert> stack, List<Alert> local) {
        Map<String, Alert> ofStack = byId(stack);
        Map<String, Alert> ofLocal = byId(local);
        var ids = new TreeSet<>(ofStack.keySet());
        ids.addAll(ofLocal.keySet());
        var differences = new ArrayList<String>();
        for (String id : ids) {
            Alert real = ofStack.get(id);
            Alert other = ofLocal.get(id);
            if (real == null) {
                differences.add("case " + id + " is of the local engine only");
            } else if (other == null) {
                differences.add("case " + id + " is of the stack only");
            } else if (!inShort(real).equals(inShort(other))) {
                differences.add("case " + id + ": stack " + inShort(real) + ", local engine " + inShort(other));
            }
        }
        return List.copyOf(differences);
    }

    private static Map<String, Alert> byId(List<Alert> cases) {
        return cases.stream().collect(Collectors.toMap(Alert::getAlertId, Function.identity()));
    }

    private static String inShort(Alert alert) {
        return "tier " + alert.getEscalation().getTier() + ", " + alert.getState() + ", content "
                + alert.getContentHash();
    }
}
