package dev.weft.passes.cluster;

/**
 * What a training program takes besides the work that its model asks for: the properties of a
 * framework, of the version of its kernels and of how it is usually configured.
 *
 * <p>A program that Weft emits is one such stack; the others serve to judge predictions against
 * runs that were published.
 *
 * @param name such as {@code megatron-2022}
 * @param description what the stack is, and where its figures come from
 * @param family stacks of one family have kernels and habits in common: what the runs of a stack do
 *     not settle is as in its family
 * @param typical whether its runs say something of its family; not where something disturbed them
 *     that no other stack suffers from
 * @param attention how attention is computed
 * @param fusedAttention which generation of fused attention it has
 * @param products the format of the operands of products within layers; attention and the head have
 *     the training precision
 * @param sustainedSpeed speed of matrix products and of fused attention in a long run relative to a
 *     micro-benchmark of them: power and temperature limit the clock, and other ranks are waited
 *     for
 * @param streamTraffic bytes that memory-bound kernels move, relative to a program in which chains
 *     of them are fused
 * @param lossTraffic bytes moved for each logit by the loss and its gradient, relative to the same
 * @param scoreTraffic bytes moved by the softmax, mask and dropout of written-out attention,
 *     relative to fused kernels for each of them
 * @param launchSeconds of the host for each kernel; a device waits where kernels are shorter
 * @param hopSeconds of the host for each step of a collective of a micro-batch, from one member to
 *     the next: a device waits where its hosts take longer than its work; what follows the last
 *     micro-batch is priced by the network alone
 * @param microBatchSeconds of the host for each micro-batch of each stage
 * @param stepSeconds of each step outside of its work: data, logging, synchronisation
 * @param gradientOverlap the part of the reduction of gradients over replicas that may run behind
 *     the backward, from 0 to 1
 * @param weightOverlap the part of the gathering of weights that may run behind the forward
 * @param transferOverlap the part of messages between stages that may run behind work
 * @param tensorOverlap the part of the collectives within layers that may run behind products
 * @param exchangeOverlap the part of all-to-alls, such as those of tokens and experts, that may run
 *     behind work
 * @param dispatch how often a token is sent to experts that are near one another
 * @param groupedProducts how products by several weights that lie side by side are started
 * @param overlapSlowdown by how much work takes longer while something else is communicated behind
 *     it, such as 0.1
 * @param messageSeconds of host and device for each message between stages, besides its transfer
 * @param gradientBytes of each accumulated gradient
 * @param reducedBytes of each gradient that replicas reduce
 * @param stateBytes of the optimizer for each weight, a master copy included
 * @param weightCopies copies of each weight in the training precision
 * @param accumulation how the gradients of a micro-batch are added up
 * @param dropout whether training drops, and so keeps masks
 * @param logitBytes of each element of the logits that the loss keeps
 * @param bufferBytes of tensors that live throughout besides those of the model: tables of
 *     positions, workspaces of libraries
 * @param reservedBytes of device memory that never holds tensors: contexts, libraries,
 *     communicators
 * @param fragmentation memory that an allocator has lost, as a part of the peak of activations
 */
public record SoftwareSpec(
    String name,
    String description,
    String family,
    boolean typical,
    AttentionStyle attention,
    FusedAttention fusedAttention,
    ProductFormat products,
    double sustainedSpeed,
    double streamTraffic,
    double lossTraffic,
    double scoreTraffic,
    double launchSeconds,
    double hopSeconds,
    double microBatchSeconds,
    double stepSeconds,
    double gradientOverlap,
    double weightOverlap,
    double transferOverlap,
    double tensorOverlap,
    double exchangeOverlap,
    Dispatch dispatch,
    GroupedProducts groupedProducts,
    double overlapSlowdown,
    double messageSeconds,
    int gradientBytes,
    int reducedBytes,
    int stateBytes,
    int weightCopies,
    Accumulation accumulation,
    boolean dropout,
    int logitBytes,
    long bufferBytes,
    long reservedBytes,
    double fragmentation) {
  /** How attention is computed. */
  public enum AttentionStyle {
    /** In one kernel that keeps no scores (Dao et al. 2022). */
    FUSED,
    /** As products with a softmax between them; the scores are kept. */
    WRITTEN_OUT
  }

  /** Generations of kernels for fused attention. */
  public enum FusedAttention {
    /** FlashAttention (Dao et al. 2022). */
    FLASH_1,
    /** FlashAttention 2 (Dao 2023). */
    FLASH_2,
    /** The best that is published for the device. */
    LATEST;

    /**
     * FlashAttention 2 is "around 2x faster" than the first (Dao 2023, abstract); of whole steps at
     * sequences of a few thousand, which the first was tuned for, less is left.
     */
    private static final double FIRST = 0.6;

    /** Speed relative to the constants of a device. */
    public double speed(AttentionEngine device) {
      return switch (this) {
        case FLASH_1 -> FIRST * device.flash2();
        case FLASH_2 -> device.flash2();
        case LATEST -> 1;
      };
    }
  }

  /** How tokens are sent to their experts. */
  public enum Dispatch {
    /** To each expert for itself: an all-to-all of what each is to have. */
    EACH_EXPERT,
    /**
     * Once to each innermost domain of the links, such as a node, and from there to the experts in
     * it, as DeepEP does (Zhao et al. 2025, DeepEP, "normal kernels with NVLink and RDMA
     * forwarding").
     */
    EACH_DOMAIN;

    /** Of a stack that does not say. */
    public static final Dispatch USUAL = EACH_EXPERT;
  }

  /** How products by several weights that lie side by side, such as experts, are started. */
  public enum GroupedProducts {
    /** A kernel for each weight. */
    KERNEL_EACH,
    /** One kernel for all of them. */
    ONE_KERNEL;

    /** Of a stack that does not say. */
    public static final GroupedProducts USUAL = KERNEL_EACH;
  }

  /** How the gradient of a micro-batch is added to those before it. */
  public enum Accumulation {
    /** By the product that makes it. */
    IN_PRODUCT,
    /** By a kernel of its own. */
    BY_ADDITION
  }

  /** The same stack with attention computed in another way and products of another format. */
  public SoftwareSpec with(AttentionStyle style, ProductFormat format) {
    return new SoftwareSpec(
        name,
        description,
        family,
        typical,
        style,
        fusedAttention,
        format,
        sustainedSpeed,
        streamTraffic,
        lossTraffic,
        scoreTraffic,
        launchSeconds,
        hopSeconds,
        microBatchSeconds,
        stepSeconds,
        gradientOverlap,
        weightOverlap,
        transferOverlap,
        tensorOverlap,
        exchangeOverlap,
        dispatch,
        groupedProducts,
        overlapSlowdown,
        messageSeconds,
        gradientBytes,
        reducedBytes,
        stateBytes,
        weightCopies,
        accumulation,
        dropout,
        logitBytes,
        bufferBytes,
        reservedBytes,
        fragmentation);
  }
}
