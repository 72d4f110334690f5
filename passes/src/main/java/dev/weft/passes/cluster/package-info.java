/**
 * What a cluster is made of, as plain data: devices, hosts, links and software stacks, each number
 * in the unit that its name or documentation gives; and the JSON that says it.
 *
 * <p>Entry points: {@link dev.weft.passes.cluster.Clusters} for whole clusters, {@link
 * dev.weft.passes.cluster.Specs} for parts such as a {@link dev.weft.passes.cluster.DeviceSpec} or
 * a {@link dev.weft.passes.cluster.LinkSpec}.
 *
 * <p>Never: a program, a plan or a price is known here.
 */
@NullMarked
package dev.weft.passes.cluster;

import org.jspecify.annotations.NullMarked;
