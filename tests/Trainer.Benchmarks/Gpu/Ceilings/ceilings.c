// What a device can do at most, for the floors of the GPU benchmark. Compiled behind portable.c, for OpenCL and CUDA alike.

// Each link maps x to 0.5 x + 0.25, which rests at 0.5: no overflow, no subnormal, whatever the number of links.
#define LINK(x) FMA(x, 0.5f, 0.25f)

// Eight independent chains a thread: more than the four cycles that a link takes to end, so that the unit is always busy.
#define CHAINS 8

KERNEL void fma_throughput(GLOBAL float* out, const int links)
{
    const int thread = GROUP_X * THREADS_OF_GROUP + THREAD;
    float x[CHAINS];
    #pragma unroll
    for (int c = 0; c < CHAINS; c++)
    {
        x[c] = (float)(thread + c);
    }
    #pragma unroll 8
    for (int link = 0; link < links; link++)
    {
        #pragma unroll
        for (int c = 0; c < CHAINS; c++)
        {
            x[c] = LINK(x[c]);
        }
    }
    float sum = 0.0f;
    #pragma unroll
    for (int c = 0; c < CHAINS; c++)
    {
        sum += x[c];
    }
    out[thread] = sum;
}

// One chain a thread: how long a sum that has to be made in order waits for each of its products.
KERNEL void fma_latency(GLOBAL float* out, const int links)
{
    float x = (float)THREAD;
    #pragma unroll 16
    for (int link = 0; link < links; link++)
    {
        x = LINK(x);
    }
    out[GROUP_X * THREADS_OF_GROUP + THREAD] = x;
}

// `quads` times four numbers, by `groups` groups.
KERNEL void copy(GLOBAL const float4* from, GLOBAL float4* to, const int quads, const int groups)
{
    for (int k = GROUP_X * THREADS_OF_GROUP + THREAD; k < quads; k += groups * THREADS_OF_GROUP)
    {
        to[k] = from[k];
    }
}
