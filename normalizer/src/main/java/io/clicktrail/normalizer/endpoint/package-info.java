/** Endpoint sensors that write one JSON object per event: Microsoft Defender XDR, CrowdStrike Falcon, SentinelOne. */
@NullMarked
package io.clicktrail.normalizer.endpoint;

import org.jspecify.annotations.NullMarked;
