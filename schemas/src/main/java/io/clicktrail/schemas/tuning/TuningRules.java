package io.clicktrail.schemas.tuning;

import io.clicktrail.tuning.Tuning;
import java.util.List;

/** Rules of one service that need more than the table of elements, such as its lists. */
@FunctionalInterface
public interface TuningRules {

    /** Why a document is refused; empty where it is not. */
    List<TuningProblem> problems(Tuning document);
}
