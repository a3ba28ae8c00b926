using Trainer.Storage;

namespace Trainer.Tests.Storage;

/// <summary>What a mount says about its locks.</summary>
public class MountTests
{
    private const string Table = """
        /dev/vda / ext4 rw,relatime 0 0
        proc /proc proc rw,relatime 0 0
        server:/home /home nfs4 rw,vers=4.2,local_lock=none,addr=10.0.0.1 0 0
        server:/old /old nfs rw,vers=3,nolock,local_lock=all 0 0
        server:/two\040words /mnt/two\040words nfs rw,local_lock=flock 0 0
        mds@tcp:/lustre /scratch lustre rw,flock,lazystatfs 0 0
        mds@tcp:/lustre /mnt/scratch lustre rw,localflock 0 0
        //server/share /share cifs rw,vers=3.1.1 0 0
        //server/share /share/loose cifs rw,nobrl 0 0
        me@host:/ /far fuse.sshfs rw 0 0
        tmpfs /covered nfs rw,nolock 0 0
        tmpfs /covered tmpfs rw 0 0
        """;

    [Theory]
    [InlineData("/tmp/results", "ext4", null)]
    [InlineData("/home/ada/results", "nfs4", null)]
    [InlineData("/homes", "ext4", null)]
    [InlineData("/old", "nfs", "nfs, mounted with nolock")]
    [InlineData("/mnt/two words/results", "nfs", "nfs, mounted with local_lock=flock")]
    [InlineData("/scratch/a", "lustre", null)]
    [InlineData("/mnt/scratch/a", "lustre", "lustre, mounted with localflock")]
    [InlineData("/share/a", "cifs", null)]
    [InlineData("/share/loose/a", "cifs", "cifs, mounted with nobrl")]
    [InlineData("/far/a", "fuse.sshfs", "fuse.sshfs")]
    [InlineData("/covered/a", "tmpfs", null)]
    public void MountOfAPath_IsTheInnermostAndLast_AndSaysWhetherItsLocksAreLocal(string path, string kind, string? why)
    {
        Mount? mount = Mount.Of(path, Table);
        Assert.NotNull(mount);
        Assert.Equal((kind, why), (mount.Kind, mount.WhyLocksAreLocal));
    }

    [Fact]
    public void TableThatIsNone_NamesNoMount() => Assert.Null(Mount.Of("/a", "not a table\n\n"));

    [Fact]
    public void OpenFile_HasTheMountThatTheSystemNames()
    {
        using var folder = new TempFolder();
        using var file = new FileStream(folder["file"], FileMode.Create);
        Mount? mount = Mount.Of(file.SafeFileHandle);
        Assert.Equal(OperatingSystem.IsLinux(), mount is not null);
        Assert.StartsWith(mount?.Point ?? "", folder.Root);
    }
}
