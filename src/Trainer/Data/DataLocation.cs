namespace Trainer.Data;

/// <summary>Where Fashion-MNIST is, or will be.</summary>
/// <param name="Place">Which of the places was taken.</param>
/// <param name="Folder">Its folder; with <see cref="DataPlace.Download"/> it need not exist yet.</param>
/// <param name="Reason">Why this place, in words for people: "--data names it".</param>
internal sealed record DataLocation(DataPlace Place, string Folder, string Reason);
