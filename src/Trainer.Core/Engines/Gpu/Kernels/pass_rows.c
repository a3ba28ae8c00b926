// Rows through all layers behind the first and back, in one launch: what one row needs of the network, no other row
// computes. A group takes `together` rows; their numbers and the weights of a layer lie in local memory, or those of all
// layers where they fit. For networks whose later layers are small: a launch costs as much as such a layer.
#define ROWS_THREADS 128
#define ROWS_WEIGHTS 9216
#define ROWS_NUMBERS 2560
// Threads that read neighbours.
#define LOAD_WIDTH 32

#define ROWS_PARAMETERS \
    GLOBAL const int* control, const int parity, const int batch, GLOBAL const uchar* labels, GLOBAL const int* images, \
    const int images_stride, GLOBAL const int* layers, const int layer_count, const int units, \
    GLOBAL const float* parameters, const int parameter_count, GLOBAL const float* z, GLOBAL float* a, GLOBAL float* dz, \
    GLOBAL float* losses, GLOBAL int* predictions, const int results_stride, \
    GLOBAL const float* constants, const int constant_count, const int together
#define ROWS_ARGUMENTS \
    control, parity, batch, labels, images, images_stride, layers, layer_count, units, parameters, parameter_count, z, a, dz, \
    losses, predictions, results_stride, constants, constant_count, together

// An odd pitch, so that threads that read a column of weights meet no bank twice.
INLINE int pitch_of(const int I)
{
    return I | 1;
}

// Fetches the weights of a layer.
INLINE void stage(GLOBAL const float* w_OI, const int I, const int O, LOCAL float* tile)
{
    for (int o = THREAD / LOAD_WIDTH; o < O; o += ROWS_THREADS / LOAD_WIDTH)
    {
        #pragma unroll 4
        for (int i = THREAD % LOAD_WIDTH; i < I; i += LOAD_WIDTH)
        {
            tile[o * pitch_of(I) + i] = w_OI[(offset)o * I + i];
        }
    }
}

INLINE void pass_rows(LOCAL float* weights, LOCAL float* numbers, LOCAL int* answers, const int activation, ROWS_PARAMETERS)
{
    const rows_t rows = rows_of_step(control, parity, batch);
    const int base = GROUP_X * together;
    if (base >= rows.count)
    {
        return;
    }
    const int R = rows.count - base < together ? rows.count - base : together;
    const offset model = GROUP_Z;
    GLOBAL const float* p = parameters + model * parameter_count;
    GLOBAL const float* c = constants + model * constant_count;
    LOCAL float* z_here = numbers;
    LOCAL float* a_here = numbers + together * units;
    LOCAL float* dz_here = numbers + 2 * together * units;
    const offset all = model * units * batch;

    // Layer 0, which another kernel computed; and how much room the weights of the others take.
    const int O_0 = layers[1];
    for (int k = THREAD; k < R * O_0; k += ROWS_THREADS)
    {
        z_here[k] = z[all + (offset)base * O_0 + k];
        a_here[k] = a[all + (offset)base * O_0 + k];
    }
    int room = 0;
    for (int layer = 1; layer < layer_count; layer++)
    {
        room += layers[layer * LAYER_LENGTH + 1] * pitch_of(layers[layer * LAYER_LENGTH]);
    }
    const int all_fit = room <= ROWS_WEIGHTS;
    int place = 0;
    for (int layer = 1; all_fit && layer < layer_count; layer++)
    {
        GLOBAL const int* shape = layers + layer * LAYER_LENGTH;
        stage(p + shape[2], shape[0], shape[1], weights + place);
        place += shape[1] * pitch_of(shape[0]);
    }

    // Forward: z[b,o] = bias[o] + Σ_i a'[b,i] · w[o,i], a = f(z).
    place = 0;
    for (int layer = 1; layer < layer_count; layer++)
    {
        GLOBAL const int* shape = layers + layer * LAYER_LENGTH;
        const int I = shape[0];
        const int O = shape[1];
        const int before = shape[3];
        const int is_last = layer == layer_count - 1;
        if (!all_fit)
        {
            BARRIER();
            stage(p + shape[2], I, O, weights);
        }
        BARRIER();
        LOCAL const float* w_OI = weights + (all_fit ? place : 0);
        LOCAL const float* x_BI = a_here + (before - I) * together;
        for (int k = THREAD; k < R * O; k += ROWS_THREADS)
        {
            const int b = k / O;
            const int o = k - b * O;
            float sum = p[shape[2] + (offset)O * I + o];
            #pragma unroll 8
            for (int i = 0; i < I; i++)
            {
                sum = FMA(x_BI[b * I + i], w_OI[o * pitch_of(I) + i], sum);
            }
            z_here[before * together + k] = sum;
            if (!is_last)
            {
                const float value = activation_value(activation, sum, c);
                a_here[before * together + k] = value;
                a[all + (offset)before * batch + (offset)base * O + k] = value;
            }
        }
        place += O * pitch_of(I);
    }

    // Softmax and cross-entropy. Sums and maxima are one thread's, the rest is everybody's.
    GLOBAL const int* last = layers + (layer_count - 1) * LAYER_LENGTH;
    const int classes = last[1];
    LOCAL const float* logits = z_here + last[3] * together;
    LOCAL float* e = a_here + last[3] * together;
    LOCAL float* dz_last = dz_here + last[3] * together;
    BARRIER();
    if (THREAD < R)
    {
        int prediction = 0;
        for (int o = 1; o < classes; o++)
        {
            if (logits[THREAD * classes + o] > logits[THREAD * classes + prediction])
            {
                prediction = o;
            }
        }
        answers[THREAD] = prediction;
    }
    BARRIER();
    for (int k = THREAD; k < R * classes; k += ROWS_THREADS)
    {
        const int b = k / classes;
        e[k] = elementary_exp(logits[k] - logits[b * classes + answers[b]]);
    }
    BARRIER();
    if (THREAD < R)
    {
        const int row = rows.first + base + THREAD;
        const int label = labels[images[model * images_stride + row]];
        float sum = 0.0f;
        for (int o = 0; o < classes; o++)
        {
            sum += e[THREAD * classes + o];
        }
        const int prediction = answers[THREAD];
        losses[model * results_stride + row] =
            elementary_log(sum) - (logits[THREAD * classes + label] - logits[THREAD * classes + prediction]);
        predictions[model * results_stride + row] = prediction;
        numbers[3 * together * units + THREAD] = sum;
        answers[THREAD] = label;
    }
    BARRIER();
    for (int k = THREAD; k < R * classes; k += ROWS_THREADS)
    {
        const int b = k / classes;
        const float target = k - b * classes == answers[b] ? 1.0f : 0.0f;
        const float value = (e[k] / numbers[3 * together * units + b] - target) / (float)rows.count;
        dz_last[k] = value;
        dz[all + (offset)last[3] * batch + (offset)base * classes + k] = value;
    }

    // Backward: da'[b,i] = Σ_o dz[b,o] · w[o,i], dz' = da' · f'(z', a').
    for (int layer = layer_count - 1; layer > 0; layer--)
    {
        GLOBAL const int* shape = layers + layer * LAYER_LENGTH;
        const int I = shape[0];
        const int O = shape[1];
        const int before = shape[3];
        const int above = before - I;
        place -= O * pitch_of(I);
        // The weights of the last layer are still there.
        if (!all_fit && layer < layer_count - 1)
        {
            BARRIER();
            stage(p + shape[2], I, O, weights);
        }
        BARRIER();
        LOCAL const float* w_OI = weights + (all_fit ? place : 0);
        LOCAL const float* dz_BO = dz_here + before * together;
        for (int k = THREAD; k < R * I; k += ROWS_THREADS)
        {
            const int b = k / I;
            const int i = k - b * I;
            float da = 0.0f;
            #pragma unroll 8
            for (int o = 0; o < O; o++)
            {
                da = FMA(dz_BO[b * O + o], w_OI[o * pitch_of(I) + i], da);
            }
            const int at = above * together + k;
            const float value = da * activation_derivative(activation, z_here[at], a_here[at], c);
            dz_here[at] = value;
            dz[all + (offset)above * batch + (offset)base * I + k] = value;
        }
    }
}

#define PASS_ROWS_KERNEL(NAME, INDEX) \
    KERNEL void pass_rows_##NAME(ROWS_PARAMETERS) \
    { \
        LOCAL_ARRAY float weights[ROWS_WEIGHTS]; \
        LOCAL_ARRAY float numbers[ROWS_NUMBERS]; \
        LOCAL_ARRAY int answers[ROWS_THREADS]; \
        pass_rows(weights, numbers, answers, INDEX, ROWS_ARGUMENTS); \
    }
