// Work in streams. By default it is carried out at once, which no program that keeps the driver's rules can tell; with
// FAKE_CUDA_LATE only when somebody waits for it, and then a program shows that changes what a copy has yet to read.
#include "streams.h"
#include <stdlib.h>
#include <string.h>

static stream legacy_stream;
static stream** streams;
static int stream_count;

stream* stream_of(void* handle) { return handle == NULL ? &legacy_stream : object_of(STREAM, handle); }

void* add_stream(unsigned flags)
{
    stream* s = calloc(1, sizeof *s);
    s->flags = flags;
    s->handle = new_handle(STREAM, s);
    streams = realloc(streams, (stream_count + 1) * sizeof *streams);
    streams[stream_count++] = s;
    return s->handle;
}

void remove_stream(void* handle)
{
    int n = 0;
    while (streams[n]->handle != handle)
    {
        n++;
    }
    free_graph(&streams[n]->captured);
    free_graph(&streams[n]->waiting);
    free(streams[n]);
    streams[n] = streams[--stream_count];
    drop_handle(handle);
}

int outside_capture(void)
{
    for (int n = 0; n < stream_count; n++)
    {
        stream* s = streams[n];
        bool mine = pthread_equal(s->capturing_thread, pthread_self());
        if (s->capture != NOT_CAPTURING && (s->mode == CAPTURE_GLOBAL || (s->mode == CAPTURE_THREAD_LOCAL && mine)))
        {
            s->capture = CAPTURE_BROKEN;
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

static int carry_out_work(const work* w)
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

static void append(graph* g, const work* w)
{
    g->list = realloc(g->list, (g->count + 1) * sizeof *g->list);
    g->list[g->count++] = *w;
}

long position_of(const stream* s) { return s->done + s->waiting.count; }

int wait_for(stream* s, long position)
{
    int result = SUCCESS, n = 0;
    graph* g = &s->waiting;
    for (; n < g->count && s->done < position; n++, s->done++)
    {
        result = result == SUCCESS && sticky_error() == SUCCESS ? carry_out_work(&g->list[n]) : result;
        free(g->list[n].launch.arguments);
    }
    memmove(g->list, g->list + n, (g->count - n) * sizeof *g->list);
    g->count -= n;
    return result == SUCCESS ? sticky_error() : result;
}

int wait_for_all(void)
{
    int result = wait_for(&legacy_stream, position_of(&legacy_stream));
    for (int n = 0; n < stream_count; n++)
    {
        int its_result = wait_for(streams[n], position_of(streams[n]));
        result = result == SUCCESS ? its_result : result;
    }
    return result;
}

static int start(stream* s, const work* w)
{
    append(&s->waiting, w);
    // The host's memory is written before such a copy returns. A fault of a kernel is only seen by the next call.
    bool late = switch_number("LATE", 0) != 0;
    int result = !late || w->kind == COPY_TO_HOST ? wait_for(s, position_of(s)) : SUCCESS;
    return late || result != sticky_error() ? result : SUCCESS;
}

uint8_t* copy_arguments(const work* w)
{
    int bytes = w->kind == LAUNCH ? w->launch.kernel->parameter_bytes : 0;
    return bytes == 0 ? NULL : memcpy(malloc(bytes), w->launch.arguments, bytes);
}

int submit_again(stream* s, const work* w)
{
    work again = *w;
    again.launch.arguments = copy_arguments(w);
    return start(s, &again);
}

int submit(void* handle, const work* w)
{
    stream* s = stream_of(handle);
    int result = s == NULL ? INVALID_HANDLE : s->capture == CAPTURE_BROKEN ? CAPTURE_INVALIDATED : SUCCESS;
    result = result == SUCCESS && handle == NULL ? into_legacy_stream() : result;
    if (result != SUCCESS)
    {
        free(w->launch.arguments);
        return result;
    }
    if (s->capture == CAPTURING)
    {
        append(&s->captured, w);
        return SUCCESS;
    }
    return start(s, w);
}
