// Softmax and cross-entropy, and the gradient to the logits: one thread a row.
//   p[o] = e^(z[o] - max z) / Σ, loss = ln Σ - (z[y] - max z), dz[o] = (p[o] - [o = y]) / B
//   backward   whether dz is wanted; without, this is the last kernel of a step
#define SOFTMAX_THREADS 64

#define SOFTMAX_PARAMETERS \
    GLOBAL int* control, const int parity, const int batch, GLOBAL const uchar* labels, \
    GLOBAL const int* images, const int images_stride, const int O, const int units, const int units_before, \
    GLOBAL const float* z, GLOBAL float* a, GLOBAL float* dz, const int backward, \
    GLOBAL float* losses, GLOBAL int* predictions, const int results_stride
#define SOFTMAX_ARGUMENTS \
    control, parity, batch, labels, images, images_stride, O, units, units_before, z, a, dz, backward, losses, predictions, \
    results_stride

INLINE void softmax_of_row(SOFTMAX_PARAMETERS)
{
    const rows_t rows = rows_of_step(control, parity, batch);
    const int b = GROUP_X * SOFTMAX_THREADS + THREAD;
    if (b == 0 && GROUP_Z == 0 && !backward)
    {
        control[1 - parity] = rows.step + 1;
    }
    if (b >= rows.count)
    {
        return;
    }
    const offset model = GROUP_Z;
    const offset here = (model * units + units_before) * batch + (offset)b * O;
    GLOBAL const float* z_O = z + here;
    GLOBAL float* p_O = a + here;
    const int label = labels[images[model * images_stride + rows.first + b]];
    int prediction = 0;
    float max = z_O[0];
    for (int o = 1; o < O; o++)
    {
        if (z_O[o] > max)
        {
            prediction = o;
            max = z_O[o];
        }
    }
    float sum = 0.0f;
    for (int o = 0; o < O; o++)
    {
        const float e = elementary_exp(z_O[o] - max);
        p_O[o] = e;
        sum += e;
    }
    losses[model * results_stride + rows.first + b] = elementary_log(sum) - (z_O[label] - max);
    predictions[model * results_stride + rows.first + b] = prediction;
    for (int o = 0; backward && o < O; o++)
    {
        const float p = p_O[o] / sum;
        dz[here + o] = (p - (o == label ? 1.0f : 0.0f)) / (float)rows.count;
    }
}

#define SOFTMAX_KERNEL \
    KERNEL_OF(SOFTMAX_THREADS) void softmax_cross_entropy(SOFTMAX_PARAMETERS) \
    { \
        softmax_of_row(SOFTMAX_ARGUMENTS); \
    }
