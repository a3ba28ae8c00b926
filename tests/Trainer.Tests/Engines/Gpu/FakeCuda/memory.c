// Device memory. Addresses are no addresses of this process; allocations lie far apart and an address never comes back, so
// that whatever is used beyond its end or after its end belongs to nobody.
#include "fakecuda.h"
#include "streams.h"
#include <stdlib.h>
#include <string.h>

#define FIRST_ADDRESS 0x0000000300000000ull
#define GAP 0x100000ull
#define ALIGNMENT 512ull

region* regions;
int region_count;
static int region_room;
static device_address next_address = FIRST_ADDRESS;

static uint64_t total_memory(void) { return (uint64_t)switch_number("MEMORY", 8ll << 30); }

static uint64_t used_memory(void)
{
    uint64_t used = 0;
    for (int n = 0; n < region_count; n++)
    {
        used += (regions[n].size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
    return used;
}

void poison(void* bytes, size_t size)
{
    uint32_t* words = bytes;
    for (size_t n = 0; n < size / 4; n++)
    {
        words[n] = POISON;
    }
    memset((uint8_t*)bytes + size / 4 * 4, 0xC5, size % 4);
}

uint8_t* device_bytes(device_address address, uint64_t size)
{
    for (int n = 0; n < region_count; n++)
    {
        uint64_t offset = address - regions[n].base;
        if (offset <= regions[n].size && regions[n].size - offset >= size)
        {
            return regions[n].bytes + offset;
        }
    }
    return NULL;
}

device_address new_region(uint64_t size)
{
    uint8_t* bytes = malloc(size);
    if (bytes == NULL)
    {
        return 0;
    }
    poison(bytes, size);
    if (region_count == region_room)
    {
        region_room = region_room == 0 ? 64 : 2 * region_room;
        regions = realloc(regions, region_room * sizeof *regions);
    }
    device_address base = next_address;
    regions[region_count++] = (region){ base, size, bytes, NULL };
    next_address += (size + GAP + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    return base;
}

bool free_region(device_address base)
{
    for (int n = 0; n < region_count; n++)
    {
        if (regions[n].base == base)
        {
            free(regions[n].bytes);
            free(regions[n].stamps);
            regions[n] = regions[--region_count];
            return true;
        }
    }
    return false;
}

void free_all_regions(void)
{
    while (region_count > 0)
    {
        free_region(regions[0].base);
    }
}

void forget_stamps(void)
{
    for (int n = 0; n < region_count; n++)
    {
        free(regions[n].stamps);
        regions[n].stamps = NULL;
    }
}

int live_allocations(void) { return region_count; }

int cuMemAlloc_v2(device_address* address, size_t bytes)
{
    int result = enter("cuMemAlloc_v2", WITH_CONTEXT);
    result = result == SUCCESS ? outside_capture() : result;
    if (result == SUCCESS)
    {
        uint64_t total = total_memory();
        bool fits = bytes <= total && used_memory() <= total - bytes;
        *address = bytes == 0 ? 0 : fits ? new_region(bytes) : 0;
        result = bytes == 0 ? INVALID_VALUE : *address == 0 ? OUT_OF_MEMORY : SUCCESS;
    }
    return leave(result, "%zu bytes", bytes);
}

int cuMemFree_v2(device_address address)
{
    int result = enter("cuMemFree_v2", WITH_CONTEXT);
    result = result == SUCCESS ? outside_capture() : result;
    result = result == SUCCESS ? wait_for_all() : result;
    if (result == SUCCESS && !free_region(address))
    {
        result = INVALID_VALUE;
    }
    return leave(result, "0x%llx", (unsigned long long)address);
}

int cuMemGetInfo_v2(size_t* free_bytes, size_t* total)
{
    int result = enter("cuMemGetInfo_v2", WITH_CONTEXT);
    if (result == SUCCESS)
    {
        *total = total_memory();
        *free_bytes = *total - used_memory();
    }
    return leave(result, "%s", "");
}

int cuDeviceTotalMem_v2(size_t* bytes, int device)
{
    int result = enter("cuDeviceTotalMem_v2", INITIALIZED);
    if (result == SUCCESS && (device < 0 || device >= switch_number("DEVICES", 1)))
    {
        result = INVALID_DEVICE;
    }
    *bytes = result == SUCCESS ? total_memory() : 0;
    return leave(result, "device %d", device);
}

// Under capture the addresses are kept and the copy is made with the graph.
static int copy(void* stream, work_kind kind, device_address address, void* host, size_t bytes)
{
    if (host == NULL || device_bytes(address, bytes) == NULL)
    {
        return bytes == 0 ? SUCCESS : INVALID_VALUE;
    }
    return submit(stream, &(work){ .kind = kind, .address = address, .host = host, .bytes = bytes });
}

int cuMemcpyHtoDAsync_v2(device_address to, const void* from, size_t bytes, void* stream)
{
    int result = enter("cuMemcpyHtoDAsync_v2", WITH_CONTEXT);
    result = result == SUCCESS ? copy(stream, COPY_TO_DEVICE, to, (void*)from, bytes) : result;
    return leave(result, "%zu bytes", bytes);
}

int cuMemcpyDtoHAsync_v2(void* to, device_address from, size_t bytes, void* stream)
{
    int result = enter("cuMemcpyDtoHAsync_v2", WITH_CONTEXT);
    result = result == SUCCESS ? copy(stream, COPY_TO_HOST, from, to, bytes) : result;
    return leave(result, "%zu bytes", bytes);
}

int cuMemsetD8Async(device_address to, unsigned char value, size_t bytes, void* stream)
{
    int result = enter("cuMemsetD8Async", WITH_CONTEXT);
    if (result == SUCCESS && device_bytes(to, bytes) == NULL)
    {
        result = INVALID_VALUE;
    }
    result = result == SUCCESS ? submit(stream, &(work){ .kind = FILL, .address = to, .value = value, .bytes = bytes }) : result;
    return leave(result, "%zu bytes with %d", bytes, value);
}
