using System.Globalization;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;
using Xunit.Abstractions;

namespace GenieLoad.Engine.Tests.Campaign;

/// <summary>
/// Load tests in which everything goes wrong at random: whatever it is, every question is accounted for, asked once, and kept.
/// <c>tests/campaign 500</c> runs five hundred of them; the ordinary tests a few.
/// </summary>
public sealed class FaultCampaignTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public async Task Every_question_is_accounted_for_asked_once_and_kept()
    {
        int first = CampaignSetting.FirstSeed;
        Dictionary<string, int> outcomes = [];
        int resumedRuns = 0;
        for (int seed = first; seed < first + CampaignSetting.Runs; seed++)
        {
            var plan = new CampaignCase(seed);
            try
            {
                using var campaign = new CampaignRun(plan);
                LoadRun run = await campaign.RunAsync(new RunStore(_temporary.File($"{seed}")));
                Invariants.Check(run, plan.Plan, campaign.Truth, plan.Retry.ResendAmbiguous);
                if (run.Results.Any(CampaignRun.IsUnfinished))
                {
                    LoadRun resumed = await campaign.ResumeAsync(run);
                    Invariants.CheckResumed(resumed, run, plan.Plan, campaign.Truth, plan.Retry.ResendAmbiguous);
                    resumedRuns++;
                    run = resumed;
                }
                foreach (QuestionResult row in run.Results)
                    outcomes[row.Outcome] = outcomes.GetValueOrDefault(row.Outcome) + 1;
                Directory.Delete(_temporary.File($"{seed}"), recursive: true);
            }
            catch (Exception e)
            {
                Assert.Fail($"Seed {seed}: {e}\nAgain: GENIELOAD_CAMPAIGN_SEED={seed} tests/campaign 1");
            }
        }
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{CampaignSetting.Runs} runs, {resumedRuns} of them resumed, {outcomes.Values.Sum()} questions: "
                + $"{string.Join(", ", outcomes.OrderByDescending(pair => pair.Value).Select(pair => $"{pair.Value} {pair.Key}"))}"));
    }
}
