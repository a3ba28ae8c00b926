// What goes into a stream, at once or into the graph that is captured from it.
#ifndef STREAMS_H
#define STREAMS_H

#include "fakecuda.h"

#pragma GCC visibility push(hidden)

typedef enum { LAUNCH, COPY_TO_DEVICE, COPY_TO_HOST, FILL } work_kind;

typedef struct
{
    work_kind kind;
    launch launch;
    // Whose kernel it is: it must still be loaded.
    void* function;
    device_address address;
    void* host;
    size_t bytes;
    uint8_t value;
} work;

typedef struct
{
    work* list;
    int count;
} graph;

typedef enum { NOT_CAPTURING, CAPTURING, CAPTURE_BROKEN } capture_state;

typedef struct
{
    unsigned flags;
    capture_state capture;
    int mode;
    graph captured;
    void* handle;
} stream;

// The stream behind a handle; the null handle is the legacy stream. Null if unknown.
stream* stream_of(void* handle);
// Carries the work out, or records it where the stream is captured. Takes over the launch's arguments.
int submit(void* handle, const work* w);
int carry_out_work(const work* w);
// CAPTURE_UNSUPPORTED while a capture forbids calls such as cuMemAlloc, and that breaks it.
int outside_capture(void);
void free_graph(graph* g);

#pragma GCC visibility pop

#endif
