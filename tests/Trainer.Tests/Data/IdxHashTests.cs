using System.Security.Cryptography;
using Trainer.Data;

namespace Trainer.Tests.Data;

public class IdxHashTests
{
    [Fact]
    public void Of_IsTheHashOfTheFourFiles_OneAfterTheOther()
    {
        var train = new ImageSet([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], [7, 9], rows: 2, columns: 3);
        var test = new ImageSet([20, 21, 22, 23, 24, 25], [4], rows: 2, columns: 3);
        byte[] files =
        [
            0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,
            0, 0, 8, 1, 0, 0, 0, 2, 7, 9,
            0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 20, 21, 22, 23, 24, 25,
            0, 0, 8, 1, 0, 0, 0, 1, 4,
        ];
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(files)), IdxHash.Of(train, test));
    }

    [Fact]
    public void Of_WritesCountsHighByteFirst()
    {
        // 0x0102 = 258 images of one pixel.
        var train = new ImageSet(new byte[258], new byte[258], rows: 1, columns: 1);
        var test = new ImageSet([5], [0], rows: 1, columns: 1);
        byte[] files =
        [
            0, 0, 8, 3, 0, 0, 1, 2, 0, 0, 0, 1, 0, 0, 0, 1, .. new byte[258],
            0, 0, 8, 1, 0, 0, 1, 2, .. new byte[258],
            0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 5,
            0, 0, 8, 1, 0, 0, 0, 1, 0,
        ];
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(files)), IdxHash.Of(train, test));
    }
}
