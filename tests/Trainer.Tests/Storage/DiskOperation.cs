namespace Trainer.Tests.Storage;

/// <summary>What is asked of a disk.</summary>
public enum DiskOperation
{
    CreateFolder,
    Create,
    Append,
    Write,
    SetLength,
    Flush,
    Rename,
    DeleteFile,
    DeleteFolder,
    FlushFolder,
}
