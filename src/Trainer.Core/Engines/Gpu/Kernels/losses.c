// The losses and their gradients to the outputs: one thread a row, B rows in the batch, O classes, y the right one.
//   cross-entropy        p[o] = e^(z[o] - max z) / Σ, loss = ln Σ - (z[y] - max z), dz[o] = (p[o] - [o = y]) / B
//   smoothed             loss = Σ_o t[o] · (ln Σ - (z[o] - max z)), dz[o] = (p[o] - t[o]) / B
//   mean squared error   loss = 1/O · Σ_o (z[o] - [o = y])², dz[o] = 2 · (z[o] - [o = y]) / (O · B)
// `targets` says of each network the smoothed t[y] and t of the other classes.
//   backward   whether dz is wanted; without, this is the last kernel of a step
#define LOSS_THREADS 64
#define SOFTMAX_CROSS_ENTROPY 0
#define SMOOTHED_CROSS_ENTROPY 1
#define MEAN_SQUARED_ERROR 2

#define LOSS_PARAMETERS \
    GLOBAL int* control, const int parity, const int batch, GLOBAL const uchar* labels, \
    GLOBAL const int* images, const int images_stride, const int O, const int units, const int units_before, \
    GLOBAL const float* z, GLOBAL float* a, GLOBAL float* dz, const int backward, \
    GLOBAL float* losses, GLOBAL int* predictions, const int results_stride, GLOBAL const float* targets
#define LOSS_ARGUMENTS \
    control, parity, batch, labels, images, images_stride, O, units, units_before, z, a, dz, backward, losses, predictions, \
    results_stride, targets

INLINE float cross_entropy_of_row(
    const int smoothed, GLOBAL const float* z_O, const float max, const int label, const float t_label, const float t_other,
    const int O, const int B, const int backward, GLOBAL float* p_O, GLOBAL float* dz_O)
{
    float sum = 0.0f;
    for (int o = 0; o < O; o++)
    {
        const float e = elementary_exp(z_O[o] - max);
        p_O[o] = e;
        sum += e;
    }
    for (int o = 0; backward && o < O; o++)
    {
        const float p = p_O[o] / sum;
        dz_O[o] = (p - (o == label ? t_label : t_other)) / (float)B;
    }
    const float log = elementary_log(sum);
    if (!smoothed)
    {
        return log - (z_O[label] - max);
    }
    float loss = 0.0f;
    for (int o = 0; o < O; o++)
    {
        loss = FMA(o == label ? t_label : t_other, log - (z_O[o] - max), loss);
    }
    return loss;
}

INLINE float squared_error_of_row(
    GLOBAL const float* z_O, const int label, const int O, const int B, const int backward, GLOBAL float* dz_O)
{
    const float divisor = (float)((offset)O * (offset)B);
    float sum = 0.0f;
    for (int o = 0; o < O; o++)
    {
        const float error = z_O[o] - (o == label ? 1.0f : 0.0f);
        sum = FMA(error, error, sum);
        if (backward)
        {
            dz_O[o] = (error + error) / divisor;
        }
    }
    return sum / (float)O;
}

INLINE void loss_of_row(const int loss, LOSS_PARAMETERS)
{
    const rows_t rows = rows_of_step(control, parity, batch);
    const int b = GROUP_X * LOSS_THREADS + THREAD;
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
    const int label = labels[images[model * images_stride + rows.first + b]];
    const int B = rows_of_batch(control, rows);
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
    const float t_label = loss == SMOOTHED_CROSS_ENTROPY ? targets[2 * model] : 1.0f;
    const float t_other = loss == SMOOTHED_CROSS_ENTROPY ? targets[2 * model + 1] : 0.0f;
    const offset result = model * results_stride + rows.first + b;
    losses[result] = loss == MEAN_SQUARED_ERROR
        ? squared_error_of_row(z_O, label, O, B, backward, dz + here)
        : cross_entropy_of_row(
            loss == SMOOTHED_CROSS_ENTROPY, z_O, max, label, t_label, t_other, O, B, backward, a + here, dz + here);
    predictions[result] = prediction;
}

#define LOSS_KERNEL(NAME, LOSS) \
    KERNEL_OF(LOSS_THREADS) void NAME(LOSS_PARAMETERS) \
    { \
        loss_of_row(LOSS, LOSS_ARGUMENTS); \
    }
