"""Schedules at their edges: short durations, the first and the last update, and some after the end.

Writes schedule_edges.json: base 0.1, one value an update. PyTorch's value where PyTorch has one, else the closed form of the
paper, and after the end of a segment what it ended with. Run with PyTorch 2.13: python schedule_edges.py
"""

import json
import math
from pathlib import Path

import torch
from torch.optim import lr_scheduler as torch_schedules

BASE = 0.1
series = []


def add(schedule, by, values):
    series.append({"schedule": schedule, "by": by, "lr": values})


def torch_values(make, count, base=BASE):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=base)
    scheduler = make(optimizer)
    values = []
    for _ in range(count):
        values.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    return values


def from_torch(schedule, make, count, after=0):
    """`after` more updates at the value of the last one."""
    values = torch_values(make, count)
    add(schedule, "PyTorch", values + after * values[-1:])


def closed(schedule, formula, count):
    add(schedule, "closed form", [formula(t) for t in range(count)])


for n in (1, 2, 3):
    for start in (0.1, 1):
        from_torch(f"warmup({n} steps, from = {start})",
                   lambda o: torch_schedules.LinearLR(o, start_factor=start, total_iters=n), n + 3)
    closed(f"warmup({n} steps)", lambda t: BASE * min(t, n) / n, n + 3)
    from_torch(f"linear(to = 0.02, over = {n} steps)",
               lambda o: torch_schedules.LinearLR(o, start_factor=1, end_factor=0.2, total_iters=n), n + 3)
    closed(f"linear_decay(over = {n} steps)", lambda t: BASE * (1 - 0.99 * min(t, n) / n), n + 3)
    from_torch(f"cosine(to = 0.01, over = {n} steps)",
               lambda o: torch_schedules.CosineAnnealingLR(o, T_max=n, eta_min=0.01), n + 1, after=2)
    for mult in (1, 2, 3):
        from_torch(f"cosine_restarts(period = {n} steps, mult = {mult}, to = 0.01)",
                   lambda o: torch_schedules.CosineAnnealingWarmRestarts(o, T_0=n, T_mult=mult, eta_min=0.01), 45)
    for factor in (0, 0.5, 1):
        from_torch(f"step_decay(every = {n} steps, factor = {factor})",
                   lambda o: torch_schedules.StepLR(o, step_size=n, gamma=factor), n + 4)
        from_torch(f"multi_step(at = [1 steps, {n + 1} steps], factor = {factor})",
                   lambda o: torch_schedules.MultiStepLR(o, milestones=[1, n + 1], gamma=factor), n + 4)
    for power in (0, 0.5, 1, 2):
        from_torch(f"polynomial(over = {n} steps, power = {power})",
                   lambda o: torch_schedules.PolynomialLR(o, total_iters=n, power=power), n + 3)
    from_torch(f"triangular(low = 0.01, high = 0.2, half_period = {n} steps)",
               lambda o: torch_schedules.CyclicLR(o, base_lr=0.01, max_lr=0.2, step_size_up=n, cycle_momentum=False),
               4 * n + 2)
    closed(f"inverse_sqrt(warmup = {n} steps)", lambda t: BASE * min((t + 1) / n, math.sqrt(n / (t + 1))), n + 3)
    closed(f"inverse_time(decay = 0.5, every = {n} steps)", lambda t: BASE / (1 + 0.5 * t / n), n + 3)

for rate in (0, 0.5, 1):
    from_torch(f"exponential(rate = {rate})", lambda o: torch_schedules.ExponentialLR(o, gamma=rate), 4)

for total in (1, 2, 3, 10, 20):
    for rise in (0, 0.05, 0.1, 0.3, 0.5, 0.9, 1):
        schedule = f"one_cycle(max = 0.5, over = {total} steps, rise = {rise})"
        try:
            optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=BASE)
            scheduler = torch_schedules.OneCycleLR(
                optimizer, max_lr=0.5, total_steps=total, pct_start=float(rise), cycle_momentum=False)
            values = [optimizer.param_groups[0]["lr"]]
            for _ in range(total - 1):
                optimizer.step()
                scheduler.step()
                values.append(optimizer.param_groups[0]["lr"])
            add(schedule, "PyTorch", values + 2 * values[-1:])
        except ZeroDivisionError:
            # The rise ends at the first update: from `max` down, or at `max` if that is the last one, too.
            last = total - 1
            end = 0.5 / 25 / 10000
            closed(schedule, lambda t: 0.5 if last == 0 else
                   end + (0.5 - end) * (1 + math.cos(math.pi * min(t, last) / last)) / 2, total + 2)

assert all(math.isfinite(value) for entry in series for value in entry["lr"])
file = Path(__file__).with_name("schedule_edges.json")
file.write_text("[\n" + ",\n".join(json.dumps(entry) for entry in series) + "\n]\n")
