namespace Trainer.Data;

/// <summary>How far the transfer of one file has come.</summary>
/// <param name="File">Its name.</param>
/// <param name="Received">Bytes on disk, those of an earlier transfer included; falls when a transfer starts over.</param>
/// <param name="Total">Length of the whole file in bytes.</param>
internal readonly record struct DownloadProgress(string File, long Received, long Total);
