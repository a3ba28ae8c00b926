using System.Buffers.Binary;
using Trainer.Data;

namespace Trainer.Benchmarks.Contestants;

/// <summary>A folder of four IDX files, by which all contestants get the same images.</summary>
internal static class IdxFolder
{
    private const uint ImagesMagic = 0x00000803;
    private const uint LabelsMagic = 0x00000801;

    /// <summary>Reads a folder, whatever images are in it.</summary>
    public static DataSet Read(string folder)
    {
        IdxFile[] files = [.. FashionMnistFiles.Official.All.Select(file => file.Read(file.FindIn(folder)!))];
        return new DataSet("benchmark", "", folder, Set(files[0], files[1]), Set(files[2], files[3]), FashionMnist.ClassNames);
    }

    /// <summary>Writes a data set, unpacked.</summary>
    public static void Write(string folder, DataSet data)
    {
        Directory.CreateDirectory(folder);
        FashionMnistFiles names = FashionMnistFiles.Official;
        WriteImages(Path.Combine(folder, names.TrainImages.Name), data.Train);
        WriteLabels(Path.Combine(folder, names.TrainLabels.Name), data.Train);
        WriteImages(Path.Combine(folder, names.TestImages.Name), data.Test);
        WriteLabels(Path.Combine(folder, names.TestLabels.Name), data.Test);
    }

    private static ImageSet Set(IdxFile images, IdxFile labels) =>
        new(images.Values, labels.Values, images.Dimensions[1], images.Dimensions[2]);

    private static void WriteImages(string path, ImageSet set) =>
        Write(path, set.Pixels, ImagesMagic, (uint)set.Count, (uint)set.Rows, (uint)set.Columns);

    private static void WriteLabels(string path, ImageSet set) => Write(path, set.Labels, LabelsMagic, (uint)set.Count);

    private static void Write(string path, byte[] values, params ReadOnlySpan<uint> header)
    {
        using FileStream file = File.Create(path);
        Span<byte> word = stackalloc byte[sizeof(uint)];
        foreach (uint number in header)
        {
            BinaryPrimitives.WriteUInt32BigEndian(word, number);
            file.Write(word);
        }
        file.Write(values);
    }
}
