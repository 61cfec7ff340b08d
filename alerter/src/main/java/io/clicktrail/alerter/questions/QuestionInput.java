package io.clicktrail.alerter.questions;

import io.clicktrail.alerter.aftermath.Aftermath;
import io.clicktrail.alerter.assets.AssetImportance;
import io.clicktrail.alerter.chain.Chain;
import io.clicktrail.alerter.context.CaseContext;
import io.clicktrail.alerter.mail.MailHistory;
import io.clicktrail.alerter.sanction.Sanction;

/**
 * Everything an answer may use.
 *
 * @param chain the chain that is asked about
 * @param context what is known from outside the chain: mail, other hosts, other alerts, earlier cases
 * @param aftermath what happened after the click
 * @param importance how much the host and the account matter
 * @param mail the mails with the link
 * @param sanction whether it is of an approved exercise
 */
record QuestionInput(
        Chain chain,
        CaseContext context,
        AssetImportance importance,
        MailHistory mail,
        Aftermath aftermath,
        Sanction sanction) {}
