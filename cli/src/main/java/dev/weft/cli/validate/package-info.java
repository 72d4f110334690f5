/**
 * Published training runs against what Weft predicts of them: a table of runs is read, each row
 * becomes a model, a plan, a cluster and a software stack, is priced, and is compared with what was
 * measured.
 *
 * <p>Entry point: {@link dev.weft.cli.validate.Validation}. {@code docs/published-runs.md}
 * documents the rules by which a row is understood.
 *
 * <p>Never: a rule for one row, one paper or one model; nor a price. Pricing is behind {@link
 * dev.weft.cli.validate.RowPricer}.
 */
@NullMarked
package dev.weft.cli.validate;

import org.jspecify.annotations.NullMarked;
