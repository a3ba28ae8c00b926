// Loads and stores. Every address is held against the allocation or array that it must lie in.
#include "handlers.h"
#include <string.h>

static const char* const space_names[] = { "generic", "global", "shared", "local", "param", "const" };

static void outside(lanes* g, const instruction* i, int l, uint64_t address, int bytes)
{
    fault(g->block, ILLEGAL_ADDRESS, i, g->first_thread + l, "%d bytes of %s memory at 0x%llx belong to nobody", bytes,
        space_names[i->space], (unsigned long long)address);
}

static bool is_aligned(lanes* g, const instruction* i, int l, uint64_t address, int bytes)
{
    if ((address & (bytes - 1)) == 0)
    {
        return true;
    }
    fault(g->block, MISALIGNED_ADDRESS, i, g->first_thread + l, "0x%llx is no place for %d bytes", (unsigned long long)address, bytes);
    return false;
}

static uint8_t* global_bytes(lanes* g, const instruction* i, int l, uint64_t address, int bytes, bool write)
{
    int hint = atomic_load_explicit(&((instruction*)i)->hint, memory_order_relaxed);
    int n = hint < region_count ? hint : 0;
    for (int tried = 0; tried < region_count; tried++, n = n + 1 == region_count ? 0 : n + 1)
    {
        region* r = &regions[n];
        uint64_t offset = address - r->base;
        if (offset < r->size && r->size - offset >= (uint64_t)bytes)
        {
            if (n != hint)
            {
                atomic_store_explicit(&((instruction*)i)->hint, n, memory_order_relaxed);
            }
            if (g->block->races)
            {
                note_access(g->block, i, g->first_thread + l, stamps_of(r), offset, bytes, write, "global");
            }
            return r->bytes + offset;
        }
    }
    outside(g, i, l, address, bytes);
    return NULL;
}

static uint8_t* shared_bytes(lanes* g, const instruction* i, int l, uint64_t address, int bytes, bool write)
{
    const kernel* k = g->block->launch->kernel;
    int n = 0;
    while (n < k->shared_count
        && !(address - k->shared[n].offset < k->shared[n].size && k->shared[n].size - (address - k->shared[n].offset) >= (uint64_t)bytes))
    {
        n++;
    }
    atomic_store_explicit(&((instruction*)i)->hint, n, memory_order_relaxed);
    if (n == k->shared_count)
    {
        outside(g, i, l, address, bytes);
        return NULL;
    }
    if (g->block->races)
    {
        note_access(g->block, i, g->first_thread + l, g->block->shared_stamps, address, bytes, write, "shared");
    }
    return g->block->shared + address;
}

static uint8_t* local_bytes(lanes* g, const instruction* i, int l, uint64_t address, int bytes)
{
    uint64_t size = g->block->launch->kernel->local_bytes;
    if (address < size && size - address >= (uint64_t)bytes)
    {
        return g->local + l * size + address;
    }
    outside(g, i, l, address, bytes);
    return NULL;
}

// Where the bytes of a lane's access are, or null with the fault noted.
static inline uint8_t* locate(lanes* g, const instruction* i, int l, uint64_t address, int bytes, bool write)
{
    if (!is_aligned(g, i, l, address, bytes))
    {
        return NULL;
    }
    switch (i->space)
    {
        case SPACE_SHARED: return shared_bytes(g, i, l, address, bytes, write);
        case SPACE_LOCAL: return local_bytes(g, i, l, address, bytes);
        case SPACE_GENERIC:
            if (address >= SHARED_WINDOW)
            {
                return shared_bytes(g, i, l, address - SHARED_WINDOW, bytes, write);
            }
            if (address >= LOCAL_WINDOW)
            {
                return local_bytes(g, i, l, address - LOCAL_WINDOW, bytes);
            }
            return global_bytes(g, i, l, address, bytes, write);
        default: return global_bytes(g, i, l, address, bytes, write);
    }
}

static uint64_t loaded(const uint8_t* bytes, int type)
{
    switch (type)
    {
        case TYPE_U8: return *bytes;
        case TYPE_S8: return (uint64_t)(int64_t)*(const int8_t*)bytes;
        case TYPE_U16: return *(const uint16_t*)bytes;
        case TYPE_S16: return (uint64_t)(int64_t)*(const int16_t*)bytes;
        case TYPE_S32: return (uint64_t)(int64_t)*(const int32_t*)bytes;
        case TYPE_U32:
        case TYPE_F32: return *(const uint32_t*)bytes;
        default: return *(const uint64_t*)bytes;
    }
}

static void put(lanes* g, const instruction* i, uint32_t place, int l, uint64_t bits)
{
    switch (i->sort)
    {
        case SORT_64: ((uint64_t*)REGISTER(g, place))[l] = bits; break;
        case SORT_32: ((uint32_t*)REGISTER(g, place))[l] = (uint32_t)bits; break;
        default: ((uint32_t*)REGISTER(g, place))[l] = (uint16_t)bits; break;
    }
}

static uint64_t get(lanes* g, const instruction* i, uint32_t place, int l)
{
    return i->sort == SORT_64 ? ((uint64_t*)REGISTER(g, place))[l] : ((uint32_t*)REGISTER(g, place))[l];
}

void run_load(lanes* g, const instruction* i)
{
    int bytes = type_bytes(i->type);
    const uint64_t* a = REGISTER(g, i->a);
    for (int l = 0; l < LANES; l++)
    {
        const uint8_t* from = g->mask[l] == 0 ? NULL : locate(g, i, l, a[l] + i->number, bytes * i->vector, false);
        for (int n = 0; n < i->vector && from != NULL; n++)
        {
            put(g, i, n == 0 ? i->d : i->more[n - 1], l, loaded(from + n * bytes, i->type));
        }
    }
}

void run_store(lanes* g, const instruction* i)
{
    int bytes = type_bytes(i->type);
    const uint64_t* a = REGISTER(g, i->a);
    for (int l = 0; l < LANES; l++)
    {
        uint8_t* to = g->mask[l] == 0 ? NULL : locate(g, i, l, a[l] + i->number, bytes * i->vector, true);
        for (int n = 0; n < i->vector && to != NULL; n++)
        {
            uint64_t bits = get(g, i, n == 0 ? i->d : i->more[n - 1], l);
            memcpy(to + n * bytes, &bits, bytes);
        }
    }
}

// Words of 32 bits, nearly all there is: where every lane stays within the memory that the instruction met last, they are
// checked all together. Offsets through `offsets`; null if the lanes have to be looked at one by one.
static uint8_t* locate_words(lanes* g, const instruction* i, uint64_t offsets[LANES])
{
    const kernel* k = g->block->launch->kernel;
    int hint = atomic_load_explicit(&((instruction*)i)->hint, memory_order_relaxed);
    uint64_t base = 0, size = 0, stride = 0;
    uint8_t* bytes = NULL;
    if (i->space == SPACE_SHARED && hint < k->shared_count)
    {
        base = k->shared[hint].offset;
        size = k->shared[hint].size;
        bytes = g->block->shared + base;
    }
    else if (i->space == SPACE_GLOBAL && hint < region_count)
    {
        base = regions[hint].base;
        size = regions[hint].size;
        bytes = regions[hint].bytes;
    }
    else if (i->space == SPACE_LOCAL)
    {
        bytes = g->local;
        size = stride = k->local_bytes;
    }
    uint64_t length = 4ull * i->vector;
    if (size < length || g->block->races)
    {
        return NULL;
    }
    const uint64_t* a = REGISTER(g, i->a);
    const uint32_t* m = g->mask;
    uint64_t bad = 0, start = base - (uint64_t)i->number;
    EACH_LANE
    {
        uint64_t offset = m[l] != 0 ? a[l] - start : 0;
        bad |= (offset > size - length ? 1 : 0) | (offset & (length - 1));
        offsets[l] = offset + l * stride;
    }
    return bad == 0 ? bytes : NULL;
}

void run_load_32(lanes* g, const instruction* i)
{
    uint64_t offsets[LANES];
    const uint64_t* a = REGISTER(g, i->a);
    const uint32_t* m = g->mask;
    const uint8_t* bytes = locate_words(g, i, offsets);
    for (int n = 0; n < i->vector && bytes != NULL; n++)
    {
        uint32_t* d = REGISTER(g, n == 0 ? i->d : i->more[n - 1]);
        EACH_LANE
        {
            uint32_t word = *(const uint32_t*)(bytes + offsets[l] + 4 * n);
            d[l] = m[l] != 0 ? word : d[l];
        }
    }
    for (int l = 0; l < LANES && bytes == NULL; l++)
    {
        const uint8_t* from = m[l] == 0 ? NULL : locate(g, i, l, a[l] + i->number, 4 * i->vector, false);
        for (int n = 0; n < i->vector && from != NULL; n++)
        {
            memcpy((uint32_t*)REGISTER(g, n == 0 ? i->d : i->more[n - 1]) + l, from + 4 * n, 4);
        }
    }
}

void run_store_32(lanes* g, const instruction* i)
{
    uint64_t offsets[LANES];
    const uint64_t* a = REGISTER(g, i->a);
    const uint32_t* m = g->mask;
    uint8_t* bytes = locate_words(g, i, offsets);
    for (int l = 0; l < LANES; l++)
    {
        uint8_t* to = m[l] == 0 ? NULL : bytes != NULL ? bytes + offsets[l] : locate(g, i, l, a[l] + i->number, 4 * i->vector, true);
        for (int n = 0; n < i->vector && to != NULL; n++)
        {
            memcpy(to + 4 * n, (const uint32_t*)REGISTER(g, n == 0 ? i->d : i->more[n - 1]) + l, 4);
        }
    }
}

// The arguments of the launch: the same for every lane, at a place that may still be reckoned.
void run_load_parameter(lanes* g, const instruction* i)
{
    int bytes = type_bytes(i->type);
    const launch* from = g->block->launch;
    const uint64_t* a = REGISTER(g, i->a);
    for (int l = 0; l < LANES; l++)
    {
        if (g->mask[l] == 0)
        {
            continue;
        }
        uint64_t address = a[l] + i->number, size = (uint64_t)from->kernel->parameter_bytes;
        if (address >= size || size - address < (uint64_t)(bytes * i->vector))
        {
            outside(g, i, l, address, bytes * i->vector);
            return;
        }
        for (int n = 0; n < i->vector; n++)
        {
            put(g, i, n == 0 ? i->d : i->more[n - 1], l, loaded(from->arguments + address + n * bytes, i->type));
        }
    }
}
