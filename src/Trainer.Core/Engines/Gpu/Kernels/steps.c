// `control` says where the training is, so that the same recorded launches serve every step:
//   [parity] the number of the step in the epoch's plan; the last kernel of a step writes the next one to [1 - parity]
//   [2]      the step behind the last one to make; from it on every kernel returns at once
//   [3]      the row behind the last one: the last step may have fewer rows than `batch`
//   [4]      the step that x begins with: rows are gathered for several steps at once
//   [5]      the first row of step 0
#define END_STEP 2
#define END_ROW 3
#define GATHERED_FROM 4
#define FIRST_ROW 5

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
