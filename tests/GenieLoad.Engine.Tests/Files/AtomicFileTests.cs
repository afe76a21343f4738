using GenieLoad.Engine.Files;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Files;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_new_file_holds_what_was_written_and_nothing_lies_beside_it()
    {
        AtomicFile.Write(_folder.File("a.txt"), stream => stream.Write("new"u8), overwrite: false);

        Assert.Equal("new", File.ReadAllText(_folder.File("a.txt")));
        Assert.Single(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_file_that_exists_is_kept_unless_overwriting_is_wanted()
    {
        File.WriteAllText(_folder.File("a.txt"), "old");

        GenieLoadException error = Assert.Throws<GenieLoadException>(
            () => AtomicFile.Write(_folder.File("a.txt"), stream => stream.Write("new"u8), overwrite: false));

        Assert.Equal("FileExists", error.ErrorId);
        Assert.Equal("old", File.ReadAllText(_folder.File("a.txt")));
        AtomicFile.Write(_folder.File("a.txt"), stream => stream.Write("new"u8), overwrite: true);
        Assert.Equal("new", File.ReadAllText(_folder.File("a.txt")));
    }

    [Fact]
    public void A_failure_half_way_leaves_the_old_file_and_no_other()
    {
        File.WriteAllText(_folder.File("a.txt"), "old");

        Assert.Throws<InvalidDataException>(() => AtomicFile.Write(_folder.File("a.txt"), WriteAndFail, overwrite: true));

        Assert.Equal("old", File.ReadAllText(_folder.File("a.txt")));
        Assert.Single(Directory.GetFileSystemEntries(_folder.Path));

        static void WriteAndFail(Stream stream)
        {
            stream.Write("half"u8);
            throw new InvalidDataException();
        }
    }

    [Fact]
    public void The_content_is_not_visible_before_it_is_whole()
    {
        string path = _folder.File("a.txt");

        AtomicFile.Write(path, stream => { stream.Write("new"u8); stream.Flush(); Assert.False(File.Exists(path)); }, overwrite: false);

        Assert.True(File.Exists(path));
    }

    [Fact]
    public void A_file_that_comes_into_being_while_writing_is_not_overwritten()
    {
        string path = _folder.File("a.txt");

        GenieLoadException error = Assert.Throws<GenieLoadException>(
            () => AtomicFile.Write(path, _ => File.WriteAllText(path, "other"), overwrite: false));

        Assert.Equal("FileExists", error.ErrorId);
        Assert.Equal("other", File.ReadAllText(path));
    }

    [Fact]
    public void A_folder_that_does_not_exist_and_a_folder_in_the_way_are_named()
    {
        Directory.CreateDirectory(_folder.File("folder"));
        (string Path, string ErrorId, string Named)[] cases =
        [
            (_folder.File("missing/a.txt"), "FolderNotFound", _folder.File("missing")),
            (_folder.File("folder"), "FileNotWritable", _folder.File("folder")),
        ];
        foreach ((string path, string errorId, string named) in cases)
        {
            GenieLoadException error = Assert.Throws<GenieLoadException>(
                () => AtomicFile.Write(path, stream => stream.Write("new"u8), overwrite: true));
            Assert.Equal(errorId, error.ErrorId);
            Assert.Contains($"'{named}'", error.Message, StringComparison.Ordinal);
            // Nobody knows the temporary file that is written first.
            Assert.DoesNotContain($"{Path.DirectorySeparatorChar}.", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_the_system_says_of_the_temporary_file_is_said_of_the_file()
    {
        string path = _folder.File("a.txt");

        GenieLoadException error = Assert.Throws<GenieLoadException>(() => AtomicFile.Write(
            path, stream => throw new IOException($"No room for '{((FileStream)stream).Name}'."), overwrite: true));

        Assert.Equal($"The file '{path}' could not be written: No room for '{path}'.", error.Message);
    }

    /// <summary>What Windows says while somebody reads the file that is to be replaced.</summary>
    [Theory]
    [InlineData(2, 3, true)]
    [InlineData(3, 3, false)]
    [InlineData(1, 1, false)]
    public void A_file_that_somebody_reads_is_replaced_a_moment_later(int refusals, int tries, bool replaced)
    {
        int calls = 0;
        void Move()
        {
            if (calls++ < refusals)
                throw new UnauthorizedAccessException("in use");
        }

        Exception? error = Record.Exception(() => AtomicFile.WhenNobodyReads(Move, tries));

        Assert.Equal((replaced, Math.Min(refusals + 1, tries)), (error is null, calls));
    }
}
