// Streams, events and launches.
#include "streams.h"
#include <stdlib.h>
#include <string.h>

typedef struct
{
    void* stream;
    long position;
} event;

int cuStreamCreate(void** handle, unsigned flags)
{
    int result = enter("cuStreamCreate", WITH_CONTEXT);
    if (result == SUCCESS && flags > 1)
    {
        result = INVALID_VALUE;
    }
    *handle = result == SUCCESS ? add_stream(flags) : NULL;
    return leave(result, "flags %u", flags);
}

int cuStreamDestroy_v2(void* handle)
{
    int result = enter("cuStreamDestroy_v2", WITH_CONTEXT);
    if (result == SUCCESS && object_of(STREAM, handle) == NULL)
    {
        result = INVALID_HANDLE;
    }
    if (result == SUCCESS)
    {
        wait_for(stream_of(handle), position_of(stream_of(handle)));
        remove_stream(handle);
    }
    return leave(result, "%s", "");
}

int cuStreamSynchronize(void* handle)
{
    int result = enter("cuStreamSynchronize", WITH_CONTEXT);
    stream* s = result == SUCCESS ? stream_of(handle) : NULL;
    if (result == SUCCESS)
    {
        result = s == NULL ? INVALID_HANDLE : s->capture != NOT_CAPTURING ? CAPTURE_UNSUPPORTED : SUCCESS;
    }
    if (result == CAPTURE_UNSUPPORTED)
    {
        s->capture = CAPTURE_BROKEN;
    }
    if (result == SUCCESS)
    {
        result = handle == NULL ? wait_for_all() : wait_for(s, position_of(s));
    }
    return leave(result, "%s", "");
}

int cuStreamQuery(void* handle)
{
    int result = enter("cuStreamQuery", WITH_CONTEXT);
    stream* s = result == SUCCESS ? stream_of(handle) : NULL;
    if (result == SUCCESS)
    {
        result = s == NULL ? INVALID_HANDLE
            : s->capture != NOT_CAPTURING ? CAPTURE_UNSUPPORTED
            : s->waiting.count > 0 ? NOT_READY
            : sticky_error();
    }
    if (result == CAPTURE_UNSUPPORTED)
    {
        s->capture = CAPTURE_BROKEN;
    }
    return leave(result, "%s", "");
}

int cuEventCreate(void** handle, unsigned flags)
{
    int result = enter("cuEventCreate", WITH_CONTEXT);
    *handle = result == SUCCESS ? new_handle(EVENT, calloc(1, sizeof(event))) : NULL;
    return leave(result, "flags %u", flags);
}

int cuEventRecord(void* handle, void* stream_handle)
{
    int result = enter("cuEventRecord", WITH_CONTEXT);
    event* e = result == SUCCESS ? object_of(EVENT, handle) : NULL;
    stream* s = result == SUCCESS ? stream_of(stream_handle) : NULL;
    result = result == SUCCESS && (e == NULL || s == NULL) ? INVALID_HANDLE : result;
    if (result == SUCCESS)
    {
        *e = (event){ stream_handle, position_of(s) };
    }
    return leave(result, "%s", "");
}

int cuEventSynchronize(void* handle)
{
    int result = enter("cuEventSynchronize", WITH_CONTEXT);
    event* e = result == SUCCESS ? object_of(EVENT, handle) : NULL;
    result = result == SUCCESS && e == NULL ? INVALID_HANDLE : result;
    stream* s = result == SUCCESS ? stream_of(e->stream) : NULL;
    // A stream that is gone has done its work.
    result = s != NULL ? wait_for(s, e->position) : result;
    return leave(result, "%s", "");
}

int cuEventDestroy_v2(void* handle)
{
    int result = enter("cuEventDestroy_v2", WITH_CONTEXT);
    event* e = result == SUCCESS ? object_of(EVENT, handle) : NULL;
    result = result == SUCCESS && e == NULL ? INVALID_HANDLE : result;
    if (result == SUCCESS)
    {
        free(e);
        drop_handle(handle);
    }
    return leave(result, "%s", "");
}

static int check_launch(const kernel* k, const uint32_t grid[3], const uint32_t block[3], uint32_t dynamic_shared, void** arguments)
{
    static const uint64_t most_blocks[] = { 2147483647, 65535, 65535 }, most_threads[] = { 1024, 1024, 64 };
    for (int n = 0; n < 3; n++)
    {
        if (grid[n] == 0 || grid[n] > most_blocks[n] || block[n] == 0 || block[n] > most_threads[n])
        {
            return INVALID_VALUE;
        }
    }
    bool fits = block[0] * block[1] * block[2] <= (uint32_t)k->max_threads && k->shared_used + (uint64_t)dynamic_shared <= 49152;
    return fits && (arguments != NULL || k->parameter_count == 0) ? SUCCESS : INVALID_VALUE;
}

int cuLaunchKernel(void* function, unsigned grid_x, unsigned grid_y, unsigned grid_z, unsigned block_x, unsigned block_y,
    unsigned block_z, unsigned dynamic_shared, void* handle, void** arguments, void** extra)
{
    int result = enter("cuLaunchKernel", WITH_CONTEXT);
    kernel* k = result == SUCCESS ? object_of(FUNCTION, function) : NULL;
    uint32_t grid[] = { grid_x, grid_y, grid_z }, block[] = { block_x, block_y, block_z };
    if (result == SUCCESS)
    {
        result = k == NULL || stream_of(handle) == NULL ? INVALID_HANDLE
            : extra != NULL ? INVALID_VALUE
            : check_launch(k, grid, block, dynamic_shared, arguments);
    }
    if (result == SUCCESS)
    {
        work w = { .kind = LAUNCH, .function = function };
        w.launch.kernel = k;
        memcpy(w.launch.grid, grid, sizeof grid);
        memcpy(w.launch.block, block, sizeof block);
        w.launch.dynamic_shared = dynamic_shared;
        w.launch.arguments = calloc(1, k->parameter_bytes + 1);
        for (int n = 0; n < k->parameter_count; n++)
        {
            memcpy(w.launch.arguments + k->parameters[n].offset, arguments[n], k->parameters[n].size);
        }
        result = submit(handle, &w);
    }
    return leave(result, "%s %ux%ux%u blocks of %ux%ux%u", k == NULL ? "?" : k->name, grid_x, grid_y, grid_z, block_x, block_y, block_z);
}
