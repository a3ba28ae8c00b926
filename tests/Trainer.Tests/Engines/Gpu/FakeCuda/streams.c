// Streams, events and launches. Work is carried out at once, which no program that keeps the driver's rules can tell.
#include "streams.h"
#include <stdlib.h>
#include <string.h>

static stream legacy_stream;
static stream** streams;
static int stream_count;

stream* stream_of(void* handle) { return handle == NULL ? &legacy_stream : object_of(STREAM, handle); }

int outside_capture(void)
{
    for (int n = 0; n < stream_count; n++)
    {
        // Mode 2, relaxed, allows everything.
        if (streams[n]->capture != NOT_CAPTURING && streams[n]->mode != 2)
        {
            streams[n]->capture = CAPTURE_BROKEN;
            return CAPTURE_UNSUPPORTED;
        }
    }
    return SUCCESS;
}

static int into_legacy_stream(void)
{
    for (int n = 0; n < stream_count; n++)
    {
        // Streams that are not made with CU_STREAM_NON_BLOCKING wait for the legacy stream.
        if (streams[n]->capture != NOT_CAPTURING && (streams[n]->flags & 1) == 0)
        {
            streams[n]->capture = CAPTURE_BROKEN;
            return CAPTURE_IMPLICIT;
        }
    }
    return SUCCESS;
}

int carry_out_work(const work* w)
{
    if (w->kind == LAUNCH)
    {
        if (object_of(FUNCTION, w->function) == NULL)
        {
            return INVALID_HANDLE;
        }
        set_sticky_error(carry_out(&w->launch));
        return SUCCESS;
    }
    uint8_t* bytes = device_bytes(w->address, w->bytes);
    if (bytes == NULL)
    {
        set_sticky_error(ILLEGAL_ADDRESS);
        return SUCCESS;
    }
    switch (w->kind)
    {
        case COPY_TO_DEVICE: memcpy(bytes, w->host, w->bytes); break;
        case COPY_TO_HOST: memcpy(w->host, bytes, w->bytes); break;
        default: memset(bytes, w->value, w->bytes); break;
    }
    return SUCCESS;
}

int submit(void* handle, const work* w)
{
    stream* s = stream_of(handle);
    int result = s == NULL ? INVALID_HANDLE : s->capture == CAPTURE_BROKEN ? CAPTURE_INVALIDATED : SUCCESS;
    result = result == SUCCESS && handle == NULL ? into_legacy_stream() : result;
    if (result == SUCCESS && s->capture == CAPTURING)
    {
        graph* g = &s->captured;
        g->list = realloc(g->list, (g->count + 1) * sizeof *g->list);
        g->list[g->count++] = *w;
        return SUCCESS;
    }
    result = result == SUCCESS ? carry_out_work(w) : result;
    free(w->launch.arguments);
    return result;
}

int cuStreamCreate(void** handle, unsigned flags)
{
    int result = enter("cuStreamCreate", WITH_CONTEXT);
    if (result == SUCCESS && flags > 1)
    {
        result = INVALID_VALUE;
    }
    if (result == SUCCESS)
    {
        stream* s = calloc(1, sizeof *s);
        s->flags = flags;
        *handle = s->handle = new_handle(STREAM, s);
        streams = realloc(streams, (stream_count + 1) * sizeof *streams);
        streams[stream_count++] = s;
    }
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
        int n = 0;
        while (streams[n]->handle != handle)
        {
            n++;
        }
        free_graph(&streams[n]->captured);
        free(streams[n]);
        streams[n] = streams[--stream_count];
        drop_handle(handle);
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
    return leave(result, "%s", "");
}

int cuEventCreate(void** handle, unsigned flags)
{
    int result = enter("cuEventCreate", WITH_CONTEXT);
    if (result == SUCCESS)
    {
        *handle = new_handle(EVENT, &legacy_stream);
    }
    return leave(result, "flags %u", flags);
}

static int event_call(const char* function, void* event, void* handle, bool last)
{
    int result = enter(function, WITH_CONTEXT);
    if (result == SUCCESS && (object_of(EVENT, event) == NULL || stream_of(handle) == NULL))
    {
        result = INVALID_HANDLE;
    }
    if (result == SUCCESS && last)
    {
        drop_handle(event);
    }
    return leave(result, "%s", "");
}

int cuEventRecord(void* event, void* handle) { return event_call("cuEventRecord", event, handle, false); }

int cuEventSynchronize(void* event) { return event_call("cuEventSynchronize", event, NULL, false); }

int cuEventDestroy_v2(void* event) { return event_call("cuEventDestroy_v2", event, NULL, true); }

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
