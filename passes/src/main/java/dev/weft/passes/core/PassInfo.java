package dev.weft.passes.core;

import dev.weft.ir.graph.Property;
import java.util.Set;

/**
 * What a pass is called and where it may stand.
 *
 * @param name the spelling for {@code weft opt --passes}
 * @param requires properties that must hold before
 * @param establishes properties that hold after
 * @param forbids properties that must not hold before
 */
public record PassInfo(
    String name,
    String summary,
    Set<Property> requires,
    Set<Property> establishes,
    Set<Property> forbids) {}
