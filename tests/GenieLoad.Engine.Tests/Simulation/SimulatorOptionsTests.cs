using GenieLoad.Engine.Simulation;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Simulation;

public sealed class SimulatorOptionsTests
{
    public static TheoryData<SimulatorOptions, string, string> Unusable => new()
    {
        { new SimulatorOptions { TimeScale = 0 }, "SimulatorNumberOutOfRange", "TimeScale is 0" },
        { new SimulatorOptions { TimeScale = double.NaN }, "SimulatorNumberOutOfRange", "TimeScale" },
        { new SimulatorOptions { AskingAiSeconds = -1 }, "SimulatorNumberOutOfRange", "AskingAiSeconds is -1" },
        { new SimulatorOptions { RateLimitPerMinute = 0 }, "SimulatorNumberOutOfRange", "RateLimitPerMinute is 0" },
        { new SimulatorOptions { RateLimitBurst = 0 }, "SimulatorNumberOutOfRange", "RateLimitBurst" },
        { new SimulatorOptions { FailedShare = 1.1 }, "SimulatorNumberOutOfRange", "FailedShare is 1.1" },
        { new SimulatorOptions { ServerErrorStatus = 429 }, "SimulatorNumberOutOfRange", "ServerErrorStatus is 429" },
        { new SimulatorOptions { FailedShare = 0.6, TextOnlyShare = 0.6 }, "SimulatorSharesTooLarge", "TextOnlyShare add up to 1.2" },
        { new SimulatorOptions { ResetShare = 0.6, SlowBodyShare = 0.6 }, "SimulatorSharesTooLarge", "ResetShare, SlowBodyShare" },
        { new SimulatorOptions { Token = "two\r\nlines" }, "SimulatorTextUnusable", "Token" },
        { new SimulatorOptions { SpaceId = "a/b" }, "SimulatorTextUnusable", "SpaceId" },
        { new SimulatorOptions { SpaceTitle = " " }, "SimulatorTextEmpty", "SpaceTitle" },
        { new SimulatorOptions { SpaceTitle = new string('x', 1001) }, "SimulatorTextTooLong", "SpaceTitle has 1001 characters" },
        { new SimulatorOptions { WarehouseSlots = 0 }, "SimulatorNumberOutOfRange", "WarehouseSlots is 0" },
        { new SimulatorOptions { WarehouseMaxClusters = 41 }, "SimulatorNumberOutOfRange", "WarehouseMaxClusters is 41" },
        { new SimulatorOptions { SpaceVersion = 0 }, "SimulatorNumberOutOfRange", "SpaceVersion is 0" },
        { new SimulatorOptions { WarehouseSize = "" }, "SimulatorTextEmpty", "WarehouseSize" },
        { new SimulatorOptions { EvaluationGoodShare = 1.5 }, "SimulatorNumberOutOfRange", "EvaluationGoodShare is 1.5" },
        { new SimulatorOptions { EvaluationBusyGoodShare = -1 }, "SimulatorNumberOutOfRange", "EvaluationBusyGoodShare is -1" },
        { new SimulatorOptions { PastConversationCount = 10_001 }, "SimulatorNumberOutOfRange", "PastConversationCount is 10001" },
        { new SimulatorOptions { AgentStatementCount = 0 }, "SimulatorNumberOutOfRange", "AgentStatementCount is 0" },
        { new SimulatorOptions { AgentThinkingSeconds = -1 }, "SimulatorNumberOutOfRange", "AgentThinkingSeconds is -1" },
        { new SimulatorOptions { AgentIncompleteShare = 0.6, FailedShare = 0.6 }, "SimulatorSharesTooLarge", "AgentIncompleteShare" },
        { new SimulatorOptions { PastDays = 0 }, "SimulatorNumberOutOfRange", "PastDays is 0" },
        { new SimulatorOptions { EvaluationBusyFrom = 0 }, "SimulatorNumberOutOfRange", "EvaluationBusyFrom is 0" },
        { new SimulatorOptions { FailedErrorType = new string('x', 1001) }, "SimulatorTextTooLong", "FailedErrorType" },
        { new SimulatorOptions { UnknownStatus = new string('x', 1001) }, "SimulatorTextTooLong", "UnknownStatus" },
        { new SimulatorOptions { Token = new string('x', 8001) }, "SimulatorTextTooLong", "Token" },
        { new SimulatorOptions { Token = "same", ForbiddenToken = "same" }, "SimulatorTokensEqual", "Token" },
    };

    [Theory]
    [MemberData(nameof(Unusable))]
    public void What_cannot_be_used_is_refused_by_name_and_value(SimulatorOptions options, string errorId, string text)
    {
        GenieLoadException exception = Assert.Throws<GenieLoadException>(() => GenieSimulator.Start(options));
        Assert.Equal(errorId, exception.ErrorId);
        Assert.Equal(ErrorKind.InvalidInput, exception.Kind);
        Assert.Contains(text, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("two", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Shares_that_add_up_to_one_are_fine()
    {
        new SimulatorOptions { FailedShare = 0.1, TextOnlyShare = 0.2, ExpiredShare = 0.7, ResetShare = 1 }.Validate();
    }
}
