// Handles: numbers that say their kind, each looked up before it is used, and never given out twice.
#include "fakecuda.h"
#include <stdlib.h>

typedef struct
{
    object_kind kind;
    bool live;
    void* object;
} entry;

static const char* const kind_names[KINDS] = { "", "context", "module", "function", "stream", "event", "graph", "graph exec" };
static entry* entries;
static int entry_count, entry_room;

// No address of this process, and odd, so that nobody can follow it.
#define HANDLE_MARK 0x00c0da0000000000ull
#define HANDLE_STEP 16

void* new_handle(object_kind kind, void* object)
{
    if (entry_count == entry_room)
    {
        entry_room = entry_room == 0 ? 64 : 2 * entry_room;
        entries = realloc(entries, entry_room * sizeof *entries);
    }
    entries[entry_count] = (entry){ kind, true, object };
    return (void*)(uintptr_t)(HANDLE_MARK + (uint64_t)HANDLE_STEP * entry_count++ + 1);
}

static entry* entry_of(const void* handle)
{
    uint64_t offset = (uint64_t)(uintptr_t)handle - HANDLE_MARK - 1;
    bool known = offset % HANDLE_STEP == 0 && offset / HANDLE_STEP < (uint64_t)entry_count;
    return known && entries[offset / HANDLE_STEP].live ? &entries[offset / HANDLE_STEP] : NULL;
}

void* object_of(object_kind kind, const void* handle)
{
    entry* e = entry_of(handle);
    return e != NULL && (kind == ANY_KIND || e->kind == kind) ? e->object : NULL;
}

void drop_handle(const void* handle)
{
    entry* e = entry_of(handle);
    if (e != NULL)
    {
        e->live = false;
    }
}

void drop_functions_of(const void* module)
{
    for (int n = 0; n < entry_count; n++)
    {
        if (entries[n].kind == FUNCTION && entries[n].live && ((kernel*)entries[n].object)->module == module)
        {
            entries[n].live = false;
        }
    }
}

void log_leaks(void)
{
    int leaks[KINDS] = { 0 };
    for (int n = 0; n < entry_count; n++)
    {
        leaks[entries[n].kind] += entries[n].live;
    }
    int memory = live_allocations() , any = memory;
    for (int kind = CONTEXT; kind < KINDS; kind++)
    {
        // A function lives and ends with its module.
        if (kind != FUNCTION && leaks[kind] > 0)
        {
            log_line("leaked %d %s", leaks[kind], kind_names[kind]);
            any++;
        }
    }
    if (memory > 0)
    {
        log_line("leaked %d allocation", memory);
    }
    if (any == 0)
    {
        log_line("no leaks");
    }
}

void drop_all_objects(void)
{
    for (int n = 0; n < entry_count; n++)
    {
        entries[n].live = entries[n].live && entries[n].kind == CONTEXT;
    }
}
