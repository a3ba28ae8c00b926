// Branches, barriers and the end of a thread; and what moves between registers of different widths.
#include "handlers.h"

// Every lane on its own way from here: the scheduler sorts them again.
static void part(lanes* g, const instruction* i, uint32_t target)
{
    (void)i;
    for (int l = 0; l < LANES; l++)
    {
        if (g->active[l] != 0)
        {
            g->pc_of[l] = g->mask[l] != 0 ? target : g->pc + 1;
        }
    }
    g->regroup = true;
}

void run_branch(lanes* g, const instruction* i)
{
    uint32_t taken = 0, left = 0;
    for (int l = 0; l < LANES; l++)
    {
        taken |= g->mask[l];
        left |= g->active[l] & ~g->mask[l];
    }
    if (taken == 0)
    {
        return;
    }
    if (left != 0)
    {
        part(g, i, (uint32_t)i->number);
        return;
    }
    // The scheduler adds one behind every instruction.
    g->pc = (uint32_t)i->number - 1;
}

void run_exit(lanes* g, const instruction* i)
{
    for (int l = 0; l < LANES; l++)
    {
        g->state[l] = g->mask[l] != 0 ? LANE_DONE : g->state[l];
    }
    part(g, i, g->pc + 1);
}

void run_barrier(lanes* g, const instruction* i)
{
    for (int l = 0; l < LANES; l++)
    {
        g->state[l] = g->mask[l] != 0 ? LANE_WAITING : g->state[l];
    }
    part(g, i, g->pc + 1);
}

void run_trap(lanes* g, const instruction* i)
{
    for (int l = 0; l < LANES; l++)
    {
        if (g->mask[l] != 0)
        {
            fault(g->block, LAUNCH_FAILED, i, g->first_thread + l, "trap");
            return;
        }
    }
}

void run_nothing(lanes* g, const instruction* i)
{
    (void)g;
    (void)i;
}

BINARY(pack_64, uint64_t, uint32_t, uint32_t, uint64_t, y << 32 | x)
UNARY(low_word, uint32_t, uint64_t, uint64_t, (uint32_t)x)
UNARY(high_word, uint32_t, uint64_t, uint64_t, (uint32_t)(x >> 32))
UNARY(add_number, uint64_t, uint64_t, uint64_t, x + (uint64_t)i->number)

void run_pack(lanes* g, const instruction* i) { pack_64(g, i); }

void run_unpack(lanes* g, const instruction* i)
{
    instruction high = { .d = i->b, .a = i->a };
    low_word(g, i);
    high_word(g, &high);
}

void run_add_window(lanes* g, const instruction* i) { add_number(g, i); }
