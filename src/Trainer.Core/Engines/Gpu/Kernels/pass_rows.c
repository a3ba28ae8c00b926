// Rows through all layers behind the first and back, in one launch: what one row needs of the network, no other row
// computes. A group takes four rows; their numbers and the weights of a layer lie in local memory, or those of all layers
// where they fit. For networks whose later layers are small: a launch costs as much as such a layer.
//
// A thread computes one unit for the four rows: it reads a weight once for them, and while one sum waits for its fused
// multiply-add (4 cycles on most cards) the other three go on.
#define ROWS_TOGETHER 4
#define ROWS_THREADS 128
#define ROWS_WEIGHTS 9216
#define ROWS_NUMBERS 2564
// Threads that read neighbours.
#define LOAD_WIDTH 32

#define ROWS_PARAMETERS \
    GLOBAL const int* control, const int parity, const int batch, GLOBAL const uchar* labels, GLOBAL const int* images, \
    const int images_stride, GLOBAL const int* layers, const int layer_count, const int units, \
    GLOBAL const float* parameters, const int parameter_count, GLOBAL const float* z, GLOBAL float* a, GLOBAL float* dz, \
    GLOBAL float* losses, GLOBAL int* predictions, const int results_stride, \
    GLOBAL const float* constants, const int constant_count
#define ROWS_ARGUMENTS \
    control, parity, batch, labels, images, images_stride, layers, layer_count, units, parameters, parameter_count, z, a, dz, \
    losses, predictions, results_stride, constants, constant_count

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

// sum_R[r] += x_KR[k, r] · w[k · step] for k ascending.
INLINE void add_products(LOCAL const float* x_KR, LOCAL const float* w, const int step, const int K, float* sum_R)
{
    #pragma unroll 4
    for (int k = 0; k < K; k++)
    {
        float x_R[ROWS_TOGETHER];
        take(ROWS_TOGETHER, x_KR + k * ROWS_TOGETHER, x_R);
        const float weight = w[k * step];
        #pragma unroll
        for (int r = 0; r < ROWS_TOGETHER; r++)
        {
            sum_R[r] = FMA(x_R[r], weight, sum_R[r]);
        }
    }
}

// The loss of each row from its logits, which become the gradient to them; one of the passes is one thread's for each row,
// because it is a sum in order.
//   z_OR       the logits
//   e_OR, sum_R, answer_R   room
INLINE void loss_of_rows(
    const rows_t rows, const int base, const int R, const int O, GLOBAL const uchar* labels, GLOBAL const int* images,
    LOCAL float* z_OR, LOCAL float* e_OR, LOCAL float* sum_R, LOCAL int* answer_R, GLOBAL float* losses, GLOBAL int* predictions)
{
    const int row = rows.first + base + THREAD;
    if (THREAD < R)
    {
        int prediction = 0;
        for (int o = 1; o < O; o++)
        {
            if (z_OR[o * ROWS_TOGETHER + THREAD] > z_OR[prediction * ROWS_TOGETHER + THREAD])
            {
                prediction = o;
            }
        }
        answer_R[THREAD] = prediction;
    }
    BARRIER();
    for (int k = THREAD; k < O * ROWS_TOGETHER; k += ROWS_THREADS)
    {
        const int r = k % ROWS_TOGETHER;
        if (r < R)
        {
            e_OR[k] = elementary_exp(z_OR[k] - z_OR[answer_R[r] * ROWS_TOGETHER + r]);
        }
    }
    BARRIER();
    if (THREAD < R)
    {
        const int label = labels[images[row]];
        const int prediction = answer_R[THREAD];
        float sum = 0.0f;
        for (int o = 0; o < O; o++)
        {
            sum += e_OR[o * ROWS_TOGETHER + THREAD];
        }
        losses[row] = elementary_log(sum) - (z_OR[label * ROWS_TOGETHER + THREAD] - z_OR[prediction * ROWS_TOGETHER + THREAD]);
        predictions[row] = prediction;
        sum_R[THREAD] = sum;
        answer_R[THREAD] = label;
    }
    BARRIER();
    for (int k = THREAD; k < O * ROWS_TOGETHER; k += ROWS_THREADS)
    {
        const int r = k % ROWS_TOGETHER;
        const float target = r < R && k / ROWS_TOGETHER == answer_R[r] ? 1.0f : 0.0f;
        z_OR[k] = r < R ? (e_OR[k] / sum_R[r] - target) / (float)rows.count : 0.0f;
    }
}

INLINE void pass_rows(LOCAL float* weights, LOCAL float* numbers, LOCAL int* answers, const int activation, ROWS_PARAMETERS)
{
    const rows_t rows = rows_of_step(control, parity, batch);
    const int base = GROUP_X * ROWS_TOGETHER;
    if (base >= rows.count)
    {
        return;
    }
    const int R = rows.count - base < ROWS_TOGETHER ? rows.count - base : ROWS_TOGETHER;
    const offset model = GROUP_Z;
    const offset all = model * units * batch;
    GLOBAL const float* p = parameters + model * parameter_count;
    GLOBAL const float* c = constants + model * constant_count;
    // Unit after unit, the four rows of one side by side. On the way back dz takes the place of z.
    LOCAL float* z_here = numbers;
    LOCAL float* a_here = numbers + ROWS_TOGETHER * units;

    // Layer 0, which another kernel computed; and how much room the weights of the others take.
    const int O_0 = layers[1];
    for (int o = THREAD; o < O_0; o += ROWS_THREADS)
    {
        for (int r = 0; r < ROWS_TOGETHER; r++)
        {
            const offset at = all + (offset)(base + r) * O_0 + o;
            z_here[o * ROWS_TOGETHER + r] = r < R ? z[at] : 0.0f;
            a_here[o * ROWS_TOGETHER + r] = r < R ? a[at] : 0.0f;
        }
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
        if (!all_fit)
        {
            BARRIER();
            stage(p + shape[2], I, O, weights);
        }
        BARRIER();
        LOCAL const float* w_OI = weights + (all_fit ? place : 0);
        for (int o = THREAD; o < O; o += ROWS_THREADS)
        {
            const float bias = p[shape[2] + (offset)O * I + o];
            float z_R[ROWS_TOGETHER] = {bias, bias, bias, bias};
            add_products(a_here + (before - I) * ROWS_TOGETHER, w_OI + o * pitch_of(I), 1, I, z_R);
            #pragma unroll
            for (int r = 0; r < ROWS_TOGETHER; r++)
            {
                const int here = (before + o) * ROWS_TOGETHER + r;
                z_here[here] = z_R[r];
                if (layer < layer_count - 1)
                {
                    const float value = activation_value(activation, z_R[r], c);
                    a_here[here] = value;
                    if (r < R)
                    {
                        a[all + (offset)before * batch + (offset)(base + r) * O + o] = value;
                    }
                }
            }
        }
        place += O * pitch_of(I);
    }

    BARRIER();
    GLOBAL const int* last = layers + (layer_count - 1) * LAYER_LENGTH;
    LOCAL float* logits = z_here + last[3] * ROWS_TOGETHER;
    loss_of_rows(
        rows, base, R, last[1], labels, images + model * images_stride, logits, a_here + last[3] * ROWS_TOGETHER,
        numbers + 2 * ROWS_TOGETHER * units, answers, losses + model * results_stride, predictions + model * results_stride);
    BARRIER();
    for (int k = THREAD; k < last[1] * ROWS_TOGETHER; k += ROWS_THREADS)
    {
        const int r = k % ROWS_TOGETHER;
        if (r < R)
        {
            dz[all + (offset)last[3] * batch + (offset)(base + r) * last[1] + k / ROWS_TOGETHER] = logits[k];
        }
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
        for (int i = THREAD; i < I; i += ROWS_THREADS)
        {
            float da_R[ROWS_TOGETHER] = {0.0f, 0.0f, 0.0f, 0.0f};
            add_products(z_here + before * ROWS_TOGETHER, w_OI + i, pitch_of(I), O, da_R);
            #pragma unroll
            for (int r = 0; r < ROWS_TOGETHER; r++)
            {
                const int here = (above + i) * ROWS_TOGETHER + r;
                const float value = da_R[r] * activation_derivative(activation, z_here[here], a_here[here], c);
                z_here[here] = value;
                if (r < R)
                {
                    dz[all + (offset)above * batch + (offset)(base + r) * I + i] = value;
                }
            }
        }
    }
}

#define PASS_ROWS_KERNEL(NAME, INDEX) \
    KERNEL_OF(ROWS_THREADS) void pass_rows_##NAME(ROWS_PARAMETERS) \
    { \
        LOCAL_ARRAY float weights[ROWS_WEIGHTS]; \
        LOCAL_ARRAY float numbers[ROWS_NUMBERS]; \
        LOCAL_ARRAY int answers[ROWS_TOGETHER]; \
        pass_rows(weights, numbers, answers, INDEX, ROWS_ARGUMENTS); \
    }
