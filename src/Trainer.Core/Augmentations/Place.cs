namespace Trainer.Augmentations;

/// <summary>Which random word of a row each part takes (<see cref="RowWords"/>). The numbers are part of the format: never
/// renumber.</summary>
internal enum Place
{
    ShiftX = 0,
    ShiftY = 1,
    Rotation = 2,
    Scale = 3,
    Shear = 4,
    Flip = 5,

    /// <summary>Whether to erase.</summary>
    Erase = 6,

    /// <summary>The first attempt: area, aspect, left, top; the next attempt has the next four.</summary>
    Rectangle = 8,

    /// <summary>The field of x displacements, a word a pixel, row by row; then that of y. 48 to 63 are free for more parts.</summary>
    Elastic = 64,
}
