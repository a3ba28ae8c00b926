namespace Trainer.Tests.Data;

/// <summary>What a <see cref="LocalMirror"/> was asked for.</summary>
/// <param name="File">The last part of the path.</param>
/// <param name="From">The first byte wanted by a Range header; null without one.</param>
internal sealed record MirrorRequest(string File, long? From);
