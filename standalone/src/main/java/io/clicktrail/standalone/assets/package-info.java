/** Files of what an organisation knows of its hosts, people, exercises and playbooks. */
@NullMarked
package io.clicktrail.standalone.assets;

import org.jspecify.annotations.NullMarked;
