package io.clicktrail.standalone.backtest;

import io.clicktrail.alert.Alert;
import java.util.List;

/**
 * What the first pass of a backtest gave.
 *
 * @param before open cases by the old tuning
 * @param after open cases by the new tuning
 * @param days time that the events of hosts span, in days
 */
record FirstPass(List<Alert> before, List<Alert> after, double days) {

    FirstPass {
        before = List.copyOf(before);
        after = List.copyOf(after);
    }
}
