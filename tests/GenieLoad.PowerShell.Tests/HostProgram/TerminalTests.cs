using System.Management.Automation;
using GenieLoad.Host.Terminals;
using Microsoft.Extensions.Time.Testing;

namespace GenieLoad.PowerShell.Tests.HostProgram;

public sealed class TerminalTests : IDisposable
{
    private const string Erase = "\r\e[K";

    private readonly FakeTimeProvider _time = new();
    private readonly StringWriter _screen = new();
    private readonly StringWriter _file = new();

    public void Dispose()
    {
        _screen.Dispose();
        _file.Dispose();
    }

    [Fact]
    public void Output_never_mixes_with_the_progress_line()
    {
        using var terminal = OnScreen();

        terminal.ShowProgress(0, Progress("1 of 2"));
        terminal.Write("a line\n");
        terminal.WriteErrorLine("an error");

        Assert.Equal($"{Erase}Test: 1 of 2{Erase}a line\n{Erase}Test: 1 of 2{Erase}an error\n{Erase}Test: 1 of 2", _screen.ToString());
    }

    [Fact]
    public void Half_a_line_is_not_overwritten()
    {
        using var terminal = OnScreen();

        terminal.Write("half");
        terminal.ShowProgress(0, Progress("1 of 2"));
        terminal.Write(" whole\n");

        Assert.Equal($"half whole\n{Erase}Test: 1 of 2", _screen.ToString());
    }

    [Fact]
    public void The_line_is_drawn_ten_times_a_second_and_its_last_state_is_shown()
    {
        using var terminal = OnScreen();

        for (var i = 1; i <= 50; i++)
            terminal.ShowProgress(0, Progress($"{i} of 50"));
        _time.Advance(TimeSpan.FromMilliseconds(100));

        Assert.Equal($"{Erase}Test: 1 of 50{Erase}Test: 50 of 50", _screen.ToString());
    }

    [Fact]
    public void The_line_goes_away_with_the_activity_and_with_the_terminal()
    {
        var terminal = OnScreen();
        terminal.ShowProgress(0, Progress("1 of 2"));
        terminal.ShowProgress(0, Progress("2 of 2", ProgressRecordType.Completed));
        Assert.EndsWith(Erase, _screen.ToString());

        terminal.ShowProgress(0, Progress("again"));
        terminal.Dispose();
        Assert.EndsWith("again" + Erase, _screen.ToString());
    }

    [Fact]
    public void A_native_program_has_the_screen_to_itself()
    {
        using var terminal = OnScreen();
        terminal.ShowProgress(0, Progress("1 of 2"));

        terminal.Hold();
        terminal.ShowProgress(0, Progress("2 of 2"));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal($"{Erase}Test: 1 of 2{Erase}", _screen.ToString());

        terminal.Resume();
        Assert.EndsWith($"{Erase}Test: 2 of 2", _screen.ToString());
    }

    [Fact]
    public void Progress_goes_to_the_screen_when_the_output_goes_to_a_file()
    {
        using var terminal = new Terminal(
            new TerminalStream(_file, isScreen: false, hasColours: false),
            new TerminalStream(_screen, isScreen: true, hasColours: false),
            () => 120, showProgress: true, mayAsk: false, _time);

        terminal.ShowProgress(0, Progress("1 of 2"));
        terminal.Write("data\n");

        Assert.Equal("data\n", _file.ToString());
        Assert.Contains("1 of 2", _screen.ToString());
    }

    [Fact]
    public void Colours_are_shown_where_wanted_and_taken_out_elsewhere()
    {
        var coloured = new TerminalStream(_screen, isScreen: true, hasColours: true);
        var plain = new TerminalStream(_screen, isScreen: true, hasColours: false);

        Assert.Equal("\e[91mbad\e[0m", coloured.Paint("bad", "\e[91m"));
        Assert.Equal("\e[32mgood\e[0m", coloured.Paint("\e[32mgood\e[0m", "\e[91m"));
        Assert.Equal("good", plain.Paint("\e[32mgood\e[0m", "\e[91m"));
    }

    [Theory]
    [InlineData(100, "Load test: 7 of 35 done [####................]  20% 1:05 left")]
    [InlineData(50, "Load test: 7 of 35 done  20% 1:05 left")]
    [InlineData(30, "Load test: 7...  20% 1:05 left")]
    [InlineData(5, "  20%")]
    public void The_line_fits_its_width(int width, string expected)
    {
        var line = new ProgressLine();
        line.Update(0, new ProgressRecord(1, "Load test", "7 of\n35 done") { PercentComplete = 20, SecondsRemaining = 65 });

        var text = line.Format(width);

        Assert.True(text.Length <= width);
        Assert.Equal(expected, text);
    }

    [Fact]
    public void What_changed_last_is_shown_and_the_rest_comes_back_when_it_is_done()
    {
        var line = new ProgressLine();
        line.Update(0, new ProgressRecord(1, "Outer", "running"));
        line.Update(0, new ProgressRecord(2, "Inner", "running") { SecondsRemaining = 3725 });
        Assert.Equal("Inner: running 1:02:05 left", line.Format(119));

        line.Update(0, new ProgressRecord(2, "Inner", "done") { RecordType = ProgressRecordType.Completed });
        Assert.Equal("Outer: running", line.Format(119));
    }

    private static ProgressRecord Progress(string status, ProgressRecordType type = ProgressRecordType.Processing) =>
        new(1, "Test", status) { RecordType = type };

    private Terminal OnScreen()
    {
        var stream = new TerminalStream(_screen, isScreen: true, hasColours: false);
        return new Terminal(stream, stream, () => 120, showProgress: true, mayAsk: false, _time);
    }
}
