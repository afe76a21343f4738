using GenieLoad.Engine.Logging;
using GenieLoad.Engine.Planning;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Sessions;

/// <summary>The rest of a run that came to an early end, held until it is over.</summary>
internal sealed class ResumedLoadTest : LoadTestSession
{
    private readonly UnfinishedRun _unfinished;
    private readonly bool _resendAmbiguous;

    private ResumedLoadTest(UnfinishedRun unfinished, SessionOptions options, bool resendAmbiguous)
        : base(unfinished.Run.Plan, options)
    {
        _unfinished = unfinished;
        _resendAmbiguous = resendAmbiguous;
    }

    public override string Describe(int width = 0)
    {
        int lost = _resendAmbiguous ? 0 : _unfinished.Lost.Count;
        int toAsk = _unfinished.Run.Results.Count - _unfinished.Finished.Count - _unfinished.Open.Count - lost;
        string[] parts =
        [
            .. Part("ask", toAsk, ""), .. Part("fetch the answers to", _unfinished.Open.Count, " already sent"),
            .. Part("keep", _unfinished.Finished.Count, " already finished"),
        ];
        string text = parts.Length == 0 ? "nothing left to do" : string.Join(", ", parts);
        if (toAsk > 0)
            text += $"; Genie {PlanCost.GenieText(toAsk)}";
        if (Plan.ExpectedQueries is { } queries)
            text += $"; run {ExpectedCheck.Text(queries.Count)}";
        return char.ToUpperInvariant(text[0]) + text[1..];
    }

    public override int FinishedBefore => _unfinished.Finished.Count;

    private protected override int EndedBefore =>
        FinishedBefore + _unfinished.Lost.Count(row => LoadTest.IsGivenUp(row, _resendAmbiguous));

    private protected override IReadOnlyList<ExpectedAnswer> ExpectedBefore => _unfinished.Run.ExpectedAnswers;

    public override string RunId => _unfinished.Run.RunId;

    public static ResumedLoadTest Of(UnfinishedRun unfinished, Func<RunSettings, SessionOptions> options, bool resendAmbiguous)
    {
        ArgumentNullException.ThrowIfNull(unfinished);
        try
        {
            if (unfinished.Settings.Search is not null)
                throw SessionsErrors.ProbeNotResumable(unfinished.Run);
            SessionOptions made = options(unfinished.Settings);
            made.Validate();
            return new ResumedLoadTest(unfinished, made, resendAmbiguous);
        }
        catch
        {
            unfinished.Dispose();
            throw;
        }
    }

    /// <summary>What is done with so many questions; nothing where there are none.</summary>
    private static string[] Part(string verb, int count, string which) =>
        count == 0 ? [] : [$"{verb} {count} {(count == 1 ? "question" : "questions")}{which}"];

    /// <summary>Gives the run back.</summary>
    public override void Dispose()
    {
        _unfinished.Dispose();
        base.Dispose();
    }

    private protected override IReadOnlyList<SessionSpace> SpacesOf(IReadOnlyList<Connection> connections) =>
        RunSpaces.Of(_unfinished.Run, connections);

    private protected override IEnumerable<string> WarningsOf(IReadOnlyList<RunTarget> targets) =>
        from before in _unfinished.Run.Connections
        join target in targets on before.Name equals target.Connection.Name
        where before.SpaceFingerprint is string known && target.Connection.SpaceFingerprint != known
        select $"The space {ShownValue.Of(before.SpaceTitle ?? before.SpaceId)} has changed since the run began: its answers before and "
            + "after the interruption may differ.";

    private protected override Task<LoadRun> CarryOutAsync(
        IReadOnlyList<RunTarget> targets, IRunWatcher watcher, CancellationToken stop) =>
        LoadTest.ResumeAsync(targets, _unfinished, RunOptions, _resendAmbiguous, watcher, stop, Options.Rules());
}
