using GenieLoad.Engine.Capacity;
using GenieLoad.Engine.Planning;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Planning;

public sealed class ProbePlanTests
{
    private static readonly Question[] Two = [new() { Id = "a", Text = "First?" }, new() { Id = "b", Text = "Second?" }];

    private static readonly AdmissionLimit Limit = new(5, burst: 3, lowerPerMinute: 4.5, upperPerMinute: 5.5);

    [Fact]
    public void Who_asks_at_once_warms_up_with_that_question_and_nobody_else()
    {
        Plan plan = ProbePlan.Of([0, 12.5, 0], 30, ThinkTime.Exponential(60), Limit, new(Two), seed: 3);

        Assert.Equal([1, 3], plan.Questions.Where(question => question.IsWarmUp).Select(question => question.User!.Value).Order());
        Assert.All(plan.Questions.Where(question => question.IsWarmUp), question => Assert.Null(question.AfterIndex));
        Assert.Equal(2, plan.WarmUpCount);
        Assert.Equal(12.5, plan.Questions.First(question => question.User == 2).PlannedSeconds);
    }

    [Fact]
    public void Each_person_asks_after_the_answer_before_and_longer_than_any_test_lasts()
    {
        Plan plan = ProbePlan.Of([0, 5], 90, ThinkTime.Between(40, 80), Limit, new(Two), seed: 3);

        Assert.All(plan.Questions.GroupBy(question => question.User), person =>
        {
            Assert.True(person.Count() >= 90);
            PlannedQuestion[] asked = [.. person];
            Assert.Equal(asked.SkipLast(1).Select(question => (int?)question.Index), asked.Skip(1).Select(question => question.AfterIndex));
            Assert.All(asked.Skip(1), question => Assert.InRange(question.ThinkSeconds!.Value, 40, 80));
        });
        Assert.Equal(["a", "b", "a", "b"], plan.Questions.Take(4).Select(question => question.QuestionId));
    }

    [Fact]
    public void Questions_go_out_as_slowly_as_the_limit_can_be_with_its_burst()
    {
        Plan plan = ProbePlan.Of([0], 20, ThinkTime.Exponential(60), Limit, new(Two), seed: 3);
        Plan unlimited = ProbePlan.Of([0], 20, ThinkTime.Exponential(60), AdmissionLimit.None, new(Two), seed: 3);

        Assert.Equal((4.5, 3, 1), (plan.QuestionsPerMinute!.Value, plan.PaceBurst!.Value, plan.WorkerCount));
        Plan exact = ProbePlan.Of([0], 20, ThinkTime.Exponential(60), new AdmissionLimit(5), new(Two), seed: 3);
        Assert.Equal(4.9, exact.QuestionsPerMinute!.Value, 9);
        Assert.Equal((null, null), (unlimited.QuestionsPerMinute, unlimited.PaceBurst));
        Assert.NotEqual(plan.Hash, unlimited.Hash);
        Assert.NotEqual(plan.Hash, PlanHash.Of(plan with { PaceBurst = 2 }));
    }

    [Fact]
    public void Unique_questions_are_asked_once_each()
    {
        Plan plan = ProbePlan.Of([0, 1], 30, ThinkTime.Exponential(60), Limit, new(Two, IsUnique: true), seed: 3);

        Assert.Equal(plan.QuestionCount, plan.Questions.Select(question => question.Text).Distinct().Count());
    }

    [Fact]
    public void People_ask_in_conversations_of_the_chosen_length_one_after_the_other()
    {
        Plan plan = ProbePlan.Of([0, 12.5, 0], 60, ThinkTime.Exponential(60), Limit, new(Two, TurnsPerConversation: 3), seed: 3);

        Assert.All(plan.Questions.GroupBy(question => question.User), person =>
        {
            Assert.Equal([1, 2, 3, 1, 2, 3], person.Take(6).Select(question => question.Turn));
            Assert.Equal([$"u{person.Key}#1", $"u{person.Key}#2"],
                person.Take(6).Select(question => question.Conversation).Distinct());
        });
        // Also where a conversation takes whole rounds of the list, they do not all begin with the first question.
        Plan rounds = ProbePlan.Of([0, 0, 0, 0], 60, ThinkTime.Exponential(60), Limit, new(Two, TurnsPerConversation: 4), seed: 3);
        Assert.Equal(["a", "b", "a", "b"], rounds.Questions.Take(4).Select(question => question.QuestionId));
        Assert.InRange(plan.Questions.Count(question => question.QuestionId == "a"), 0.45 * plan.QuestionCount, 0.55 * plan.QuestionCount);
    }

    [Fact]
    public void Conversations_of_the_questions_stay_whole_and_weights_count()
    {
        Question[] list =
        [
            new() { Id = "a", Text = "A?", Conversation = "sales" }, new() { Id = "b", Text = "And B?", Conversation = "sales" },
            new() { Id = "c", Text = "C?", Weight = 3 },
        ];

        Plan probe = ProbePlan.Of([0, 5], 60, ThinkTime.Exponential(60), Limit, new(list), seed: 3);
        Plan baseline = BaselinePlan.Of(30, Limit, new(list), seed: 3);

        Assert.All([probe, baseline], plan =>
        {
            PlannedQuestion[][] talks =
            [
                .. plan.Questions.Where(question => question.Conversation is not null).GroupBy(q => q.Conversation)
                    .Select(talk => talk.ToArray()),
            ];
            Assert.All(talks.Where(talk => talk.Length == 2), talk =>
                Assert.Equal([("a", 1), ("b", 2)], talk.Select(question => (question.QuestionId, question.Turn))));
            Assert.InRange(talks.Count(talk => talk.Length != 2), 0, 3);
            double single = plan.Questions.Count(question => question.QuestionId == "c");
            Assert.InRange(single / talks.Length, 2, 4);
            Assert.DoesNotContain(plan.Questions, question => question is { QuestionId: "c", Conversation: not null });
        });
        // A conversation takes one question at a time: the two of a pair are in two.
        Assert.All(baseline.Questions.Skip(1).Chunk(3).Where(group => group.Length == 3), group =>
            Assert.True(group[0].Conversation is null || group[0].Conversation != group[1].Conversation));
    }

    [Fact]
    public void A_conversation_is_defined_once()
    {
        var asked = new AskedOfSpace([new Question { Id = "a", Text = "A?", Conversation = "x" }], TurnsPerConversation: 2);

        Assert.Equal("ConflictingFields", Assert.Throws<GenieLoadException>(asked.Validate).ErrorId);
    }

    /// <summary>One by itself, then two close together: at half the limit none of them waits for it.</summary>
    [Theory]
    [InlineData(1, 12)]
    [InlineData(3, 0)]
    public void A_baseline_asks_at_half_the_limit_one_and_then_two(int burst, double apart)
    {
        Plan plan = BaselinePlan.Of(6, new AdmissionLimit(5, burst), new(Two), seed: 3);

        Assert.Equal([0, 24, 24 + apart, 72, 96, 96 + apart], plan.Questions.Select(question => question.PlannedSeconds));
        Assert.DoesNotContain(plan.Questions, question => question.IsWarmUp);
    }
}
