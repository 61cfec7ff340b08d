/** The pages over HTTP, and who may do what. */
@NullMarked
package io.clicktrail.console.web;

import org.jspecify.annotations.NullMarked;
