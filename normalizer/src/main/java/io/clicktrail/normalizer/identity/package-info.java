/** Identity providers: who signed in, from where and on which device. */
@NullMarked
package io.clicktrail.normalizer.identity;

import org.jspecify.annotations.NullMarked;
