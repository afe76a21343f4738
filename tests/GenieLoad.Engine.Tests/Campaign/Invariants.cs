using System.Text.Json;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Simulation.Records;
using GenieLoad.Engine.Tests.Running;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Campaign;

/// <summary>What must hold of every run, whatever went wrong in it.</summary>
internal static class Invariants
{
    /// <summary>Checks a run that has ended in order.</summary>
    public static void Check(LoadRun run, Plan plan, SimulatorRecord truth, bool resends)
    {
        Accounts(run, plan);
        Journal(run);
        StoredRunDiff(run);
        AskedOnce(run, truth, resends);
        TruthOfRows(run, truth);
        Assert.All(run.Results.Where(row => row.StartedAt is not null), LoadTestOrchestratorTests.AddsUp);
    }

    /// <summary>
    /// Checks a run that was interrupted and has been resumed: nothing is open any more, nothing was lost, and nothing was asked twice.
    /// </summary>
    public static void CheckResumed(LoadRun resumed, LoadRun before, Plan plan, SimulatorRecord truth, bool resends)
    {
        Accounts(resumed, plan);
        StoredRunDiff(resumed);
        Assert.Equal(RunState.Completed, resumed.State);
        Assert.DoesNotContain(resumed.Results, CampaignRun.IsUnfinished);
        foreach ((QuestionResult old, QuestionResult row) in before.Results.Zip(resumed.Results))
        {
            if (!CampaignRun.IsUnfinished(old))
                Assert.Equal(JsonSerializer.Serialize(old, RunJson.Lines.QuestionResult),
                    JsonSerializer.Serialize(row, RunJson.Lines.QuestionResult));
            int most = resends ? 1 + old.FaultRetries + row.FaultRetries : 1;
            Assert.True(
                truth.TimesAccepted(row.Question) <= most,
                $"Question {row.Index} was accepted {truth.TimesAccepted(row.Question)} times: {JsonSerializer.Serialize(old, RunJson.Lines.QuestionResult)} resumed: {JsonSerializer.Serialize(row, RunJson.Lines.QuestionResult)} {string.Join(" / ", truth.Calls.Where(call => call.Question == row.Question).Select(call => $"{call.ArrivedAt.Utc:HH:mm:ss.fff} {call.Status} {call.Fault} {call.Accepted} {call.CompletedAt?.Utc:HH:mm:ss.fff}"))}");
        }
        TruthOfRows(resumed, truth);
    }

    /// <summary>Each planned question has one row, and the counts are the sum of the outcomes.</summary>
    public static void Accounts(LoadRun run, Plan plan)
    {
        Assert.Equal(plan.Questions.Select(question => question.Index).Order(), run.Results.Select(row => row.Index));
        Assert.All(run.Results, row => Assert.Contains(row.Outcome, Outcome.All));
        QuestionResult[] measured = [.. run.Results.Where(row => !row.IsWarmUp)];
        Assert.Equal(measured.Length, run.QuestionCount);
        Assert.Equal(plan.Questions.Count, run.QuestionCount + run.WarmUpCount);
        Assert.Equal(run.QuestionCount, measured.GroupBy(row => row.Outcome).Sum(outcome => outcome.Count()));
        Assert.Equal(measured.Count(row => row.Outcome == Outcome.Completed), run.SuccessfulCount);
        Assert.Equal(run.QuestionCount - run.SuccessfulCount, run.Causes.Sum(cause => cause.Count));
    }

    /// <summary>The file of rows has one line per question that was asked or turned away, and none of it is torn.</summary>
    private static void Journal(LoadRun run)
    {
        int[] written = [.. File.ReadLines(new RunFolder(run.RunPath!).ResultsPath)
            .Select(line => JsonSerializer.Deserialize(line, RunJson.Lines.QuestionResult)!.Index)];
        Assert.Equal(written.Length, written.Distinct().Count());
        int[] missing = [.. run.Results.Select(row => row.Index).Except(written)];
        Assert.All(run.Results.Where(row => missing.Contains(row.Index)), row => Assert.Equal(Outcome.NotStarted, row.Outcome));
    }

    /// <summary>What is shown is what the folder says.</summary>
    private static void StoredRunDiff(LoadRun run)
    {
        LoadRun read = RunReader.Read(run.RunPath!, warning => Assert.Fail(warning));
        Assert.Equal(JsonSerializer.Serialize(run, RunJson.Pretty.LoadRun), JsonSerializer.Serialize(read, RunJson.Pretty.LoadRun));
    }

    /// <summary>The service got no question twice, but for those whose owner wanted them sent again.</summary>
    public static void AskedOnce(LoadRun run, SimulatorRecord truth, bool resends)
    {
        foreach (QuestionResult row in run.Results)
        {
            int most = resends ? 1 + row.FaultRetries : 1;
            int accepted = truth.TimesAccepted(row.Question);
            Assert.True(accepted <= most, $"Question {row.Index} ({row.Outcome}) was accepted {accepted} times, {most} at most.");
        }
    }

    /// <summary>What a row says of its question is what became of it.</summary>
    private static void TruthOfRows(LoadRun run, SimulatorRecord truth)
    {
        Dictionary<string, SimulatedMessage> messages = truth.Messages.ToDictionary(message => message.MessageId);
        foreach (QuestionResult row in run.Results)
        {
            SimulatedMessage? message = row.MessageId is string id ? messages[id] : null;
            Assert.True(message is null || message.Question == row.Question, $"Question {row.Index} has the message of another.");
            if (row.Success)
                Assert.True(message?.FinalStatus is "COMPLETED" or "QUERY_RESULT_EXPIRED",
                    $"Question {row.Index} counts as answered and is {message?.FinalStatus}.");
            if (row.Outcome == Outcome.NotStarted)
                Assert.Equal(0, truth.TimesSent(row.Question));
            bool fateUnknown = row.Outcome is Outcome.Ambiguous or Outcome.Interrupted;
            Assert.True(
                message is not null || fateUnknown || row.FaultRetries > 0 || truth.TimesAccepted(row.Question) == 0,
                $"Question {row.Index} was accepted, and its row ({row.Outcome}, {row.ErrorType}, {row.ErrorText}) knows nothing of it.");
        }
    }
}
