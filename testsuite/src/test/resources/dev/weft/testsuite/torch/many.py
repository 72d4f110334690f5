"""Runs commands of several bundles in processes forked from one that has torch loaded.

    python many.py [DIRECTORY PROGRAM ARGUMENT…] …      commands are separated by `--`

Prints the output of each, then `== EXIT CODE`.
"""

import os
import runpy
import sys
import traceback

import torch
import torch.distributed

torch.set_num_threads(1)
# The first step of any optimizer loads modules for a second: here, once for all processes.
torch.optim.SGD([torch.zeros(1, requires_grad=True)]).step()


def run(directory, program, arguments):
    child = os.fork()
    if child == 0:
        code = 1
        os.chdir(directory)
        os.dup2(1, 2)
        sys.path[0] = directory
        sys.argv = [program, *arguments]
        sys.dont_write_bytecode = True
        try:
            runpy.run_path(os.path.join(directory, program), run_name="__main__")
            code = 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
            if code and not isinstance(end.code, int):
                print(end.code)
        except BaseException:
            traceback.print_exc()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def commands(words):
    command = []
    for word in [*words, "--"]:
        if word != "--":
            command.append(word)
        elif command:
            yield command
            command = []


for directory, program, *arguments in commands(sys.argv[1:]):
    sys.stdout.flush()
    code = run(directory, program, arguments)
    print(f"== EXIT {code}", flush=True)
