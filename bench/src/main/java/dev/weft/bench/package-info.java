/**
 * How fast the compiler itself is: JMH benchmarks, one class per subject.
 *
 * <p>Entry point: {@code ./dev bench [name]}.
 *
 * <p>Never: a benchmark of the programs that Weft writes; those are priced and simulated.
 */
package dev.weft.bench;
