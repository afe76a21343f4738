using System.Diagnostics;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Tests.Campaign;

namespace GenieLoad.Engine.Tests.Genie;

public class HandleLimitTests
{
    private static readonly Uri Remote = new("https://workspace.example");

    [Theory]
    [InlineData(null, 100, 1, GenieHttp.MostConnections)]
    [InlineData(1024, 100, 1, 812)]
    [InlineData(1024, 100, 4, 203)]
    [InlineData(1024, 2000, 1, 1)]
    [InlineData(1_000_000, 100, 1, GenieHttp.MostConnections)]
    public void Connections_leave_a_reserve_and_are_shared_by_the_clients(int? limit, int used, int clients, int expected) =>
        Assert.Equal(expected, HandleLimit.Connections(Remote, clients, limit, used));

    [Fact]
    public void A_simulator_in_the_same_process_has_a_handle_for_each_connection_too() =>
        Assert.Equal(406, HandleLimit.Connections(new Uri("http://127.0.0.1:80"), 1, 1024, 100));

    [Fact]
    public async Task More_workers_than_handles_finish_and_every_question_is_accounted_for()
    {
        if (!OperatingSystem.IsLinux())
            return;
        using Process child = ChildProgram.StartUnderHandleLimit(256, "handles", "300");

        string told = await child.StandardOutput.ReadToEndAsync().WaitAsync(TimeSpan.FromMinutes(5));
        await child.WaitForExitAsync();

        Assert.Equal((0, "Completed 300"), (child.ExitCode, told.Trim()));
    }
}
