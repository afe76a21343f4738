using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Sessions;
using GenieLoad.Engine.Tests.Planning;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Engine.Tests.Verdicts;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Sessions;

/// <summary>In which mode the questions of a search for a capacity are planned.</summary>
public sealed class CapacityModeTests : IDisposable
{
    private readonly CapacitySpace _space = new(CapacitySpace.Twenty);
    private readonly LoadRun _run = SyntheticRun.Draw(seed: 1, count: 40);

    public void Dispose() => _space.Dispose();

    [Fact]
    public void A_search_asks_in_its_modes_and_goes_on_in_them()
    {
        LoadRun mixed = Asked(null, QuestionMode.Agent);
        var begun = new CapacitySession(From(mixed) with { Mode = "Agent, Chat", ModeWeight = "1, 3" }, _space.Connection);
        LoadRun first = ProbeOf(begun);

        CapacitySession rest = CapacitySession.Resume(
            first, _space.Request with { Prediction = new CapacityRequest { Slo = [], Run = mixed } }, _space.Connection);
        LoadRun second = ProbeOf(rest);

        Assert.NotEqual(first.RunId, second.RunId);
        Assert.All(new[] { first, second }, probe =>
        {
            int people = probe.Plan.UserCount!.Value;
            Assert.InRange(PeopleIn(probe, QuestionMode.Agent), (people / 4.0) - 0.5, (people / 4.0) + 0.5);
            Assert.Equal(people, PeopleIn(probe, QuestionMode.Agent) + PeopleIn(probe, null));
        });
    }

    [Fact]
    public void A_search_from_a_run_asks_as_the_run_was_asked()
    {
        LoadRun probe = ProbeOf(new CapacitySession(From(Asked(QuestionMode.Agent)), _space.Connection));

        Assert.Equal(probe.Plan.UserCount, PeopleIn(probe, QuestionMode.Agent));
    }

    [Fact]
    public void A_run_of_another_mode_and_what_is_no_mode_are_refused_before_anything_is_asked()
    {
        CapacitySessionRequest chat = From(_run);

        ErrorAssert.Refused(
            "OtherMode", () => new CapacitySession(chat with { Mode = "Agent" }, _space.Connection), _run.RunId, "Chat", "Mode is Agent");
        ErrorAssert.Refused("OtherMode", () => new CapacitySession(chat with { Mode = "Chat, Agent" }, _space.Connection));
        ErrorAssert.Refused(
            "InvalidScenarioValue", () => new CapacitySession(chat with { Mode = "Fast" }, _space.Connection), "-Mode is 'Fast'");
        ErrorAssert.Refused(
            "InvalidScenarioValue", () => new CapacitySession(chat with { Mode = "Chat", ModeWeight = "2" }, _space.Connection),
            "-ModeWeight is '2'");
        Assert.NotNull(new CapacitySession(chat with { Mode = "Chat" }, _space.Connection));
        Assert.Equal(0, (int)_space.Simulator.Record.QuestionCount);
    }

    private CapacitySessionRequest From(LoadRun run) =>
        _space.Request with { Prediction = _space.Request.Prediction with { Run = run } };

    private LoadRun Asked(params string?[] modes) => _run with { Plan = SampleRun.InModes(_run.Plan, modes) };

    private LoadRun ProbeOf(CapacitySession session)
    {
        _space.StopInProbe(session, 1);
        return RunReader.Read(_space.Store.Find(session.LatestRunId!).Path);
    }

    private static int PeopleIn(LoadRun probe, string? mode) =>
        probe.Plan.Questions.Where(question => question.Mode == mode).Select(question => question.User).Distinct().Count();
}
