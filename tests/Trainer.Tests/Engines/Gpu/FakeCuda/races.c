// Races: two threads touch one byte, at least one of them writes, and nothing orders the two. Between blocks of a launch
// nothing does; within a block, the barriers do. Each byte keeps two stamps: who read it last, who wrote it last.
#include "lanes.h"
#include <stdlib.h>

// launch : 16 | block : 22 | epoch : 14 | thread : 10 | several blocks : 1 | several threads : 1
#define SEVERAL_THREADS 1ull
#define SEVERAL_BLOCKS 2ull
#define THREAD_OF(stamp) ((uint32_t)((stamp) >> 2 & 0x3FF))
#define EPOCH_OF(stamp) ((uint32_t)((stamp) >> 12 & 0x3FFF))
#define BLOCK_OF(stamp) ((uint32_t)((stamp) >> 26 & 0x3FFFFF))
#define LAUNCH_OF(stamp) ((uint32_t)((stamp) >> 48))

uint64_t* stamps_of(region* r)
{
    if (r->stamps == NULL)
    {
        r->stamps = calloc(1, STAMPS_OF(r->size));
    }
    return r->stamps;
}

// Whether nothing orders the access of `now` behind that of `before`.
static bool at_once(uint64_t before, uint64_t now)
{
    if (LAUNCH_OF(before) != LAUNCH_OF(now))
    {
        return false;
    }
    if ((before & SEVERAL_BLOCKS) != 0 || BLOCK_OF(before) != BLOCK_OF(now))
    {
        return true;
    }
    return EPOCH_OF(before) == EPOCH_OF(now) && ((before & SEVERAL_THREADS) != 0 || THREAD_OF(before) != THREAD_OF(now));
}

static uint64_t joined(uint64_t before, uint64_t now)
{
    if (LAUNCH_OF(before) != LAUNCH_OF(now))
    {
        return now;
    }
    now |= BLOCK_OF(before) != BLOCK_OF(now) ? SEVERAL_BLOCKS : before & SEVERAL_BLOCKS;
    bool same_epoch = BLOCK_OF(before) == BLOCK_OF(now) && EPOCH_OF(before) == EPOCH_OF(now);
    bool several = (before & SEVERAL_THREADS) != 0 || THREAD_OF(before) != THREAD_OF(now);
    return now | (same_epoch && several ? SEVERAL_THREADS : 0);
}

static void report(block_state* b, const instruction* i, uint32_t thread, uint64_t before, bool wrote, bool write, const char* space,
    uint64_t offset)
{
    fault(b, LAUNCH_FAILED, i, thread, "a race in %s memory, byte %llu: thread %u of block %u has %s it, now it is %s",
        space, (unsigned long long)offset, THREAD_OF(before), BLOCK_OF(before), wrote ? "written" : "read",
        write ? "written" : "read");
}

void note_access(block_state* b, const instruction* i, uint32_t thread, uint64_t* stamps, uint64_t offset, int bytes,
    bool write, const char* space)
{
    uint64_t now = (uint64_t)b->launch_number << 48 | (b->block_number & 0x3FFFFF) << 26 | (uint64_t)(b->epoch & 0x3FFF) << 12
        | (uint64_t)thread << 2;
    for (int n = 0; n < bytes; n++)
    {
        uint64_t *read = &stamps[2 * (offset + n)], *written = read + 1;
        if (at_once(*written, now))
        {
            report(b, i, thread, *written, true, write, space, offset + n);
            return;
        }
        if (!write)
        {
            *read = joined(*read, now);
            continue;
        }
        if (at_once(*read, now))
        {
            report(b, i, thread, *read, false, write, space, offset + n);
            return;
        }
        *written = now;
    }
}
