// Captures and graphs: a graph is the list of what was captured, carried out in order.
#include "streams.h"
#include <stdlib.h>

void free_graph(graph* g)
{
    for (int n = 0; n < g->count; n++)
    {
        free(g->list[n].launch.arguments);
    }
    free(g->list);
    *g = (graph){ 0 };
}

int cuStreamBeginCapture_v2(void* handle, int mode)
{
    int result = enter("cuStreamBeginCapture_v2", WITH_CONTEXT);
    stream* s = result == SUCCESS ? object_of(STREAM, handle) : NULL;
    if (result == SUCCESS)
    {
        // The legacy stream cannot be captured.
        result = handle == NULL ? CAPTURE_UNSUPPORTED : s == NULL ? INVALID_HANDLE
            : s->capture != NOT_CAPTURING || mode < CAPTURE_GLOBAL || mode > CAPTURE_RELAXED ? INVALID_VALUE : SUCCESS;
    }
    if (result == SUCCESS)
    {
        s->capture = CAPTURING;
        s->mode = mode;
        s->capturing_thread = pthread_self();
    }
    return leave(result, "mode %d", mode);
}

int cuStreamEndCapture(void* handle, void** captured)
{
    int result = enter("cuStreamEndCapture", WITH_CONTEXT);
    stream* s = result == SUCCESS ? object_of(STREAM, handle) : NULL;
    int count = 0;
    if (result == SUCCESS)
    {
        *captured = NULL;
        result = s == NULL ? INVALID_HANDLE : s->capture == NOT_CAPTURING ? CAPTURE_UNMATCHED
            : s->capture == CAPTURE_BROKEN ? CAPTURE_INVALIDATED : SUCCESS;
    }
    if (s != NULL)
    {
        s->capture = NOT_CAPTURING;
    }
    if (result == SUCCESS)
    {
        graph* g = calloc(1, sizeof *g);
        *g = s->captured;
        s->captured = (graph){ 0 };
        count = g->count;
        *captured = new_handle(GRAPH, g);
    }
    else if (s != NULL)
    {
        free_graph(&s->captured);
    }
    return leave(result, "%d nodes", count);
}

int cuGraphInstantiateWithFlags(void** exec, void* handle, unsigned long long flags)
{
    int result = enter("cuGraphInstantiateWithFlags", WITH_CONTEXT);
    graph* from = result == SUCCESS ? object_of(GRAPH, handle) : NULL;
    if (result == SUCCESS)
    {
        result = from == NULL ? INVALID_HANDLE : flags != 0 ? INVALID_VALUE : SUCCESS;
    }
    if (result == SUCCESS)
    {
        graph* to = calloc(1, sizeof *to);
        to->count = from->count;
        to->list = calloc(from->count + 1, sizeof *to->list);
        for (int n = 0; n < from->count; n++)
        {
            to->list[n] = from->list[n];
            to->list[n].launch.arguments = copy_arguments(&from->list[n]);
        }
        *exec = new_handle(GRAPH_EXEC, to);
    }
    return leave(result, "flags %llu", flags);
}

int cuGraphLaunch(void* exec, void* handle)
{
    int result = enter("cuGraphLaunch", WITH_CONTEXT);
    graph* g = result == SUCCESS ? object_of(GRAPH_EXEC, exec) : NULL;
    stream* s = result == SUCCESS ? stream_of(handle) : NULL;
    if (result == SUCCESS)
    {
        result = g == NULL || s == NULL ? INVALID_HANDLE : s->capture != NOT_CAPTURING ? CAPTURE_UNSUPPORTED : SUCCESS;
    }
    for (int n = 0; result == SUCCESS && n < g->count; n++)
    {
        result = submit_again(s, &g->list[n]);
    }
    return leave(result, "%d nodes", g == NULL ? 0 : g->count);
}

static int destroy(const char* function, object_kind kind, void* handle)
{
    int result = enter(function, WITH_CONTEXT);
    graph* g = result == SUCCESS ? object_of(kind, handle) : NULL;
    result = result == SUCCESS && g == NULL ? INVALID_HANDLE : result;
    if (result == SUCCESS)
    {
        free_graph(g);
        free(g);
        drop_handle(handle);
    }
    return leave(result, "%s", "");
}

int cuGraphExecDestroy(void* exec) { return destroy("cuGraphExecDestroy", GRAPH_EXEC, exec); }

int cuGraphDestroy(void* handle) { return destroy("cuGraphDestroy", GRAPH, handle); }
