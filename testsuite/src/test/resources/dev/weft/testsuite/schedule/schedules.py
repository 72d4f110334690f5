"""Prints the tables that PyTorch's own schedules make, a line for each device.

Arguments: for each table CLASS:DEVICES:CHUNKS:MICRO_BATCHES. A table begins with its argument; one
that PyTorch refuses has the line "refused" instead of rows.
"""

import sys
from types import SimpleNamespace

from torch.distributed.pipelining import schedules


def stage(devices, chunks):
    """What the generators ask of a stage; no process group and no module."""
    return SimpleNamespace(
        group_size=devices,
        group_rank=0,
        num_stages=devices * chunks,
        is_first=True,
        is_last=False,
        has_backward=True,
        submod=None,
        stage_index=0,
        stage_index_to_group_rank={},
    )


def order(name, devices, chunks, micro):
    kind = getattr(schedules, name)
    stages = [stage(devices, chunks) for _ in range(chunks)]
    loss = lambda *_: None
    if issubclass(kind, schedules.PipelineScheduleSingle):
        return kind(stages[0], micro, loss_fn=loss)._get_pipeline_order()
    return kind(stages, micro, loss_fn=loss).pipeline_order


def cells(actions):
    """The actions without waiting; pairs that may overlap as one after the other."""
    parts = [
        part
        for action in actions
        if action is not None
        for part in action.sub_actions or (action,)
        if part.computation_type.value in "FBIW"
    ]
    # In 2.13 the table of Schedule1F1B counts the forwards of the last device from 1.
    first = min(p.microbatch_index for p in parts if p.computation_type.value == "F")
    for part in parts:
        letter = part.computation_type.value
        micro = part.microbatch_index - (first if letter == "F" else 0)
        yield f"{part.stage_index}{letter}{micro}"


for argument in sys.argv[1:]:
    name, *sizes = argument.split(":")
    print(argument)
    try:
        table = order(name, *map(int, sizes))
    except ValueError:
        print("refused")
        continue
    for device in sorted(table):
        print(" ".join(cells(table[device])))
