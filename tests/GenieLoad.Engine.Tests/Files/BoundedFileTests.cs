using GenieLoad.Engine.Credentials;
using GenieLoad.Engine.Files;
using GenieLoad.Engine.Questions;
using GenieLoad.Engine.Scenarios;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Engine.Verdicts;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Files;

public sealed class BoundedFileTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    private string Sized(string name, long bytes)
    {
        string path = _temporary.File(name);
        using FileStream file = File.Create(path);
        file.SetLength(bytes);
        return path;
    }

    [Fact]
    public void A_file_of_the_size_allowed_is_read_and_one_byte_more_is_refused_before_it_is_read()
    {
        Assert.Equal(1000, BoundedFile.ReadAllBytes(Sized("a", 1000), 1000).Length);

        IOException error = Assert.Throws<IOException>(() => BoundedFile.OpenRead(Sized("b", 1025), 1024));

        Assert.Contains("1 KB", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_grows_while_it_is_read_ends_at_the_measure()
    {
        string path = Sized("a", 10);
        using Stream stream = BoundedFile.OpenRead(path, 100);
        File.WriteAllBytes(path, new byte[5000]);

        Assert.Contains("100 bytes", Assert.Throws<IOException>(() => stream.CopyTo(Stream.Null)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_named_pipe_is_refused_and_not_waited_for_also_behind_a_link()
    {
        if (OperatingSystem.IsWindows())
            return;
        string pipe = _temporary.File("pipe");
        NamedPipe.Make(pipe);
        string link = _temporary.File("link");
        File.CreateSymbolicLink(link, pipe);

        foreach (string path in (string[])[pipe, link])
        {
            IOException error = await Assert.ThrowsAsync<IOException>(() => NamedPipe.WithoutWaiting(() => BoundedFile.OpenRead(path, 10)));
            Assert.Contains("named pipe", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_device_without_end_is_refused()
    {
        if (OperatingSystem.IsWindows())
            return;

        Assert.Contains("device", Assert.Throws<IOException>(() => BoundedFile.OpenRead("/dev/zero", 10)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_whose_length_is_not_told_is_read_to_its_end()
    {
        if (!OperatingSystem.IsLinux())
            return;

        Assert.NotEmpty(BoundedFile.ReadAllBytes("/proc/self/status", BoundedFile.SmallSize));
    }

    [Fact]
    public void A_folder_is_no_pipe_and_neither_is_what_is_not_there()
    {
        Assert.False(FileKind.IsPipeOrDevice(_temporary.Path));
        Assert.False(FileKind.IsPipeOrDevice(_temporary.File("none")));
        Assert.False(FileKind.IsPipeOrDevice(Sized("a", 1)));
    }

    public static TheoryData<string, string> Readers => new()
    {
        { "questions.txt", "FileNotReadable" },
        { "questions.csv", "FileNotReadable" },
        { "scenarios.json", "FileNotReadable" },
        { "databrickscfg", "ProfileFileNotReadable" },
        { "baseline.json", "BaselineUnreadable" },
    };

    [Theory]
    [MemberData(nameof(Readers))]
    public async Task Every_reader_of_a_named_file_refuses_what_is_no_file_and_what_is_too_large(string name, string errorId)
    {
        string large = Sized(name, 3L << 30);
        GenieLoadException error = Assert.Throws<GenieLoadException>(() => Read(large));
        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains("larger than", error.Message, StringComparison.Ordinal);
        Assert.Contains(large, error.Message, StringComparison.Ordinal);
        if (OperatingSystem.IsWindows())
            return;

        NamedPipe.Make(large);
        error = await Assert.ThrowsAsync<GenieLoadException>(() => NamedPipe.WithoutWaiting(() => Read(large)));
        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains("named pipe", error.Message, StringComparison.Ordinal);
    }

    private static void Read(string path)
    {
        switch (Path.GetFileName(path))
        {
            case "databrickscfg":
                ProfileFile.Read(path);
                break;
            case "baseline.json":
                BaselineRun.Read(path);
                break;
            case "scenarios.json":
                ScenarioFile.Read(path, _ => throw new NotSupportedException());
                break;
            default:
                QuestionFile.Read(path);
                break;
        }
    }
}
