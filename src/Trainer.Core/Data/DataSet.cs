namespace Trainer.Data;

/// <summary>A training and a test set with the name and hash that every artefact made from it carries.</summary>
/// <param name="Name">"fashion-mnist" means the official files and nothing else; "embedded-garments" our own drawings.</param>
/// <param name="Hash">SHA-256, lower-case hexadecimal, over the four raw IDX files' contents in the order train images,
/// train labels, test images, test labels: the same for the same pixels, wherever they came from.</param>
/// <param name="Origin">Where it came from, for people: a folder, or "drawn from seed 1".</param>
/// <param name="Train">The official training images.</param>
/// <param name="Test">The official test images.</param>
/// <param name="ClassNames">The name of each class, by label.</param>
public sealed record DataSet(
    string Name, string Hash, string Origin, ImageSet Train, ImageSet Test, IReadOnlyList<string> ClassNames);
