package dev.weft.cli.pricing;

import dev.weft.passes.cluster.Cluster;
import dev.weft.passes.cluster.SoftwareSpec;

/** On what a step is priced. */
public record ClusterChoice(Cluster cluster, SoftwareSpec software) {}
