// Gathering: x = byte / 255 for the rows of `steps` steps from the current one on. One group a row.
#define GATHER_THREADS 128

#define GATHER_PARAMETERS \
    GLOBAL int* control, const int parity, const int batch, const int steps, \
    GLOBAL const uchar* pixels, GLOBAL const int* images, const int images_stride, const int I, \
    GLOBAL float* x_BI, const int x_rows
#define GATHER_ARGUMENTS control, parity, batch, steps, pixels, images, images_stride, I, x_BI, x_rows

INLINE void gather_rows(GATHER_PARAMETERS)
{
    const int step = control[parity];
    const int steps_left = control[END_STEP] - step;
    const int wanted = (steps_left < steps ? steps_left : steps) * batch;
    const int row = control[FIRST_ROW] + step * batch + GROUP_X;
    if (GROUP_X == 0 && GROUP_Z == 0 && THREAD == 0)
    {
        control[GATHERED_FROM] = step;
    }
    if (GROUP_X < wanted && row < control[END_ROW])
    {
        const int image = images[(offset)GROUP_Z * images_stride + row];
        GLOBAL float* x_I = x_BI + ((offset)GROUP_Z * x_rows + GROUP_X) * I;
        for (int i = THREAD; i < I; i += GATHER_THREADS)
        {
            x_I[i] = (float)pixels[(offset)image * I + i] / 255.0f;
        }
    }
}

#define GATHER_KERNEL \
    KERNEL_OF(GATHER_THREADS) void gather(GATHER_PARAMETERS) \
    { \
        gather_rows(GATHER_ARGUMENTS); \
    }

// Gathering what the host prepared: rows of numbers, from row control[PREPARED_FROM] on.
#define GATHER_PREPARED_PARAMETERS \
    GLOBAL int* control, const int parity, const int batch, const int steps, \
    GLOBAL const float* inputs, const int inputs_stride, const int I, GLOBAL float* x_BI, const int x_rows
#define GATHER_PREPARED_ARGUMENTS control, parity, batch, steps, inputs, inputs_stride, I, x_BI, x_rows

INLINE void gather_prepared_rows(GATHER_PREPARED_PARAMETERS)
{
    const int step = control[parity];
    const int steps_left = control[END_STEP] - step;
    const int wanted = (steps_left < steps ? steps_left : steps) * batch;
    const int row = control[FIRST_ROW] + step * batch + GROUP_X;
    if (GROUP_X == 0 && GROUP_Z == 0 && THREAD == 0)
    {
        control[GATHERED_FROM] = step;
    }
    if (GROUP_X < wanted && row < control[END_ROW])
    {
        GLOBAL const float* from_I = inputs + ((offset)GROUP_Z * inputs_stride + row - control[PREPARED_FROM]) * I;
        GLOBAL float* x_I = x_BI + ((offset)GROUP_Z * x_rows + GROUP_X) * I;
        for (int i = THREAD; i < I; i += GATHER_THREADS)
        {
            x_I[i] = from_I[i];
        }
    }
}

#define GATHER_PREPARED_KERNEL \
    KERNEL_OF(GATHER_THREADS) void gather_prepared(GATHER_PREPARED_PARAMETERS) \
    { \
        gather_prepared_rows(GATHER_PREPARED_ARGUMENTS); \
    }
