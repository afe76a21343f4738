using System.Management.Automation;
using GenieLoad.Engine.Sessions;
using GenieLoad.Engine.Sessions.Evaluating;
using GenieLoad.Model;
using GenieLoad.PowerShell.LoadTests;

namespace GenieLoad.PowerShell.Commands;

/// <summary>Evaluations of the benchmarks with the test.</summary>
public sealed partial class InvokeGenieLoadTestCommand
{
    // As with a measurement of the rate limit: fewer need no consent.
    private const int MostEvaluatedWithoutConsent = 100;

    /// <summary>When the benchmarks of the space are evaluated.</summary>
    [Parameter(HelpMessage = "Evaluate the benchmarks of the space Before, During or After the load, or several of these, to see whether "
        + "load costs accuracy. Each evaluation asks all benchmarks.")]
    [ValidateSet(EvaluationTime.Before, EvaluationTime.During, EvaluationTime.After)]
    [ValidateNotNullOrEmpty]
    public string[] Evaluate { get; set; } = [];

    private SessionOptions WithEvaluations(SessionOptions options) => options with
    {
        Evaluations = [.. EvaluationTime.All.Where(time => Evaluate.Contains(time, StringComparer.OrdinalIgnoreCase))],
    };

    private bool ConsentsToEvaluations(LoadTestSession session)
    {
        if (Evaluate.Length == 0 || Force || Given("Confirm") || session.Connections.All(connection => connection.IsSimulator))
            return true;
        int times = Evaluate.Distinct(StringComparer.OrdinalIgnoreCase).Count();
        int most = times * session.Connections.Count() * EvaluationRequest.MostBenchmarks;
        return new Consent(MostEvaluatedWithoutConsent, TimeSpan.MaxValue).Given(
            this, most, TimeSpan.Zero,
            FormattableString.Invariant($"The evaluations ask every benchmark of the space {times} {(times == 1 ? "time" : "times")}, ")
                + FormattableString.Invariant($"at most {most:#,0} questions beside those of the test"));
    }
}
