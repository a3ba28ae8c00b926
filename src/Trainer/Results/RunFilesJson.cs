using System.Text.Json.Serialization;

namespace Trainer.Results;

/// <summary>How the JSON files of a run are made of their records, worked out when this program is built: to work it out at
/// each start took longer than to write the files. <see cref="JsonText"/> says how they look.</summary>
[JsonSerializable(typeof(CheckpointFile))]
[JsonSerializable(typeof(Manifest))]
[JsonSerializable(typeof(RunStatus))]
[JsonSerializable(typeof(RunSummary))]
internal sealed partial class RunFilesJson : JsonSerializerContext;
