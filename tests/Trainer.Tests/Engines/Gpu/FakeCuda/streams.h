// What goes into a stream: carried out at once, later, or into the graph that is captured from it.
#ifndef STREAMS_H
#define STREAMS_H

#include "fakecuda.h"
#include <pthread.h>

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
enum { CAPTURE_GLOBAL, CAPTURE_THREAD_LOCAL, CAPTURE_RELAXED };

typedef struct
{
    unsigned flags;
    capture_state capture;
    int mode;
    pthread_t capturing_thread;
    graph captured;
    // With FAKE_CUDA_LATE: what nobody has waited for yet, and how much was done before it.
    graph waiting;
    long done;
    void* handle;
} stream;

// The stream behind a handle; the null handle is the legacy stream. Null if unknown.
stream* stream_of(void* handle);
void* add_stream(unsigned flags);
void remove_stream(void* handle);

// Carries the work out, or keeps it for later, or records it where the stream is captured. Takes over the arguments.
int submit(void* handle, const work* w);
// The same with a copy of the arguments, whatever the capture.
int submit_again(stream* s, const work* w);
// Carries out what waits until `position` pieces of work are done: the driver's number.
int wait_for(stream* s, long position);
long position_of(const stream* s);
int wait_for_all(void);
// CAPTURE_UNSUPPORTED while a capture forbids calls such as cuMemAlloc, and that breaks it.
int outside_capture(void);
void free_graph(graph* g);
uint8_t* copy_arguments(const work* w);

#pragma GCC visibility pop

#endif
