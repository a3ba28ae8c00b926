// `control` says where the training is, so that the same recorded launches serve every step:
//   [parity] the number of the step in the epoch's plan; the last kernel of a step writes the next one to [1 - parity]
//   [2]      the step behind the last one to make; from it on every kernel returns at once
//   [3]      the row behind the last one: the last step may have fewer rows than `batch`
//   [4]      the step that x begins with: rows are gathered for several steps at once
//   [5]      the first row of step 0
//   [6]      rows of the batch that passed before these: 0 unless it passes in portions
//   [7]      rows of the whole batch if it passes in portions, else 0
//   [8]      the number of step 0 in the epoch's plan: a portion's control counts its steps for itself
//   [9]      the row that prepared inputs begin with
#define END_STEP 2
#define END_ROW 3
#define GATHERED_FROM 4
#define FIRST_ROW 5
#define ROWS_BEFORE 6
#define WHOLE_BATCH 7
#define STEP_BEFORE 8
#define PREPARED_FROM 9
#define CONTROL_LENGTH 10

// `layers` says of each layer: inputs, outputs, where its weights lie, outputs of the layers before it, and its first group
// in the update.
#define LAYER_LENGTH 5

// The rows of a step: how many, and the first.
typedef struct
{
    int step;
    int first;
    int count;
} rows_t;

INLINE rows_t rows_of_step(GLOBAL const int* control, const int parity, const int batch)
{
    rows_t rows;
    rows.step = control[parity];
    rows.first = control[FIRST_ROW] + rows.step * batch;
    const int left = control[END_ROW] - rows.first;
    rows.count = rows.step >= control[END_STEP] ? 0 : left < batch ? left : batch;
    return rows;
}

// Rows of the whole batch that the rows of a step belong to.
INLINE int rows_of_batch(GLOBAL const int* control, const rows_t rows)
{
    const int whole = control[WHOLE_BATCH];
    return whole > 0 ? whole : rows.count;
}

// A batch that passes in portions: each is a step of its own for the kernels that it passes through, which read
// `control_of_portion`.
#define PORTION_PARAMETERS \
    GLOBAL const int* control, const int parity, const int batch, const int portion, const int portion_rows, GLOBAL int* control_of_portion
#define PORTION_ARGUMENTS control, parity, batch, portion, portion_rows, control_of_portion

INLINE void begin_portion_of_batch(PORTION_PARAMETERS)
{
    const rows_t rows = rows_of_step(control, parity, batch);
    const int before = portion * portion_rows;
    if (THREAD == 0)
    {
        control_of_portion[0] = 0;
        control_of_portion[END_STEP] = before < rows.count ? 1 : 0;
        control_of_portion[END_ROW] = rows.first + rows.count;
        control_of_portion[GATHERED_FROM] = 0;
        control_of_portion[FIRST_ROW] = rows.first + before;
        control_of_portion[ROWS_BEFORE] = before;
        control_of_portion[WHOLE_BATCH] = rows.count;
        control_of_portion[STEP_BEFORE] = rows.step;
        control_of_portion[PREPARED_FROM] = control[PREPARED_FROM];
    }
}

#define PORTION_KERNEL \
    KERNEL_OF(1) void begin_portion(PORTION_PARAMETERS) \
    { \
        begin_portion_of_batch(PORTION_ARGUMENTS); \
    }
