/** What a lowered program asks of a device, against what is known of transformers. */
@NullMarked
package dev.weft.testsuite.workload;

import org.jspecify.annotations.NullMarked;
