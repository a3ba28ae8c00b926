// 32 threads that are carried out together, an instruction at a time: a register is 32 numbers side by side, so that the
// C compiler makes vector code of the loops and the interpreter's own cost is shared by 32.
#ifndef LANES_H
#define LANES_H

#include "fakecuda.h"

#pragma GCC visibility push(hidden)

#define LANES 32

// Where the windows of shared and local memory lie among the generic addresses.
#define SHARED_WINDOW 0x00007e0000000000ull
#define LOCAL_WINDOW 0x00007d0000000000ull

typedef struct
{
    const launch* launch;
    uint8_t* shared;
    uint64_t* shared_stamps;
    bool races;
    uint32_t launch_number;
    uint64_t block_number;
    uint32_t group[3];
    // Barriers that this block has passed.
    uint32_t epoch;
    // The first fault; SUCCESS while there is none.
    int fault;
    char message[512];
} block_state;

enum { LANE_RUNNING, LANE_WAITING, LANE_DONE };

struct lanes
{
    uint8_t* registers;
    // All ones where a lane takes part in the instruction under way.
    const uint32_t* mask;
    uint32_t active[LANES];
    uint32_t guarded[LANES];
    uint32_t pc_of[LANES];
    uint8_t state[LANES];
    // Of the active lanes; set behind the instruction by those that jump.
    uint32_t pc;
    bool regroup;
    uint32_t first_thread;
    uint8_t* local;
    block_state* block;
    uint64_t instructions;
};

#define REGISTER(g, place) ((void*)((g)->registers + (place)))
#define EACH_LANE _Pragma("GCC ivdep") for (int l = 0; l < LANES; l++)

// The first fault of a block stops it. `thread` is the number within the block.
void fault(block_state* b, int result, const instruction* i, uint32_t thread, const char* format, ...)
    __attribute__((format(printf, 5, 6)));

// races.c: notes an access and reports a race.
void note_access(block_state* b, const instruction* i, uint32_t thread, uint64_t* stamps, uint64_t offset, int bytes,
    bool write, const char* space);
uint64_t* stamps_of(region* r);
#define STAMPS_OF(bytes) (2 * (size_t)(bytes) * sizeof(uint64_t))

#pragma GCC visibility pop

#endif
