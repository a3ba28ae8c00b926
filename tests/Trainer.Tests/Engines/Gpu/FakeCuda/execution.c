// A launch: block after block on a few threads, within a block 32 threads at a time up to the next barrier.
#include "lanes.h"
#include <pthread.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct
{
    const launch* launch;
    uint64_t blocks;
    _Atomic uint64_t next_block;
    _Atomic int fault;
    _Atomic uint64_t instructions;
    bool races;
    uint32_t launch_number;
    pthread_mutex_t lock;
    char message[512];
} grid_state;

void fault(block_state* b, int result, const instruction* i, uint32_t thread, const char* format, ...)
{
    if (b->fault != SUCCESS)
    {
        return;
    }
    b->fault = result;
    char reason[200];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(reason, sizeof reason, format, arguments);
    va_end(arguments);
    snprintf(b->message, sizeof b->message, "%.200s, thread %u of block (%u,%u,%u), line %d of the PTX: %s", b->launch->kernel->name,
        thread, b->group[0], b->group[1], b->group[2], i->line, reason);
}

// Puts the lanes that are furthest behind to work; where the next ones wait is returned, or -1 if none is left to run.
static int64_t regroup(lanes* g)
{
    uint32_t least = UINT32_MAX, next = UINT32_MAX;
    for (int l = 0; l < LANES; l++)
    {
        uint32_t pc = g->state[l] == LANE_RUNNING ? g->pc_of[l] : UINT32_MAX;
        if (pc < least)
        {
            next = least;
            least = pc;
        }
        else if (pc > least && pc < next)
        {
            next = pc;
        }
    }
    for (int l = 0; l < LANES; l++)
    {
        g->active[l] = g->state[l] == LANE_RUNNING && g->pc_of[l] == least ? ~0u : 0;
    }
    g->pc = least;
    g->regroup = false;
    return least == UINT32_MAX ? -1 : (int64_t)next;
}

static void rest(lanes* g)
{
    for (int l = 0; l < LANES; l++)
    {
        g->pc_of[l] = g->active[l] != 0 ? g->pc : g->pc_of[l];
    }
}

// Until every lane waits at a barrier or is done.
static void run_lanes(lanes* g)
{
    const instruction* code = g->block->launch->kernel->code;
    for (int64_t next = regroup(g); next >= 0; next = regroup(g))
    {
        do
        {
            const instruction* i = &code[g->pc];
            g->mask = g->active;
            if (i->guard != NO_REGISTER)
            {
                const uint32_t* p = REGISTER(g, i->guard);
                uint32_t flip = i->guard_is_negative ? ~0u : 0;
                EACH_LANE g->guarded[l] = g->active[l] & (p[l] ^ flip);
                g->mask = g->guarded;
            }
            i->run(g, i);
            g->instructions++;
            g->pc++;
        }
        while (!g->regroup && g->pc < next && g->block->fault == SUCCESS);
        if (g->block->fault != SUCCESS)
        {
            return;
        }
        if (!g->regroup)
        {
            rest(g);
        }
    }
}

static void fill(lanes* g, uint32_t place, char sort, uint64_t value)
{
    for (int l = 0; l < LANES && place != NO_REGISTER; l++)
    {
        if (sort == SORT_64)
        {
            ((uint64_t*)REGISTER(g, place))[l] = value;
        }
        else
        {
            ((uint32_t*)REGISTER(g, place))[l] = (uint32_t)value;
        }
    }
}

static void start_lanes(lanes* g, uint32_t first_thread, uint32_t threads)
{
    const launch* l = g->block->launch;
    const kernel* k = l->kernel;
    poison(g->registers, k->register_bytes);
    for (int n = 0; n < k->constant_count; n++)
    {
        fill(g, k->constants[n].place, k->constants[n].sort, k->constants[n].value);
    }
    for (int n = 0; n < 3; n++)
    {
        fill(g, k->special[3 + n], SORT_32, l->block[n]);
        fill(g, k->special[6 + n], SORT_32, g->block->group[n]);
        fill(g, k->special[9 + n], SORT_32, l->grid[n]);
    }
    fill(g, k->special[13], SORT_32, first_thread / LANES);
    for (int n = 0; n < LANES; n++)
    {
        uint32_t thread = first_thread + n;
        const uint32_t of[] = { thread % l->block[0], thread / l->block[0] % l->block[1], thread / l->block[0] / l->block[1] };
        for (int m = 0; m < 3; m++)
        {
            if (k->special[m] != NO_REGISTER)
            {
                ((uint32_t*)REGISTER(g, k->special[m]))[n] = of[m];
            }
        }
        if (k->special[12] != NO_REGISTER)
        {
            ((uint32_t*)REGISTER(g, k->special[12]))[n] = n;
        }
        g->pc_of[n] = 0;
        g->state[n] = thread < threads ? LANE_RUNNING : LANE_DONE;
    }
    g->first_thread = first_thread;
    poison(g->local, (size_t)LANES * k->local_bytes);
}

// All who have not ended must wait at one and the same barrier. False: nobody waits.
static bool pass_barrier(block_state* b, lanes* groups, int count)
{
    const instruction* code = b->launch->kernel->code;
    int64_t at = -1;
    for (int n = 0; n < count; n++)
    {
        for (int l = 0; l < LANES; l++)
        {
            if (groups[n].state[l] != LANE_WAITING)
            {
                continue;
            }
            if (at >= 0 && groups[n].pc_of[l] != at)
            {
                fault(b, LAUNCH_FAILED, &code[at - 1], groups[n].first_thread + l,
                    "threads of one block wait at different barriers, here and in line %d", code[groups[n].pc_of[l] - 1].line);
                return false;
            }
            at = groups[n].pc_of[l];
            groups[n].state[l] = LANE_RUNNING;
        }
    }
    b->epoch++;
    return at >= 0;
}

static void run_block(block_state* b, lanes* groups, int count)
{
    const launch* l = b->launch;
    uint32_t threads = l->block[0] * l->block[1] * l->block[2];
    poison(b->shared, l->kernel->shared_bytes + l->dynamic_shared);
    b->epoch = 0;
    if (b->races)
    {
        // Another block's shared memory is other memory.
        memset(b->shared_stamps, 0, STAMPS_OF(l->kernel->shared_bytes));
    }
    for (int n = 0; n < count; n++)
    {
        groups[n].block = b;
        start_lanes(&groups[n], n * LANES, threads);
    }
    do
    {
        for (int n = 0; n < count && b->fault == SUCCESS; n++)
        {
            run_lanes(&groups[n]);
        }
    }
    while (b->fault == SUCCESS && pass_barrier(b, groups, count));
}

static void take_fault(grid_state* s, const block_state* b)
{
    pthread_mutex_lock(&s->lock);
    if (s->fault == SUCCESS)
    {
        memcpy(s->message, b->message, sizeof s->message);
        s->fault = b->fault;
    }
    pthread_mutex_unlock(&s->lock);
}

static void* run_blocks(void* state)
{
    grid_state* s = state;
    const launch* l = s->launch;
    const kernel* k = l->kernel;
    int count = (int)((l->block[0] * l->block[1] * l->block[2] + LANES - 1) / LANES);
    size_t register_bytes = (k->register_bytes + 63) / 64 * 64, local_bytes = (size_t)LANES * k->local_bytes;
    lanes* groups = calloc(count, sizeof *groups);
    uint8_t* registers = aligned_alloc(64, register_bytes * count);
    uint8_t* local = malloc(local_bytes * count + 1);
    uint8_t* shared = malloc(k->shared_bytes + l->dynamic_shared + 1);
    block_state b = { .launch = l, .shared = shared, .races = s->races, .launch_number = s->launch_number };
    b.shared_stamps = s->races ? malloc(STAMPS_OF(k->shared_bytes) + 1) : NULL;
    for (int n = 0; n < count; n++)
    {
        groups[n].registers = registers + n * register_bytes;
        groups[n].local = local + n * local_bytes;
    }
    for (uint64_t number; s->fault == SUCCESS && (number = s->next_block++) < s->blocks;)
    {
        b.block_number = number;
        b.group[0] = (uint32_t)(number % l->grid[0]);
        b.group[1] = (uint32_t)(number / l->grid[0] % l->grid[1]);
        b.group[2] = (uint32_t)(number / l->grid[0] / l->grid[1]);
        run_block(&b, groups, count);
        if (b.fault != SUCCESS)
        {
            take_fault(s, &b);
            break;
        }
    }
    for (int n = 0; n < count; n++)
    {
        s->instructions += groups[n].instructions;
    }
    free(b.shared_stamps);
    free(shared);
    free(local);
    free(registers);
    free(groups);
    return NULL;
}

int carry_out(const launch* l)
{
    static uint32_t launches;
    grid_state s = { .launch = l, .lock = PTHREAD_MUTEX_INITIALIZER };
    s.blocks = (uint64_t)l->grid[0] * l->grid[1] * l->grid[2];
    s.races = switch_number("RACES", 0) != 0;
    launches++;
    s.launch_number = launches & 0xFFFF;
    if (s.launch_number == 0)
    {
        forget_stamps();
        s.launch_number = ++launches & 0xFFFF;
    }
    // The stamps of races are one thread's.
    long workers = s.races ? 1 : switch_number("THREADS", sysconf(_SC_NPROCESSORS_ONLN));
    workers = workers > 16 ? 16 : workers;
    workers = s.blocks < (uint64_t)workers ? (long)s.blocks : workers;
    pthread_t threads[16];
    int started = 0;
    while (started < workers - 1 && pthread_create(&threads[started], NULL, run_blocks, &s) == 0)
    {
        started++;
    }
    run_blocks(&s);
    for (int n = 0; n < started; n++)
    {
        pthread_join(threads[n], NULL);
    }
    if (s.fault != SUCCESS)
    {
        log_line("fault %d %s", s.fault, s.message);
        fprintf(stderr, "fakecuda: %s (%s)\n", s.message, error_name(s.fault));
    }
    return s.fault;
}
